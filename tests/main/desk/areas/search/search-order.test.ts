import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ticketSorts,
  type TicketFilter,
  type TicketRow,
} from '../../../../../src/contract/bridge.ts';
import type { Message, StaffMember, Ticket } from '../../../../../src/contract/wire/entities.ts';
import { conditionsOf } from '../../../../../src/core/search-filter.ts';
import { comparePositions, positionOf } from '../../../../../src/core/ticket-order.ts';
import { passes } from '../../../../../src/core/views.ts';
import { indexWaiting } from '../../../../../src/main/desk/areas/search/search-index.ts';
import { ticketsInOrderSql } from '../../../../../src/main/desk/areas/search/search-order-table.ts';
import { openCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import { openTestDesk, tempDir, type TestDesk } from '../../../../helpers/desk.ts';
import { fillDataFolder, maya, nowhere } from '../../../../helpers/filled-cache.ts';
import { plainTicket } from '../../../../helpers/plain-ticket.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const alex = id(900_001);
const now = Date.now();
const count = 1_400;
/** More messages with a word of all of them than are sorted one by one. */
const talk = 4;
const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const minutes = (n: number): string => new Date(now - n * 60_000).toISOString();

/** A word in every message, and one in the first message of every seventh ticket. */
const hasRare = (n: number): boolean => n % 7 === 0;
const byAlex = (n: number): boolean => n % 3 === 0;

function ticket(n: number): Ticket {
  // Neither the order of their numbers nor that of their messages.
  const age = (n * 37) % 5_000;
  return {
    ...plainTicket(id(n), now),
    subject: `Number ${n}`,
    status: at(['open', 'in_progress', 'waiting', 'resolved', 'closed', 'closed', 'closed'], n),
    priority: at(['low', 'medium', 'medium', 'high', 'urgent'], n),
    category: at(['billing', 'other', 'account'], n),
    assignee_id: at([null, maya, alex], n),
    tags: n % 11 === 0 ? ['VIP'] : n % 13 === 0 ? ['bug'] : [],
    created_at: minutes(9_000),
    updated_at: minutes(age),
    last_message_at: minutes(age),
    message_count: talk,
    last_message: { preview: 'order', is_staff: n % 2 === 0 },
  };
}

function messagesOf(n: number): Message[] {
  return Array.from({ length: talk }, (_, m): Message => {
    const isStaff = m === 1 && byAlex(n);
    return {
      id: id(1_000_000 + n * 10 + m),
      ticket_id: id(n),
      user_id: isStaff ? null : id(800),
      staff_id: isStaff ? alex : null,
      message: m === 0 && hasRare(n) ? 'the order and a refund' : 'the order',
      is_internal: false,
      is_staff: isStaff,
      created_at: minutes(8_000 - ((n * 53) % 7_000) - m),
      author_name: isStaff ? 'Alex Kim' : 'Dana',
      client_id: null,
      mentions: [],
    };
  });
}

const staff: StaffMember[] = [
  [maya, 'Maya Ruiz'],
  [alex, 'Alex Kim'],
].map(([who = '', name = '']) => ({
  id: who,
  name,
  email: `${name.slice(0, 4)}@staffdesk.test`,
  role: 'staff',
  is_active: true,
}));

let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
let all: TicketRow[];

beforeAll(async () => {
  home = tempDir();
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  fillDataFolder(home.dir, numbers.map(ticket), numbers.flatMap(messagesOf), staff);
  index();
  desk = openTestDesk(home.dir, nowhere);
  // Tickets with work that is not sent yet stand where the agent sees them.
  await desk.call('triage.change', { ticket_id: id(7), change: { priority: 'urgent' } });
  await desk.call('triage.change', { ticket_id: id(14), change: { status: 'open' } });
  await desk.call('triage.close', { ticket_id: id(22) });
  all = await rows();
});
afterAll(async () => {
  await desk.desk.close();
  home.remove();
});

function index(): void {
  const { db } = openCache(join(home.dir, 'cache.db'));
  while (indexWaiting(db, 10_000) > 0);
  db.close();
}

/** Every ticket as lists show it. */
async function rows(): Promise<TicketRow[]> {
  const query = { view: 'all' as const, filter: {}, sort: 'newest' as const };
  const listed = await desk.call('tickets.list', { ...query, after: null, limit: 1_000 });
  const rest = await desk.call('tickets.list', { ...query, after: listed.next, limit: 1_000 });
  return [...listed.rows, ...rest.rows];
}

const numberOf = ({ id: one }: { id: string }): number => Number(one.slice(-12));
const queries: [query: string, has: (n: number) => boolean][] = [
  ['order', () => true],
  ['refund', hasRare],
  ['from:alex', byAlex],
  ['-refund', (n) => !hasRare(n)],
  ['number', () => true],
  ['order from:alex', byAlex],
  ['refund OR nothing', hasRare],
];
const filters: TicketFilter[] = [
  {},
  { status: ['open', 'waiting'] },
  { priority: ['urgent'], category: ['billing', 'other'] },
  { tag: ['vip', 'bug'] },
  { assignee: [null, maya] },
  { unread: true },
];

const found = (row: TicketRow, filter: TicketFilter, has: (n: number) => boolean): boolean =>
  passes(filter, row) && has(numberOf(row));

describe.each(ticketSorts)('in the order %s', (sort) => {
  test.each(filters)('with the filter %j the first of all results come', async (filter) => {
    for (const [query, has] of queries) {
      const { hits } = await desk.call('search.query', { query, filter, sort, limit: 100 });
      const inOrder = all
        .filter((row) => found(row, filter, has))
        .toSorted((a, b) => comparePositions(sort, positionOf(sort, a), positionOf(sort, b)));
      expect(
        hits.map(({ row }) => numberOf(row)),
        query,
      ).toEqual(inOrder.slice(0, 100).map(numberOf));
    }
  });
});

test.each(filters)('with the filter %j the newest matches come first', async (filter) => {
  for (const [query, has] of queries) {
    const { hits } = await desk.call('search.query', { query, filter, limit: 100 });
    const expected = all.filter((row) => found(row, filter, has)).map(({ id: one }) => one);
    expect(hits.length, query).toBe(Math.min(100, expected.length));
    expect(new Set(expected), query).toEqual(
      new Set([...expected, ...hits.map(({ row }) => row.id)]),
    );
    const times = hits.map((hit) => hit.at);
    expect(times, query).toEqual(times.toSorted((a, b) => b - a));
  }
});

test('a filter alone is no search, and what it leaves nothing of offers no words that find nothing', async () => {
  const ask = { limit: 10, steps: true } as const;
  expect((await desk.call('search.query', { ...ask, query: '', filter: { tag: ['vip'] } })).hits) //
    .toEqual([]);
  const filter = { tag: ['no such tag'] };
  expect(await desk.call('search.query', { ...ask, query: 'refund order', filter })).toMatchObject({
    hits: [],
    steps: [],
  });
});

test('each hit shows the newest message that matches, and how many more do', async () => {
  const { hits } = await desk.call('search.query', { query: 'order', sort: 'priority', limit: 1 });
  const n = numberOf(hits[0]?.row ?? { id: '' });
  const newest = messagesOf(n).toSorted((a, b) => b.created_at.localeCompare(a.created_at))[0];
  expect(hits[0]).toMatchObject({ message_id: newest?.id, more: talk - 1 });
});

test('common words walk the index of an order, and sort nothing', () => {
  const { db } = openCache(join(home.dir, 'cache.db'));
  const scope = { now, drafts: [], overlaid: [id(7)], spelled: (tag: string) => [tag] };
  for (const sort of ['newest', 'oldest', 'priority', 'waiting'] as const)
    for (const filter of filters) {
      const { sql, bound } = ticketsInOrderSql(1, sort, conditionsOf(filter), scope);
      const plan = db
        .prepare<[object], { detail: string }>(`explain query plan ${sql}`)
        .all(bound.values)
        .map(({ detail }) => detail)
        .join('\n');
      expect(plan).toMatch(/^SEARCH t USING INDEX tickets_\w+ \(active=\?\)/);
      expect(plan).not.toContain('TEMP B-TREE');
    }
  db.close();
});
