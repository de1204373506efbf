import { describe, expect, test } from 'vitest';
import type { MessageLevel1, TicketLevel1 } from '../../src/contract/entities.ts';
import { abilitiesOf } from '../../src/core/abilities.ts';
import { compareList, factsOf, threadMark, toMessage, toTicket } from '../../src/core/level1.ts';
import type { Witness } from '../../src/core/confirmation.ts';
import { findSent, judgeThread } from '../../src/core/unknown-outcome.ts';

const id = (n: number): string => `1a2b0000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ticket = (n: number, fields: Partial<TicketLevel1> = {}): TicketLevel1 => ({
  id: id(n), subject: `Ticket ${n}`, category: 'other', priority: 'low', status: 'open', created_at: '2025-11-10T09:00:00', updated_at: '2025-11-10T09:00:00.000001', resolved_at: null, last_message_at: `2025-11-10T09:0${n}:00.5`, ...fields,
});
const message = (n: number, fields: Partial<MessageLevel1> = {}): MessageLevel1 => ({
  id: id(100 + n), ticket_id: id(1), user_id: id(7), staff_id: null, message: `m${n}`, is_internal: false, is_staff: false, created_at: `2025-11-10T09:12:33.00000${n}`, ...fields,
});

describe('comparing a list with what is cached', () => {
  const same = (t: TicketLevel1): [string, string] => [t.id, threadMark(t)];

  test('finds a change of each of the three values, to the microsecond, and nothing else', () => {
    const known = new Map([same(ticket(1))]);
    expect(compareList([ticket(1, { subject: 'renamed without a trace' })], known, true)).toEqual({ changed: [], vanished: [] });
    for (const change of [{ updated_at: '2025-11-10T09:00:00.000002' }, { last_message_at: null }, { status: 'escalated' }]) {
      expect(compareList([ticket(1, change)], known, true).changed, JSON.stringify(change)).toHaveLength(1);
    }
  });

  test('a ticket whose thread was not read is changed; the newest activity comes first, whatever the fraction of its second', () => {
    const listed = [ticket(1), ticket(3, { last_message_at: null }), ticket(2, { last_message_at: '2025-11-10T09:05:00' }), ticket(4, { last_message_at: '2025-11-10T09:05:00.000001' })];
    expect(compareList(listed, new Map([[id(1), null]]), true).changed.map((t) => t.id)).toEqual([id(4), id(2), id(1), id(3)]);
  });

  test('only a complete list says that a ticket is gone', () => {
    const known = new Map([same(ticket(1)), same(ticket(2))]);
    expect(compareList([ticket(1)], known, true).vanished).toEqual([id(2)]);
    expect(compareList([ticket(1)], known, false).vanished).toEqual([]);
  });
});

describe('a level-1 ticket and its messages', () => {
  test('name a customer by a short id, colleagues as a team, and make nothing up', () => {
    const me = { id: id(9), name: 'Maya Ruiz' };
    expect(toTicket(ticket(1), factsOf([message(1)]))).toMatchObject({ requester: { id: id(7), name: 'Customer 1a2b', email: '' }, assignee_id: null, tags: [], message_count: 1, last_message: { preview: 'm1', is_staff: false } });
    expect(toTicket(ticket(1), factsOf([]))).toMatchObject({ requester: { id: id(1), name: 'Customer' }, message_count: 0, last_message: null });
    expect(toMessage(message(1), me, null).author_name).toBe('Customer 1a2b');
    expect(toMessage(message(1, { user_id: null, staff_id: id(8), is_staff: true }), me, null).author_name).toBe('Support Team');
    expect(toMessage(message(1, { user_id: null, staff_id: id(9), is_staff: true }), me, 'op')).toMatchObject({ author_name: 'Maya Ruiz', client_id: 'op' });
  });

  test('a version grows with the last change, to the microsecond', () => {
    const version = (updated_at: string): number => toTicket(ticket(1, { updated_at }), factsOf([])).version;
    expect(version('2025-11-10T09:00:00.000002')).toBe(version('2025-11-10T09:00:00.000001') + 1);
    expect(Number.isSafeInteger(version('2025-11-10T09:00:00.000002'))).toBe(true);
  });

  test('an internal note is never the preview', () => {
    expect(factsOf([message(1), message(2, { is_internal: true })]).lastMessage).toEqual({ preview: 'm1', is_staff: false });
  });
});

describe('a lost answer', () => {
  const sent = { id: id(500), ticketId: message(1).ticket_id, intent: { kind: 'reply', text: ' hello ' } } as const;
  const witness: Witness = { me: id(9), namedBy: 'text', mergedInto: () => null, isTaken: (messageId) => messageId === id(101) };
  const mine = { user_id: null, staff_id: id(9), is_staff: true, message: 'hello' };

  test('is the effect of a try only where the message is mine, new and of the same text', () => {
    const thread = [message(1, mine), message(2, mine), message(3, { message: 'hello' }), message(4, { ...mine, message: 'hello!' }), message(5, { ...mine, is_internal: true }), message(6, { ...mine, staff_id: id(8) })];
    expect(findSent(thread, sent, witness)).toEqual([id(102)]);
  });

  test.each([
    [['a'], 'first', 'open', 'arrived'], [['a'], 'second', 'ended', 'arrived'], [['a', 'b'], 'second', 'ended', 'unknown'],
    [[], 'first', 'ended', 'look-again'], [[], 'first', 'open', 'look-again'], [[], 'second', 'ended', 'send-again'], [[], 'second', 'open', 'unknown'],
  ] as const)('with %j found at the %s look, request %s: %s', (found, look, doubt, kind) => {
    expect(judgeThread(found, look, doubt).kind).toBe(kind);
  });
});

test('level 1 has no ability, level 2 those it names, and before anyone asked all are allowed', () => {
  const { level: one, ...none } = abilitiesOf(1, ['notes', 'patch']);
  expect(one).toBe(1);
  expect(Object.values(none)).not.toContain(true);
  expect(abilitiesOf(2, ['patch', 'events', 'idempotency'])).toEqual({ level: 2, notes: false, changes: true, assignment: true, reopen: false, live: true, presence: false, macros: false, bounded_copy: false, search: false, exactly_once: true });
  const { level: nobody, ...all } = abilitiesOf(null, []);
  expect(nobody).toBeNull();
  expect(Object.values(all)).not.toContain(false);
});
