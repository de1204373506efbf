import { expect, test } from 'vitest';
import { createDesk } from '../../../../src/renderer/bridge/client.ts';
import { composeWindow } from '../../../../src/renderer/composition.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

test('what changes before the window has drawn is asked for once, about all that has changed', async () => {
  const asked: string[] = [];
  let tell: (payload: unknown) => void = () => undefined;
  const waiting: (() => void)[] = [];
  const stores = composeWindow(
    createDesk({
      shell: 'electron',
      call: (name) => {
        asked.push(name);
        return new Promise(() => undefined);
      },
      on: (name, listener) => {
        if (name === 'data.changed') tell = listener;
        return () => undefined;
      },
    }),
    (work) => {
      waiting.push(work);
    },
  );
  stores.thread.state.setState({ ticketId: uuid(2) });
  tell({ ticket_ids: [uuid(1)] });
  tell({ ticket_ids: [uuid(2)] });
  expect([asked, waiting.length]).toEqual([[], 1]);
  waiting[0]?.();
  expect(asked.filter((name) => name === 'tickets.list')).toHaveLength(1);
  expect(asked).toContain('thread.get');
  tell({ ticket_ids: [uuid(3)] });
  expect(waiting).toHaveLength(2);
});
