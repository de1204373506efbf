import { describe, expect, test } from 'vitest';
import type { MessageLevel1, TicketLevel1 } from '../../src/contract/wire/entities.ts';
import { abilitiesOf } from '../../src/core/abilities.ts';
import {
  answeredStatus,
  compareList,
  factsOf,
  noFacts,
  threadMark,
  toMessage,
  toTicket,
  withSides,
} from '../../src/core/level1.ts';
import type { Witness } from '../../src/core/confirmation.ts';
import { findSent, judgeThread } from '../../src/core/unknown-outcome.ts';

const id = (n: number): string => `1a2b0000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ticket = (n: number, fields: Partial<TicketLevel1> = {}): TicketLevel1 => ({
  id: id(n),
  subject: `Ticket ${n}`,
  category: 'other',
  priority: 'low',
  status: 'open',
  created_at: '2025-11-10T09:00:00',
  updated_at: '2025-11-10T09:00:00.000001',
  resolved_at: null,
  last_message_at: `2025-11-10T09:0${n}:00.5`,
  ...fields,
});
const message = (n: number, fields: Partial<MessageLevel1> = {}): MessageLevel1 => ({
  id: id(100 + n),
  ticket_id: id(1),
  user_id: id(7),
  staff_id: null,
  message: `m${n}`,
  is_internal: false,
  is_staff: false,
  created_at: `2025-11-10T09:12:33.00000${n}`,
  ...fields,
});

describe('comparing a list with what is cached', () => {
  const same = (t: TicketLevel1): [string, string] => [t.id, threadMark(t)];

  test('finds a change of each of the three values, to the microsecond, and nothing else', () => {
    const known = new Map([same(ticket(1))]);
    expect(compareList([ticket(1, { subject: 'renamed without a trace' })], known, true)).toEqual({
      changed: [],
      vanished: [],
    });
    for (const change of [
      { updated_at: '2025-11-10T09:00:00.000002' },
      { last_message_at: null },
      { status: 'escalated' },
    ]) {
      expect(
        compareList([ticket(1, change)], known, true).changed,
        JSON.stringify(change),
      ).toHaveLength(1);
    }
  });

  test('a ticket whose thread was not read is changed; the newest activity comes first, whatever the fraction of its second', () => {
    const listed = [
      ticket(1),
      ticket(3, { last_message_at: null }),
      ticket(2, { last_message_at: '2025-11-10T09:05:00' }),
      ticket(4, { last_message_at: '2025-11-10T09:05:00.000001' }),
    ];
    expect(compareList(listed, new Map([[id(1), null]]), true).changed.map((t) => t.id)).toEqual([
      id(4),
      id(2),
      id(1),
      id(3),
    ]);
  });

  test('only a complete list says that a ticket is gone', () => {
    const known = new Map([same(ticket(1)), same(ticket(2))]);
    expect(compareList([ticket(1)], known, true).vanished).toEqual([id(2)]);
    expect(compareList([ticket(1)], known, false).vanished).toEqual([]);
  });
});

const me = { id: id(9), name: 'Maya Ruiz' };

describe('a level-1 ticket and its messages', () => {
  test('name a customer by a short id, colleagues as a team, and make nothing up', () => {
    expect(toTicket(ticket(1), factsOf([message(1)], me), me)).toMatchObject({
      requester: { id: id(7), name: 'Customer 1a2b', email: '' },
      assignee_id: null,
      tags: [],
      message_count: 1,
      last_message: { preview: 'm1', is_staff: false },
    });
    expect(toTicket(ticket(1), factsOf([], me), me)).toMatchObject({
      requester: { id: id(1), name: 'Customer' },
      message_count: 0,
      last_message: null,
    });
    expect(toMessage(message(1), me, null).author_name).toBe('Customer 1a2b');
    expect(
      toMessage(message(1, { user_id: null, staff_id: id(8), is_staff: true }), me, null)
        .author_name,
    ).toBe('Support Team');
    expect(
      toMessage(message(1, { user_id: null, staff_id: id(9), is_staff: true }), me, 'op'),
    ).toMatchObject({ author_name: 'Maya Ruiz', client_id: 'op' });
  });

  test('a version grows with the last change, to the microsecond', () => {
    const version = (updated_at: string): number =>
      toTicket(ticket(1, { updated_at }), noFacts, me).version;
    expect(version('2025-11-10T09:00:00.000002')).toBe(version('2025-11-10T09:00:00.000001') + 1);
    expect(Number.isSafeInteger(version('2025-11-10T09:00:00.000002'))).toBe(true);
  });

  test('an internal note is never the preview', () => {
    expect(factsOf([message(1), message(2, { is_internal: true })], me).lastMessage).toEqual({
      preview: 'm1',
      is_staff: false,
    });
  });
});

describe('who wrote a message, on a server that writes everybody as user and may say is_staff: false of all', () => {
  const by = (n: number, user: string | null, staff: string | null): MessageLevel1 =>
    message(n, { user_id: user, staff_id: staff });
  const sidesOf = (messages: MessageLevel1[]) =>
    withSides(messages, me).map((m) =>
      m.staff_id === me.id ? 'me' : m.staff_id !== null ? 'staff' : 'customer',
    );
  const [customer, colleague] = [id(7), id(8)];

  test.each([
    [
      "a customer's ticket, answered by me and a colleague through the API",
      [by(1, customer, null), by(2, me.id, null), by(3, colleague, null), by(4, customer, null)],
      ['customer', 'me', 'staff', 'customer'],
    ],
    [
      'answered by SQL',
      [by(1, customer, null), by(2, null, colleague), by(3, null, me.id)],
      ['customer', 'staff', 'me'],
    ],
    [
      'a ticket of my own',
      [by(1, me.id, null), by(2, null, colleague), by(3, me.id, null)],
      ['me', 'staff', 'me'],
    ],
    [
      'a ticket in which I wrote first',
      [by(1, me.id, null), by(2, customer, null)],
      ['me', 'customer'],
    ],
    ['a message of nobody', [by(1, null, null)], ['customer']],
  ])('%s', (_, messages, sides) => {
    expect(sidesOf(messages)).toEqual(sides);
    expect(
      withSides(messages, me).every(
        (m) => m.is_staff === (m.staff_id !== null) && (m.user_id === null || m.staff_id === null),
      ),
    ).toBe(true);
  });

  test('the requester of a ticket of my own is me by name, and a ticket that waits for the customer does not say that it needs a reply', () => {
    const own = factsOf([by(1, me.id, null)], me);
    expect(toTicket(ticket(1), own, me).requester).toEqual({
      id: me.id,
      name: 'Maya Ruiz',
      email: '',
    });
    const waiting = ticket(1, { status: 'waiting' });
    expect(
      answeredStatus(waiting, factsOf([by(1, customer, null), by(2, me.id, null)], me)).status,
    ).toBe('in_progress');
    expect(
      answeredStatus(waiting, factsOf([by(1, me.id, null), by(2, customer, null)], me)).status,
    ).toBe('waiting');
    expect(answeredStatus(ticket(1, { status: 'closed' }), own).status).toBe('closed');
  });
});

describe('a lost answer', () => {
  const sent = {
    id: id(500),
    ticketId: message(1).ticket_id,
    intent: { kind: 'reply', text: ' hello ' },
  } as const;
  const witness: Witness = {
    me: id(9),
    namedBy: 'text',
    mergedInto: () => null,
    isTaken: (messageId) => messageId === id(101),
  };
  const mine = { user_id: null, staff_id: id(9), is_staff: true, message: 'hello' };

  test('is the effect of a try only where the message is mine, new and of the same text', () => {
    const thread = [
      message(1, mine),
      message(2, mine),
      message(3, { message: 'hello' }),
      message(4, { ...mine, message: 'hello!' }),
      message(5, { ...mine, is_internal: true }),
      message(6, { ...mine, staff_id: id(8) }),
    ];
    expect(findSent(thread, sent, witness)).toEqual([id(102)]);
  });

  test.each([
    [['a'], 'first', 'open', 'arrived'],
    [['a'], 'second', 'ended', 'arrived'],
    [['a', 'b'], 'second', 'ended', 'unknown'],
    [[], 'first', 'ended', 'look-again'],
    [[], 'first', 'open', 'look-again'],
    [[], 'second', 'ended', 'send-again'],
    [[], 'second', 'open', 'unknown'],
  ] as const)('with %j found at the %s look, request %s: %s', (found, look, doubt, kind) => {
    expect(judgeThread(found, look, doubt).kind).toBe(kind);
  });
});

test('level 1 has no ability, level 2 those it names, and before anyone asked all are allowed', () => {
  const { level: one, ...none } = abilitiesOf(1, ['notes', 'patch']);
  expect(one).toBe(1);
  expect(Object.values(none)).not.toContain(true);
  expect(abilitiesOf(2, ['patch', 'events', 'idempotency'])).toEqual({
    level: 2,
    notes: false,
    changes: true,
    assignment: true,
    reopen: false,
    live: true,
    presence: false,
    macros: false,
    bounded_copy: false,
    search: false,
    exactly_once: true,
  });
  const { level: nobody, ...all } = abilitiesOf(null, []);
  expect(nobody).toBeNull();
  expect(Object.values(all)).not.toContain(false);
});
