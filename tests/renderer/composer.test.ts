import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Desk } from '../../src/renderer/bridge/client.ts';
import { createDesk } from '../../src/renderer/bridge/client.ts';
import { createComposer } from '../../src/renderer/stores/composer.ts';
import { createPresence } from '../../src/renderer/stores/presence.ts';
import { createToasts } from '../../src/renderer/stores/toasts.ts';
import { createUnits } from '../../src/renderer/stores/units.ts';

const ticket = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';
let calls: [string, unknown][];
let answers: Record<string, unknown>;
let tell: (name: string, payload: unknown) => void;
let desk: Desk;
beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  answers = { 'compose.send': { operation_id: other, held_ms: 0 }, 'presence.get': { known: true, people: [] } };
  const listeners = new Map<string, (payload: unknown) => void>();
  tell = (name, payload) => { listeners.get(name)?.(payload); };
  desk = createDesk({
    shell: 'electron',
    call: (name, input) => { calls.push([name, input]); return Promise.resolve({ ok: true, value: answers[name] ?? {} }); },
    on: (name, listener) => { listeners.set(name, listener); return () => undefined; },
  });
});
afterEach(() => { vi.useRealTimers(); });
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
    composer.insert(ticket, 'reply', 'Done.', { actions: { status: 'resolved', tags: { add: ['a'], remove: [] } } });
    composer.takeOff(ticket, 'reply', { kind: 'tag', change: 'add', tag: 'a' });
    await composer.flush();
    expect(called('draft.save')).toEqual([{ ticket_id: ticket, kind: 'reply', text: 'Done.', actions: { status: 'resolved' } }]);
    expect(await composer.send(ticket, 'reply', null, { finish: 'close' })).toBe(other);
    expect(called('compose.send')).toEqual([{ ticket_id: ticket, kind: 'reply', text: 'Done.', seen: null, actions: { status: 'resolved' }, finish: 'close' }]);
    expect([composer.text(ticket, 'reply'), composer.actions(ticket, 'reply')]).toEqual(['', {}]);
    composer.putBack({ ticket_id: ticket, kind: 'reply', text: 'Done.', actions: { status: 'resolved' } });
    expect(composer.actions(ticket, 'reply')).toEqual({ status: 'resolved' });
  });
});

test('a draft that was deleted here does not come back with an answer that was on its way', async () => {
  const composer = createComposer(desk, createToasts());
  const draft = { ticket_id: ticket, kind: 'reply' as const, text: 'Your order has left.', saved_at: 0, actions: {} };
  composer.restore(ticket, [draft]);
  expect(composer.text(ticket, 'reply')).toBe('Your order has left.');
  composer.type(ticket, 'reply', '');
  await composer.flush();
  composer.restore(ticket, [draft]);
  expect(composer.text(ticket, 'reply')).toBe('');
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
  answers['compose.unit'] = [part('reply', 'done'), part('change', 'needs-you'), part('close', 'done')];
  units.waiting([]);
  units.waiting([]);
  await vi.advanceTimersByTimeAsync(0);
  expect(toasts.state.getState().toasts).toMatchObject([{ kind: 'error', title: 'Reply sent', body: 'Needs you: Priority: High\nTicket closed' }]);
});

describe('presence', () => {
  test('tells the ticket, that a reply is written and when that ends, and repeats itself seldom', async () => {
    const presence = createPresence(desk);
    presence.front(ticket);
    presence.typing(ticket);
    presence.typing(ticket);
    presence.active();
    expect(called('presence.tell')).toEqual([{ ticket_id: ticket, replying: false }, { ticket_id: ticket, replying: true }]);
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
    tell('presence.changed', { known: true, people: [person(ticket, 'viewing'), person(other, 'replying')] });
    expect(presence.state.getState().here[ticket]).toBe(before);
    tell('presence.changed', { known: false, people: [] });
    expect(presence.state.getState()).toEqual({ known: false, here: {} });
  });
});
