import { beforeEach, describe, expect, test } from 'vitest';
import type { SyncPage } from '../../../../src/contract/wire/api.ts';
import type { Message, Ticket } from '../../../../src/contract/wire/entities.ts';
import { storeMerge } from '../../../../src/main/desk/areas/tickets/merged.ts';
import type { WriteDb } from '../../../../src/main/desk/sqlite/connection.ts';
import { countAllTickets } from '../../../../src/main/desk/areas/tickets/tickets-table.ts';
import { applyPage } from '../../../../src/main/desk/feed/apply-page.ts';
import { doubtOf, removesMost } from '../../../../src/main/desk/feed/page-check.ts';
import { useCache } from '../../../helpers/cache.ts';

const cacheOf = useCache();
let cache: WriteDb;

const id = (n: number): string => `0199d7a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [dana, omar, me, colleague] = [id(901), id(902), id(903), id(904)];
const at = '2026-01-01T00:00:00.000001Z';
const ticket = (n: number, requester = dana): Ticket => ({
  id: id(n),
  subject: 'Statement is empty',
  category: 'funding',
  priority: 'high',
  status: 'open',
  created_at: at,
  updated_at: at,
  resolved_at: null,
  last_message_at: at,
  requester: { id: requester, name: 'Dana', email: 'dana@example.test' },
  assignee_id: null,
  tags: [],
  snoozed_until: null,
  version: 1,
  message_count: 1,
  last_message: null,
});
const message = (n: number, ticketId: string, fields: Partial<Message> = {}): Message => ({
  id: id(n),
  ticket_id: ticketId,
  user_id: null,
  staff_id: me,
  message: 'Hello',
  is_internal: false,
  is_staff: true,
  created_at: at,
  author_name: 'Maya',
  client_id: null,
  mentions: [],
  ...fields,
});
const page = (content: Partial<SyncPage>): SyncPage => ({
  tickets: [],
  messages: [],
  staff: [],
  macros: [],
  removed: [],
  next_cursor: 'a',
  has_more: false,
  ...content,
});

beforeEach(() => {
  cache = cacheOf();
  applyPage(
    cache,
    page({
      tickets: [ticket(1), ticket(2), ticket(3, omar)],
      messages: [message(11, id(1)), message(12, id(1), { is_internal: true })],
    }),
    me,
    () => 0,
  );
});

describe('a page that cannot be true is not applied', () => {
  test.each<[string, Partial<SyncPage>]>([
    ["a ticket becomes another customer's", { tickets: [ticket(1, omar)] }],
    ['a message gets another author', { messages: [message(11, id(1), { staff_id: colleague })] }],
    [
      "a message becomes a customer's",
      { messages: [message(11, id(1), { staff_id: null, user_id: dana })] },
    ],
    ['a note becomes a reply', { messages: [message(12, id(1))] }],
    ["a message goes to another customer's ticket", { messages: [message(11, id(3))] }],
    [
      'a message is as it was, of another time',
      { messages: [message(11, id(1), { created_at: '2026-01-02T00:00:00.000001Z' })] },
    ],
    [
      'a message is of a ticket that is neither here nor in the page',
      { tickets: [ticket(1)], messages: [message(13, id(77))] },
    ],
    [
      'one message comes twice, in two tickets',
      { messages: [message(13, id(1)), message(13, id(3))] },
    ],
    [
      'one message comes twice, by two authors',
      { messages: [message(13, id(1)), message(13, id(1), { staff_id: colleague })] },
    ],
  ])('%s', (_, content) => {
    expect(doubtOf(cache, page(content), 1)).toMatchObject({ byEarlierCopy: false });
  });
});

describe('a page that can be true is', () => {
  test.each<[string, Partial<SyncPage>]>([
    [
      'the same again',
      { tickets: [ticket(1)], messages: [message(11, id(1)), message(11, id(1))] },
    ],
    ['a reply becomes a note', { messages: [message(11, id(1), { is_internal: true })] }],
    ['an author is deleted', { messages: [message(11, id(1), { staff_id: null })] }],
    ['a merge moves a message, its removal in the page behind', { messages: [message(11, id(2))] }],
    [
      'a merge moves a message to a ticket that is new here',
      { tickets: [ticket(4)], messages: [message(11, id(4))] },
    ],
    [
      'a merge names where the messages went',
      {
        messages: [message(11, id(3))],
        removed: [{ kind: 'ticket', id: id(1), merged_into: id(3) }],
      },
    ],
    [
      'new rows',
      {
        tickets: [ticket(5, omar)],
        messages: [message(14, id(5), { staff_id: null, user_id: omar })],
      },
    ],
  ])('%s', (_, content) => {
    expect(doubtOf(cache, page(content), 1)).toBeNull();
  });

  test('a merge that is known here', () => {
    storeMerge(cache, id(1), id(3));
    expect(doubtOf(cache, page({ messages: [message(11, id(3))] }), 1)).toBeNull();
  });

  test('in another full copy, older kinds, tickets and customers: the server may be set back', () => {
    expect(
      doubtOf(
        cache,
        page({
          tickets: [ticket(1, omar)],
          messages: [message(11, id(3)), message(12, id(1))],
        }),
        2,
      ),
    ).toBeNull();
  });
});

describe('a page of another full copy is doubted for an id that named another message', () => {
  test.each<[string, Partial<Message>]>([
    ['by another author', { staff_id: colleague }],
    ['of another time', { created_at: '2026-01-02T00:00:00.000001Z' }],
  ])('%s', (_, fields) => {
    const taken = page({ tickets: [ticket(1)], messages: [message(11, id(1), fields)] });
    expect(doubtOf(cache, taken, 2)).toMatchObject({ byEarlierCopy: true });
  });
});

test('most of what is here is not taken away by a page of the feed; a part of it is', () => {
  applyPage(
    cache,
    page({ tickets: Array.from({ length: 120 }, (_, n) => ticket(n + 100)) }),
    me,
    () => 0,
  );
  const gone = (count: number): SyncPage =>
    page({
      removed: Array.from({ length: count }, (_, n) => ({
        kind: 'ticket' as const,
        id: id(n + 100),
      })),
    });
  expect(countAllTickets(cache)).toBe(123);
  expect(removesMost(cache, gone(61))).toBe(false);
  expect(removesMost(cache, gone(62))).toBe(true);
  expect(
    removesMost(
      cache,
      page({
        removed: Array.from({ length: 500 }, (_, n) => ({
          kind: 'ticket' as const,
          id: id(n + 5_000),
        })),
      }),
    ),
  ).toBe(false);
});
