import { describe, expect, test } from 'vitest';
import type { Ticket } from '../../src/contract/wire/entities.ts';
import {
  sameText,
  whyNotMessage,
  whyNotTicket,
  type Mismatch,
  type Shown,
  type Witness,
} from '../../src/core/confirmation.ts';
import type { OperationIntent } from '../../src/core/operation.ts';

const id = (n: number): string => `0199d7a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [key, here, there, me, colleague, customer, made, earlier] = [
  id(1),
  id(2),
  id(3),
  id(4),
  id(5),
  id(6),
  id(7),
  id(8),
];
const operation = (intent: OperationIntent) => ({ id: key, ticketId: here, intent });
const reply = operation({ kind: 'reply', text: 'We have sent it.' });
const note = operation({ kind: 'note', text: 'We have sent it.', mentions: [] });

const witness: Witness = {
  me,
  namedBy: 'key',
  mergedInto: () => null,
  isTaken: (messageId) => messageId === earlier,
};
const byText: Witness = { ...witness, namedBy: 'text' };
const right: Shown = {
  id: made,
  ticket_id: here,
  user_id: null,
  staff_id: me,
  message: 'We have sent it.',
  is_internal: false,
  client_id: key,
};

describe('a message confirms an operation only when it names it, its ticket, its kind, its author and its text', () => {
  test.each<[string, Partial<Shown>, Mismatch | null, Mismatch | null]>([
    ['its own answer', {}, null, null],
    [
      "another operation's answer, repeated",
      { client_id: id(99), id: earlier },
      'other-key',
      'taken',
    ],
    ['an answer without a key', { client_id: null }, 'other-key', null],
    ['a message of another ticket', { ticket_id: there }, 'other-ticket', 'other-ticket'],
    ['a note in place of the reply', { is_internal: true }, 'other-kind', 'other-kind'],
    [
      "a colleague's message under the same key",
      { staff_id: colleague },
      'other-author',
      'other-author',
    ],
    [
      "a customer's message under the same key",
      { staff_id: null, user_id: customer },
      'other-author',
      'other-author',
    ],
    ['nobody as its author', { staff_id: null }, 'other-author', 'other-author'],
    ['another text', { message: 'We have lost it.' }, 'other-text', 'other-text'],
    ['the beginning of the text', { message: 'We have sent' }, 'other-text', 'other-text'],
    [
      'the text with more behind it',
      { message: 'We have sent it. Not.' },
      'other-text',
      'other-text',
    ],
    ['an empty text', { message: '' }, 'other-text', 'other-text'],
    ['the text without the blanks at its ends', { message: ' We have sent it.\r\n' }, null, null],
    ['a message that was there before', { id: earlier }, 'taken', 'taken'],
    ['me as user, as a level-1 server writes it', { staff_id: null, user_id: me }, null, null],
  ])('%s', (_, change, onLevel2, onLevel1) => {
    expect(whyNotMessage(reply, { ...right, ...change }, witness)).toBe(onLevel2);
    expect(whyNotMessage(reply, { ...right, ...change }, byText)).toBe(onLevel1);
  });

  test('a note is no reply, and a reply no note', () => {
    expect(whyNotMessage(note, right, witness)).toBe('other-kind');
    expect(whyNotMessage(note, { ...right, is_internal: true }, witness)).toBeNull();
  });

  test('in the ticket that took over the conversation it is the same message; in any other it is not', () => {
    const merged: Witness = {
      ...witness,
      mergedInto: (ticketId) => (ticketId === here ? there : null),
    };
    expect(whyNotMessage(reply, { ...right, ticket_id: there }, merged)).toBeNull();
    expect(whyNotMessage(reply, { ...right, ticket_id: id(50) }, merged)).toBe('other-ticket');
  });

  test('no message confirms what is none', () => {
    for (const intent of [{ kind: 'close' }, { kind: 'reopen' }] as const)
      expect(whyNotMessage(operation(intent), right, witness)).toBe('no-message');
  });

  test.each([
    ['line ends', 'one\r\ntwo', 'one\ntwo', true],
    ['blanks at the ends', '  one ', 'one', true],
    ['the form of accents', 'Ka\u0308ufer', 'Käufer', true],
    ['controls', 'a\u0000b\u000bc', 'abc', true],
    ['what nobody sees', 'a\u200bb', 'ab', true],
    ['half an emoji', 'a\ud83d', 'a\ufffd', true],
    ['case', 'Yes', 'yes', false],
    ['an emoji that is gone', 'Thanks 🦜', 'Thanks', false],
    ['a digit', '100', '1000', false],
  ])('%s', (_, a, b, same) => {
    expect(sameText(a, b)).toBe(same);
  });
});

const ticket: Ticket = {
  id: here,
  subject: 'Statement is empty',
  category: 'funding',
  priority: 'high',
  status: 'closed',
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  resolved_at: null,
  last_message_at: null,
  requester: { id: customer, name: 'Dana', email: 'dana@example.test' },
  assignee_id: me,
  tags: ['bank', 'Old'],
  snoozed_until: null,
  version: 8,
  message_count: 1,
  last_message: null,
};
const change = (fields: object, base = {}): OperationIntent => ({
  kind: 'change',
  change: fields,
  base,
});

describe('a ticket confirms an operation only when it is this one and shows what was asked for', () => {
  test.each<[string, OperationIntent, Partial<Ticket>, Mismatch | null]>([
    ['closed after a close', { kind: 'close' }, {}, null],
    ['open after a close', { kind: 'close' }, { status: 'open' }, 'other-effect'],
    ['resolved after a close', { kind: 'close' }, { status: 'resolved' }, 'other-effect'],
    ['open after a reopening', { kind: 'reopen' }, { status: 'open' }, null],
    ['closed after a reopening', { kind: 'reopen' }, {}, 'other-effect'],
    ['another ticket', { kind: 'close' }, { id: there }, 'other-ticket'],
    ['the field as wanted', change({ priority: 'high' }), {}, null],
    ['the field as it was', change({ priority: 'low' }), {}, 'other-effect'],
    ['one of two fields', change({ priority: 'high', assignee_id: colleague }), {}, 'other-effect'],
    ['somebody although nobody was wanted', change({ assignee_id: null }), {}, 'other-effect'],
    ['nobody as wanted', change({ assignee_id: null }), { assignee_id: null }, null],
    [
      'the same moment in another zone',
      change({ snoozed_until: '2026-01-02T10:00:00+02:00' }),
      { snoozed_until: '2026-01-02T08:00:00.000Z' },
      null,
    ],
    [
      'another moment',
      change({ snoozed_until: '2026-01-02T10:00:00Z' }),
      { snoozed_until: '2026-01-02T08:00:00Z' },
      'other-effect',
    ],
    [
      'still asleep',
      change({ snoozed_until: null }),
      { snoozed_until: '2026-01-02T08:00:00Z' },
      'other-effect',
    ],
    [
      'the subject without blanks at its ends',
      change({ subject: ' Statement is empty ' }),
      {},
      null,
    ],
    ['another subject', change({ subject: 'Statement' }), {}, 'other-effect'],
    ['the tag added', change({ tags: { add: ['bank'], remove: [] } }), {}, null],
    [
      'the tag added in the case that is there',
      change({ tags: { add: ['OLD'], remove: [] } }),
      {},
      null,
    ],
    ['the tag not added', change({ tags: { add: ['new'], remove: [] } }), {}, 'other-effect'],
    ['the tag not removed', change({ tags: { add: [], remove: ['bank'] } }), {}, 'other-effect'],
    [
      'a tag that is removed and added',
      change({ tags: { add: ['bank'], remove: ['bank'] } }),
      {},
      null,
    ],
    ['a reply is confirmed by no ticket', { kind: 'reply', text: 'x' }, {}, 'other-effect'],
    ['the state that was known when it was made', { kind: 'close' }, { version: 7 }, 'older-state'],
    ['a state from before that', { kind: 'close' }, { version: 6 }, 'older-state'],
  ])('%s', (_, intent, shown, mismatch) => {
    expect(whyNotTicket(operation(intent), { ...ticket, ...shown }, 7)).toBe(mismatch);
  });

  test('a version is compared only with one of the same full copy', () => {
    expect(whyNotTicket(operation({ kind: 'close' }), { ...ticket, version: 1 }, null)).toBeNull();
  });
});
