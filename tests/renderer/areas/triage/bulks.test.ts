import { expect, test } from 'vitest';
import type { Bulk } from '../../../../src/contract/bridge.ts';
import { createDesk } from '../../../../src/renderer/bridge/client.ts';
import { createBulks } from '../../../../src/renderer/areas/triage/bulks.ts';
import { createToasts } from '../../../../src/renderer/toasts.ts';

const closing = (todo: number, waiting: number): Bulk => ({
  id: '0199d7a0-0000-7000-8000-000000000001',
  action: { kind: 'close' },
  total: 201,
  counts: {
    todo,
    waiting,
    'not-sent': 0,
    done: 0,
    skipped: 0,
    undone: 0,
    failed: 0,
  },
  undone: false,
  undo_ms: 10_000,
  started_at: 1_772_445_600_000,
});

/** A window whose desk responds when the test says so; `set` is what its events call. */
function openWindow() {
  const calls: ((value: unknown) => void)[] = [];
  const desk = createDesk({
    shell: 'electron',
    on: () => () => undefined,
    call: () =>
      new Promise((done) => {
        calls.push((value) => {
          done({ ok: true, value });
        });
      }),
  });
  const bulks = createBulks({
    desk,
    toasts: createToasts(),
    selection: {
      target: () => ({ tickets: ['0199d7a0-0000-7000-8000-000000000002'] }),
      clear: () => undefined,
    },
    undo: { done: () => undefined, forget: () => undefined, during: (run: () => unknown) => run() },
    afterAction: { plan: () => () => undefined },
    title: () => '',
  } as never);
  const respond = async (value: unknown): Promise<void> => {
    calls.shift()?.(value);
    await new Promise((done) => {
      setImmediate(done);
    });
  };
  const counts = () =>
    bulks.state.getState().bulks.map(({ counts: { todo, waiting } }) => [todo, waiting]);
  return { bulks, respond, counts };
}

test('a response that comes after newer events changes nothing', async () => {
  const { bulks, respond, counts } = openWindow();
  const { id } = closing(0, 0);

  bulks.apply({ kind: 'close' });
  bulks.set(closing(50, 151));
  bulks.set(closing(0, 201));
  await respond(closing(201, 0));
  expect(counts()).toEqual([[0, 201]]);
  expect(bulks.state.getState().inSight).toBe(id);

  bulks.show(id);
  bulks.set(closing(0, 120));
  await respond({ bulk: closing(0, 201), results: [] });
  expect(counts()).toEqual([[0, 120]]);

  bulks.undo(id);
  bulks.set(closing(0, 60));
  // The results are read again for the event; then the undo's own response.
  await respond({ bulk: closing(0, 60), results: [] });
  await respond(closing(0, 120));
  expect(counts()).toEqual([[0, 60]]);

  bulks.load();
  bulks.set(closing(0, 40));
  await respond([closing(0, 60)]);
  expect(counts().at(-1)).toEqual([0, 40]);
});

test('without events a response is the news', async () => {
  const { bulks, respond, counts } = openWindow();
  bulks.apply({ kind: 'close' });
  await respond(closing(201, 0));
  expect(counts()).toEqual([[201, 0]]);
  bulks.retry(closing(0, 0).id);
  await respond(closing(180, 21));
  expect(counts()).toEqual([[180, 21]]);
  bulks.load();
  await respond([closing(0, 201)]);
  expect(counts()).toEqual([[0, 201]]);
});
