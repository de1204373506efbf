import { expect, test } from 'vitest';
import type { SessionState } from '../../../src/contract/bridge.ts';
import { createDesk } from '../../../src/renderer/bridge/client.ts';

/** A desk that responds and tells of changes when the test says so. */
function openDesk() {
  const calls: ((value: unknown) => void)[] = [];
  const listeners = new Set<[string, (payload: unknown) => void]>();
  const desk = createDesk({
    shell: 'electron',
    on(name, listener) {
      const entry: [string, (payload: unknown) => void] = [name, listener];
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    call: () =>
      new Promise((done) => {
        calls.push((value) => {
          done({ ok: true, value });
        });
      }),
  });
  const tell = (name: string, payload: unknown): void => {
    for (const [heard, listener] of listeners) if (heard === name) listener(payload);
  };
  return { desk, tell, respond: (value: unknown) => calls.shift()?.(value), listeners };
}

const signedIn: SessionState = {
  state: 'signed-in',
  account: null,
  server: 'https://help.test',
  secret_store: 'os',
  demo_email: null,
  salvage: null,
};

test('an event that came during the call is newer than what the call returns', async () => {
  const { desk, tell, respond, listeners } = openDesk();
  const before = listeners.size;
  const read = () => desk.readUnlessTold('session.get', {}, 'session.changed');
  const alone = read();
  tell('sync.changed', {});
  respond(signedIn);
  expect(await alone).toEqual(signedIn);
  const overtaken = read();
  tell('session.changed', { ...signedIn, state: 'sign-in-needed' });
  respond(signedIn);
  expect(await overtaken).toBeNull();
  expect(listeners.size).toBe(before);
});
