import { expect, test } from 'vitest';
import type { Desk } from '../../../../src/renderer/bridge/client.ts';
import { BridgeError } from '../../../../src/contract/errors.ts';
import { createOlder } from '../../../../src/renderer/areas/search/older.ts';

const ticket = {
  id: '00000000-0000-4000-8000-000000000001',
  subject: 'Of long ago',
  requester: 'Dana',
  status: 'closed',
  preview: '',
  activity_at: 0,
};

/** A desk whose server answers when it is told to. */
function open() {
  const answers: ((tickets: (typeof ticket)[]) => void)[] = [];
  const desk: Pick<Desk, 'call' | 'on' | 'shell'> = {
    shell: 'electron',
    on: () => () => undefined,
    call: () =>
      new Promise((done) => {
        answers.push((tickets) => {
          done({ tickets } as never);
        });
      }),
  };
  return { store: createOlder(desk), answers };
}
const settle = () =>
  new Promise((done) => {
    setImmediate(done);
  });

test('only the newest question is answered', async () => {
  const { store, answers } = open();
  void store.ask('first');
  void store.ask('second');
  answers[0]?.([ticket]);
  await settle();
  expect(store.state.getState()).toEqual({ kind: 'asking', query: 'second' });
  answers[1]?.([]);
  await settle();
  expect(store.state.getState()).toEqual({ kind: 'found', query: 'second', tickets: [] });
});

test('a server that cannot be reached is told, not taken for nothing found', async () => {
  const store = createOlder({
    call: () => Promise.reject(new BridgeError('unreachable')),
  });
  await store.ask('words');
  expect(store.state.getState()).toEqual({ kind: 'failed', query: 'words', error: 'unreachable' });
});
