import { expect, test } from 'vitest';
import type { Settings } from '../../../../src/contract/bridge.ts';
import { BridgeError } from '../../../../src/contract/errors.ts';
import type { Desk } from '../../../../src/renderer/bridge/client.ts';
import { createSettings } from '../../../../src/renderer/areas/settings/settings-store.ts';
import { createToasts } from '../../../../src/renderer/toasts.ts';

/**
 * Settings of a desk that answers when it is told to; of all fields only those that a test looks
 * at.
 */
function open() {
  const asked: PromiseWithResolvers<never>[] = [];
  const desk: Pick<Desk, 'call' | 'on' | 'shell'> = {
    shell: 'electron',
    on: () => () => undefined,
    call: () => {
      const answer = Promise.withResolvers<never>();
      asked.push(answer);
      return answer.promise;
    },
  };
  const store = createSettings(desk, createToasts());
  return {
    store,
    theme: () => store.state.getState().settings?.theme,
    async answer(n: number, settings: Partial<Settings>) {
      asked[n]?.resolve(settings as never);
      await new Promise((done) => {
        setImmediate(done);
      });
    },
    async refuse(n: number) {
      asked[n]?.reject(new BridgeError('internal'));
      await new Promise((done) => {
        setImmediate(done);
      });
    },
  };
}

test('a change shows at once, and the answer to an earlier question does not take it back', async () => {
  const { store, theme, answer } = open();
  store.load();
  await answer(0, { theme: 'system' });
  store.set({ recent_commands: ['themeDark'] });
  store.set({ theme: 'dark' });
  expect(theme()).toBe('dark');
  await answer(1, { theme: 'system' });
  expect(theme()).toBe('dark');
  await answer(2, { theme: 'dark' });
  expect(theme()).toBe('dark');
});

test('what the desk refuses is taken back', async () => {
  const { store, theme, answer, refuse } = open();
  store.load();
  await answer(0, { theme: 'system' });
  store.set({ theme: 'dark' });
  await refuse(1);
  expect(theme()).toBe('system');
});
