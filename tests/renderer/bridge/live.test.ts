import { expect, test } from 'vitest';
import type { CallResult } from '../../../src/contract/bridge.ts';
import { createDesk } from '../../../src/renderer/bridge/client.ts';

interface Asked {
  id: number;
  input: unknown;
  ended: 'all' | number[];
}

/** A window on a desk whose results the test decides, and that draws when the test says so. */
function open() {
  const asked: { name: string; input: Asked; answer: (result: CallResult) => void }[] = [];
  const waiting: (() => void)[] = [];
  let push: (payload: unknown) => void = () => undefined;
  const desk = createDesk(
    {
      shell: 'electron',
      call: (name, input) =>
        new Promise((answer) => {
          asked.push({ name, input: input as Asked, answer });
        }),
      on: (name, listener) => {
        if (name === 'live.changed') push = listener;
        return () => undefined;
      },
    },
    (work) => {
      waiting.push(work);
    },
  );
  const heard: unknown[] = [];
  const hear = (what: unknown): void => {
    heard.push(what);
  };
  return {
    desk,
    asked,
    heard,
    on: { value: hear, error: hear },
    waiting,
    push(id: number, name: string) {
      push({ id, revision: 1, result: { ok: true, value: [member(name)] } });
    },
    draw() {
      for (const work of waiting.splice(0)) work();
    },
  };
}
const member = (name: string) => ({
  id: '00000000-0000-4000-8000-000000000001',
  name,
  email: 'a@staffdesk.test',
  role: 'staff',
  is_active: true,
});
const settle = () =>
  new Promise((done) => {
    setImmediate(done);
  });

test('what is pushed before the window has drawn is shown after it, the newest of each query', async () => {
  const window = open();
  window.desk.watch('staff.list', {}, window.on);
  window.push(1, 'first');
  window.push(1, 'second');
  expect([window.heard, window.waiting.length]).toEqual([[], 1]);
  window.draw();
  expect(window.heard).toEqual([[member('second')]]);
});

test('a first result that arrives after a push is an old one', async () => {
  const window = open();
  window.desk.watch('staff.list', {}, window.on);
  window.push(1, 'pushed');
  window.draw();
  window.asked[0]?.answer({ ok: true, value: [member('old')] });
  await settle();
  expect(window.heard).toEqual([[member('pushed')]]);
});

test('a question in the place of another ends that one, of which nothing is heard any more', async () => {
  const window = open();
  const live = window.desk.watch('staff.list', {}, window.on);
  live.ask({});
  expect(window.asked.map(({ input }) => input.ended)).toEqual(['all', [1]]);
  window.asked[0]?.answer({ ok: true, value: [member('first')] });
  window.push(1, 'first');
  await settle();
  window.draw();
  expect(window.heard).toEqual([]);
  window.push(2, 'second');
  window.draw();
  expect(window.heard).toEqual([[member('second')]]);
});

test('one that has ended is told to the desk with the next question, and at once where the desk still pushes it', () => {
  const window = open();
  const live = window.desk.watch('staff.list', {}, window.on);
  live.end();
  window.push(1, 'late');
  window.draw();
  expect(window.asked.map(({ name }) => name)).toEqual(['live.watch']);
  window.desk.watch('macros.list', {}, window.on);
  expect(window.asked.at(-1)?.input.ended).toEqual([1]);
  window.push(1, 'still');
  window.draw();
  expect(window.asked.at(-1)).toMatchObject({ name: 'live.end', input: { ended: [1] } });
});

test('everything is asked again where the desk may have lost it', () => {
  const window = open();
  window.desk.watch('staff.list', {}, window.on);
  window.desk.watch('macros.list', {}, window.on);
  window.desk.renew();
  expect(window.asked.map(({ input }) => [input.id, input.ended])).toEqual([
    [1, 'all'],
    [2, []],
    [3, 'all'],
    [4, [2]],
  ]);
});
