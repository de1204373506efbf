import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createDesk, type Desk } from '../../../../src/renderer/bridge/client.ts';
import { createComposer } from '../../../../src/renderer/areas/compose/composer-store.ts';
import { createPresence } from '../../../../src/renderer/areas/presence/presence-store.ts';
import { createToasts } from '../../../../src/renderer/toasts.ts';
import { createUnits } from '../../../../src/renderer/areas/compose/units.ts';

const ticket = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';
let calls: [string, unknown][];
let answers: Record<string, unknown>;
let tell: (name: string, payload: unknown) => void;
let desk: Desk;
beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  answers = {
    'compose.send': { operation_id: other, held_ms: 0 },
    'draft.save': { saved_at: 7 },
    'presence.get': { known: true, people: [] },
  };
  const listeners = new Map<string, (payload: unknown) => void>();
  tell = (name, payload) => {
    listeners.get(name)?.(payload);
  };
  desk = createDesk({
    shell: 'electron',
    call: (name, input) => {
      calls.push([name, input]);
      return Promise.resolve({ ok: true, value: answers[name] ?? {} });
    },
    on: (name, listener) => {
      listeners.set(name, listener);
      return () => undefined;
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
});
const called = (name: string) => calls.filter(([one]) => one === name).map(([, input]) => input);

describe('a macro', () => {
  test('goes in at the caret in the place of what chose it, and nothing else that was typed changes', () => {
    const composer = createComposer(desk, createToasts());
    composer.type(ticket, 'reply', 'before /wi after');
    composer.caretAt(ticket, 'reply', 10);
    composer.insert(ticket, 'reply', 'MACRO', { from: 7, actions: { status: 'resolved' } });
    expect(composer.text(ticket, 'reply')).toBe('before MACRO after');
    expect(composer.state.getState().caret).toEqual({ ticketId: ticket, kind: 'reply', at: 12 });
    composer.insert(ticket, 'reply', '!', { actions: { priority: 'high' } });
    expect(composer.text(ticket, 'reply')).toBe('before MACRO! after');
    expect(composer.actions(ticket, 'reply')).toEqual({ status: 'resolved', priority: 'high' });
    expect(composer.actions(ticket, 'note')).toEqual({});
  });

  test('its changes are saved with the draft, can be taken off, go with the send and are gone after it', async () => {
    const composer = createComposer(desk, createToasts());
    composer.insert(ticket, 'reply', 'Done.', {
      actions: { status: 'resolved', tags: { add: ['a'], remove: [] } },
    });
    composer.takeOff(ticket, 'reply', { kind: 'tag', change: 'add', tag: 'a' });
    await composer.flush();
    expect(called('draft.save')).toEqual([
      {
        ticket_id: ticket,
        kind: 'reply',
        text: 'Done.',
        actions: { status: 'resolved' },
        replaces: null,
      },
    ]);
    expect(await composer.send(ticket, 'reply', null, { finish: 'close' })).toBe(other);
    expect(called('compose.send')).toEqual([
      {
        ticket_id: ticket,
        kind: 'reply',
        text: 'Done.',
        seen: null,
        replaces: 7,
        attempt: expect.any(String),
        actions: { status: 'resolved' },
        finish: 'close',
      },
    ]);
    expect([composer.text(ticket, 'reply'), composer.actions(ticket, 'reply')]).toEqual(['', {}]);
    await composer.bringBack(() =>
      Promise.resolve({
        ticket_id: ticket,
        kind: 'reply',
        text: 'Done.',
        actions: { status: 'resolved' },
        saved_at: 8,
      }),
    );
    expect(composer.actions(ticket, 'reply')).toEqual({ status: 'resolved' });
  });
});

describe('what the desk says of the drafts', () => {
  const draft = {
    ticket_id: ticket,
    kind: 'reply' as const,
    text: 'Your order has left.',
    saved_at: 5,
    actions: {},
  };

  test('does not bring back one that was deleted here, where it was asked before that was saved', async () => {
    const composer = createComposer(desk, createToasts());
    composer.restore(ticket, [draft], { asked: composer.mark() });
    expect(composer.text(ticket, 'reply')).toBe('Your order has left.');
    const before = composer.mark();
    composer.type(ticket, 'reply', '');
    const between = composer.mark();
    await composer.flush();
    for (const asked of [before, between]) composer.restore(ticket, [draft], { asked });
    expect(composer.text(ticket, 'reply')).toBe('');
  });

  test('shows what another window wrote, and that it sent it, but not over what is written here', () => {
    const composer = createComposer(desk, createToasts());
    composer.restore(ticket, [draft], { asked: composer.mark(), opening: true });
    composer.restore(ticket, [{ ...draft, text: 'Your order has left today.', saved_at: 6 }], {
      asked: composer.mark(),
    });
    expect(composer.text(ticket, 'reply')).toBe('Your order has left today.');
    composer.restore(ticket, [], { asked: composer.mark() });
    expect(composer.text(ticket, 'reply')).toBe('');
    composer.type(ticket, 'reply', 'Mine');
    composer.restore(ticket, [draft], { asked: composer.mark() });
    expect(composer.text(ticket, 'reply')).toBe('Mine');
  });

  test('is named where a draft is saved or sent, so that the desk knows what it replaces', async () => {
    const composer = createComposer(desk, createToasts());
    composer.restore(ticket, [draft], { asked: composer.mark(), opening: true });
    composer.type(ticket, 'reply', 'Your order has left today.');
    await composer.flush();
    await composer.send(ticket, 'reply', null);
    expect([...called('draft.save'), ...called('compose.send')]).toMatchObject([
      { replaces: 5 },
      { replaces: 7 },
    ]);
  });
});

describe('a save on its way', () => {
  let answer: () => void;
  const slow = (): Desk =>
    createDesk({
      shell: 'electron',
      call(name, input) {
        calls.push([name, input]);
        return new Promise((done) => {
          answer = () => {
            done({ ok: true, value: { saved_at: 7 } });
          };
        });
      },
      on: () => () => undefined,
    });
  const saved = (): string[] =>
    called('draft.save').map((input) => (input as { text: string }).text);

  test('is not repeated for the same text, but by a page that goes: what was on its way may go with it', async () => {
    const composer = createComposer(slow(), createToasts());
    composer.type(ticket, 'reply', 'Half a sen');
    void composer.flush();
    void composer.flush();
    expect(saved()).toEqual(['Half a sen']);
    composer.leave();
    expect(saved()).toEqual(['Half a sen', 'Half a sen']);
    answer();
    await vi.runAllTimersAsync();
    composer.leave();
    expect(saved()).toHaveLength(2);
  });

  test('says nothing of what was typed since', async () => {
    const composer = createComposer(slow(), createToasts());
    composer.type(ticket, 'reply', 'Half');
    const first = composer.flush();
    composer.type(ticket, 'reply', 'Half a sentence');
    answer();
    await first;
    expect(composer.state.getState().saved).toBe('saving');
    composer.leave();
    expect(saved()).toEqual(['Half', 'Half a sentence']);
  });

  test('is waited for by the next one: two at once could reach the desk in the wrong order', async () => {
    const composer = createComposer(slow(), createToasts());
    composer.type(ticket, 'reply', 'Half');
    void composer.flush();
    composer.type(ticket, 'reply', 'Half a sentence');
    const second = composer.flush();
    const third = composer.flush();
    expect(saved()).toEqual(['Half']);
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(saved()).toEqual(['Half', 'Half a sentence']);
    answer();
    await Promise.all([second, third]);
    expect([saved().length, composer.state.getState().saved]).toEqual([2, 'saved']);
  });
});

describe('what is typed while the desk is at work', () => {
  /** Calls wait until the test answers them, in any order. */
  const pending: {
    name: string;
    input: Record<string, unknown>;
    answer: (value: unknown) => Promise<void>;
  }[] = [];
  const held = (): Desk =>
    createDesk({
      shell: 'electron',
      call: (name, input) =>
        new Promise((done) => {
          pending.push({
            name,
            input: input as Record<string, unknown>,
            answer: async (value) => {
              done({ ok: true, value });
              await vi.advanceTimersByTimeAsync(0);
            },
          });
        }),
      on: () => () => undefined,
    });
  const next = (name: string) => {
    const [call] = pending.splice(
      pending.findIndex((one) => one.name === name),
      1,
    );
    if (call?.name !== name) throw new Error(`no ${name}`);
    return call;
  };
  beforeEach(() => {
    pending.length = 0;
  });

  test('is not saved beside a send: the sent text would be a draft again', async () => {
    const composer = createComposer(held(), createToasts());
    composer.type(ticket, 'reply', 'Sent at once');
    const sent = composer.send(ticket, 'reply', null);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(pending.map(({ name }) => name)).toEqual(['compose.send']);
    await next('compose.send').answer({ operation_id: other, held_ms: 0 });
    expect([await sent, composer.text(ticket, 'reply'), pending]).toEqual([other, '', []]);
  });

  test('stays in the draft where a message goes that was sent before', async () => {
    const composer = createComposer(held(), createToasts());
    composer.type(ticket, 'reply', 'One');
    void composer.flush();
    void composer.flush();
    composer.type(ticket, 'reply', 'One two');
    void composer.flush();
    void composer.send(ticket, 'reply', null);
    composer.type(ticket, 'reply', 'One two three');
    await next('draft.save').answer({ saved_at: 1 });
    const second = next('draft.save');
    expect(second.input).toMatchObject({ text: 'One two three' });
    await second.answer({ saved_at: 2 });
    // The draft of state 2 holds more than is sent, so it is not named.
    expect(next('compose.send').input).toMatchObject({ text: 'One two', replaces: null });
  });

  test('stays behind a text that is taken back, and is saved with it', async () => {
    const composer = createComposer(held(), createToasts());
    composer.type(ticket, 'reply', 'Half');
    void composer.flush();
    await next('draft.save').answer({ saved_at: 1 });
    composer.type(ticket, 'reply', 'Half a sentence');
    await composer.bringBack(() =>
      Promise.resolve({
        ticket_id: ticket,
        kind: 'reply',
        text: 'Taken back.\n\nHalf',
        actions: {},
        saved_at: 2,
      }),
    );
    expect([composer.text(ticket, 'reply'), composer.state.getState().saved]).toEqual([
      'Taken back.\n\nHalf a sentence',
      'saving',
    ]);
    void composer.flush();
    expect(next('draft.save').input).toMatchObject({
      text: 'Taken back.\n\nHalf a sentence',
      replaces: 2,
    });
  });
});

test('a text that is taken back goes in at once with its caret, though the desk pushes its draft before the call returns', async () => {
  const composer = createComposer(desk, createToasts());
  const draft = { ticket_id: ticket, kind: 'reply' as const, saved_at: 1, actions: {} };
  const push = (text: string, revision: number): void => {
    composer.restore(ticket, [{ ...draft, text }], { asked: composer.mark(), revision });
  };
  push('Another thought', 1);
  const back = { ...draft, text: 'Sent too early\n\nAnother thought', saved_at: 2 };
  await composer.bringBack(() => {
    push(back.text, 2);
    expect(composer.text(ticket, 'reply')).toBe('Another thought');
    return Promise.resolve(back);
  });
  expect(composer.text(ticket, 'reply')).toBe(back.text);
  expect(composer.state.getState().caret?.at).toBe(back.text.length);
  // One that cannot be taken back hides nothing of another window.
  await expect(
    composer.bringBack(() => {
      push('From another window', 3);
      return Promise.reject(new Error('not-undoable'));
    }),
  ).rejects.toThrow('not-undoable');
  expect(composer.text(ticket, 'reply')).toBe('From another window');
});

test('the ticket of a text that comes back is shown before the window can be drawn with its caret', async () => {
  const composer = createComposer(desk, createToasts());
  const happened: string[] = [];
  composer.state.subscribe(({ caret }) => {
    if (caret) queueMicrotask(() => happened.push('drawn'));
  });
  const back = {
    ticket_id: ticket,
    kind: 'reply' as const,
    text: 'Again',
    saved_at: 1,
    actions: {},
  };
  await composer.bringBack(
    () => Promise.resolve(back),
    (ticketId) => happened.push(`shown ${ticketId}`),
  );
  expect(happened.slice(0, 2)).toEqual([`shown ${ticket}`, 'drawn']);
});

describe('a text over the limit', () => {
  const long = 'x'.repeat(120_007);

  test('is kept and saved whole, and not sent', async () => {
    const composer = createComposer(desk, createToasts());
    composer.type(ticket, 'reply', long);
    expect(await composer.send(ticket, 'reply', null)).toBeNull();
    await composer.flush();
    expect([
      composer.text(ticket, 'reply'),
      called('draft.save'),
      called('compose.send'),
    ]).toMatchObject([long, [{ text: long }], []]);
  });

  test('stays in the window where it is longer than any draft may be', async () => {
    const composer = createComposer(desk, createToasts());
    composer.type(ticket, 'reply', 'x'.repeat(2_000_001));
    await composer.flush();
    composer.leave();
    expect([
      composer.text(ticket, 'reply').length,
      called('draft.save'),
      composer.state.getState().saved,
    ]).toEqual([2_000_001, [], 'idle']);
  });
});

test('what became of a reply and its changes is told once, when all of it is known', async () => {
  const toasts = createToasts();
  const units = createUnits(desk, toasts, () => 'Maya');
  const part = (kind: string, state: string) => ({ id: other, kind, state });
  answers['compose.unit'] = [part('reply', 'done'), part('change', 'waiting')];
  units.watch({ unit: other, kind: 'reply', actions: { priority: 'high' }, finish: 'close' });
  units.waiting([]);
  await vi.advanceTimersByTimeAsync(0);
  expect(toasts.state.getState().toasts).toEqual([]);
  answers['compose.unit'] = [
    part('reply', 'done'),
    part('change', 'not-sent'),
    part('close', 'done'),
  ];
  units.waiting([]);
  units.waiting([]);
  await vi.advanceTimersByTimeAsync(0);
  expect(toasts.state.getState().toasts).toMatchObject([
    { kind: 'error', title: 'Reply sent', body: 'Not sent: Priority: High\nTicket closed' },
  ]);
});

test('also where all of it was known before the window was told that it is sent', async () => {
  const toasts = createToasts();
  const units = createUnits(desk, toasts, () => 'Maya');
  answers['compose.unit'] = ['reply', 'close'].map((kind) => ({ id: other, kind, state: 'done' }));
  units.waiting([]);
  units.watch({ unit: other, kind: 'reply', actions: {}, finish: 'close' });
  await vi.advanceTimersByTimeAsync(0);
  expect(toasts.state.getState().toasts).toMatchObject([
    { title: 'Reply sent', body: 'Ticket closed' },
  ]);
});

describe('presence', () => {
  test('tells the ticket, that a reply is written and when that ends, and repeats itself seldom', async () => {
    const presence = createPresence(desk);
    presence.front(ticket);
    presence.typing(ticket);
    presence.typing(ticket);
    presence.active();
    expect(called('presence.tell')).toEqual([
      { ticket_id: ticket, replying: false },
      { ticket_id: ticket, replying: true },
    ]);
    await vi.advanceTimersByTimeAsync(21_000);
    expect(called('presence.tell').at(-1)).toEqual({ ticket_id: ticket, replying: false });
    await vi.advanceTimersByTimeAsync(31_000);
    presence.active();
    expect(called('presence.tell')).toHaveLength(4);
    presence.front(null);
    presence.active();
    expect(called('presence.tell')).toHaveLength(5);
  });

  test('a ticket where nothing changed keeps its list', () => {
    const presence = createPresence(desk);
    const person = (id: string, state: string) => ({ ticket_id: id, staff_id: other, state });
    tell('presence.changed', { known: true, people: [person(ticket, 'viewing')] });
    const before = presence.state.getState().here[ticket];
    tell('presence.changed', {
      known: true,
      people: [person(ticket, 'viewing'), person(other, 'replying')],
    });
    expect(presence.state.getState().here[ticket]).toBe(before);
    tell('presence.changed', { known: false, people: [] });
    expect(presence.state.getState()).toEqual({ known: false, here: {} });
  });
});
