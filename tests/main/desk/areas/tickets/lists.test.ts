import { afterEach, beforeEach, expect, test } from 'vitest';
import { join } from 'node:path';
import {
  ticketSorts,
  type TicketFilter,
  type TicketQuery,
  type TicketRow,
} from '../../../../../src/contract/bridge.ts';
import {
  ticketPriorities,
  ticketStatuses,
  type Message,
  type Ticket,
} from '../../../../../src/contract/wire/entities.ts';
import {
  comparePositions,
  positionOf,
  writePosition,
} from '../../../../../src/core/ticket-order.ts';
import { inView, passes, type RuleView } from '../../../../../src/core/views.ts';
import { openCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import { openTestDesk, tempDir, type TestDesk } from '../../../../helpers/desk.ts';
import { fillDataFolder, maya, nowhere } from '../../../../helpers/filled-cache.ts';

const id = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
const alex = id(901);
/** Whose account is deactivated: what is assigned to them waits for somebody else. */
const jo = id(902);
const gone = new Set([jo]);
const staff = [
  { id: alex, name: 'Alex Kim' },
  { id: jo, name: 'Jo Former' },
].map((member) => ({
  ...member,
  email: `${member.id}@staffdesk.test`,
  role: 'staff' as const,
  is_active: !gone.has(member.id),
}));
const start = Date.now() - 86_400_000;
const at = (seconds: number): string => new Date(start + seconds * 1_000).toISOString();
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** Fields that fall together in many ways; several tickets share a time. */
function ticket(n: number): Ticket {
  return {
    id: id(n),
    subject: `Ticket ${n}`,
    category: pick(['account', 'billing', 'a_new_one'], n),
    priority: pick([...ticketPriorities, 'unheard'], n * 3),
    status: pick([...ticketStatuses, 'brand_new'], n * 5),
    created_at: at(0),
    updated_at: at(0),
    resolved_at: null,
    last_message_at: at(Math.floor(n / 3) * 60),
    requester: { id: id(900), name: 'Dana', email: 'd@example.test' },
    assignee_id: pick([null, maya, alex, jo], Math.floor(n / 2)),
    tags: pick([[], ['bank'], ['bank', 'vip'], ['bug']], n),
    snoozed_until: n % 11 === 0 ? new Date(Date.now() + 3_600_000).toISOString() : null,
    version: 1,
    message_count: 1,
    last_message: n % 7 === 0 ? null : { preview: 'p', is_staff: n % 2 === 0 },
  };
}
const message = (n: number): Message => ({
  id: id(5_000 + n),
  ticket_id: id(n),
  user_id: id(900),
  staff_id: null,
  message: `m${n}`,
  is_internal: false,
  is_staff: false,
  created_at: at(Math.floor(n / 3) * 60 - 1),
  author_name: 'Dana',
  client_id: null,
  mentions: [],
});

const count = 180;
const views: readonly RuleView[] = [
  'mine',
  'unassigned',
  'open',
  'urgent',
  'waiting',
  'snoozed',
  'closed',
  'all',
];
const filters: readonly TicketFilter[] = [
  {},
  { status: ['waiting', 'brand_new'] },
  { priority: ['urgent', 'unheard'] },
  { category: ['billing'], assignee: [null] },
  { assignee: [alex, null] },
  { assignee: [jo] },
  { tag: ['vip', 'bug'] },
  { unread: true },
  { unread: true, tag: ['bank'], assignee: [maya] },
  { tag: ['nobody has it'] },
];

let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
beforeEach(() => {
  home = tempDir();
  const tickets = Array.from({ length: count }, (_, n) => ticket(n + 1));
  fillDataFolder(
    home.dir,
    tickets,
    tickets.filter((_, n) => n % 4 === 0).map((_, n) => message(n * 4 + 1)),
    staff,
  );
  desk = openTestDesk(home.dir, nowhere);
});
afterEach(async () => {
  await desk.desk.close();
  home.remove();
});

/** What the agent does, so that a part of the tickets looks different from what the server has. */
async function work(): Promise<void> {
  for (let n = 1; n <= 40; n += 1) {
    const ticket_id = id(n);
    const { ticket: now } = await desk.call('thread.get', { ticket_id, before: null, limit: 1 });
    if (n % 4 === 0 && now.status !== 'closed') await desk.call('triage.close', { ticket_id });
    else if (n % 4 === 1)
      await desk.call('triage.change', {
        ticket_id,
        change: { priority: 'urgent', assignee_id: maya, tags: { add: ['vip'], remove: ['bank'] } },
      });
    else if (n % 4 === 2 && now.status !== 'closed')
      await desk.call('compose.send', { ticket_id, kind: 'reply', text: 'On it.' });
    else
      await desk.call('triage.change', {
        ticket_id,
        change: { category: 'billing', status: 'waiting' },
      });
  }
}

/** Every row as the desk shows it, one by one. */
async function everyRow(): Promise<TicketRow[]> {
  return Promise.all(
    Array.from(
      { length: count },
      async (_, n) =>
        (await desk.call('thread.get', { ticket_id: id(n + 1), before: null, limit: 1 })).ticket,
    ),
  );
}

async function paged(query: TicketQuery, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const window: { rows: TicketRow[]; next: string | null; first: number } = await desk.call(
      'tickets.list',
      { ...query, after, limit },
    );
    expect(window.first).toBe(ids.length);
    ids.push(...window.rows.map((row) => row.id));
    if (window.next === null) return ids;
    after = window.next;
  }
}

test.each(['as the server has them', 'with pending operations laid over'])(
  'lists are what the rules say, in every view, filter and order: %s',
  async (how) => {
    if (how !== 'as the server has them') await work();
    const rows = await everyRow();
    for (const view of views) {
      for (const filter of filters) {
        const there = rows.filter(
          (row) => inView(view, row, maya, Date.now(), gone) && passes(filter, row, gone),
        );
        for (const sort of ticketSorts) {
          const query: TicketQuery = { view, filter, sort };
          const expected = there
            .toSorted((a, b) => comparePositions(sort, positionOf(sort, a), positionOf(sort, b)))
            .map((row) => row.id);
          expect(await paged(query, 13), JSON.stringify(query)).toEqual(expected);
          for (const from of [1, 7, 40, 400]) {
            const { rows: found, total } = await desk.call('tickets.list', {
              ...query,
              after: null,
              at: from,
              limit: 9,
            });
            expect(
              { ids: found.map((row) => row.id), total },
              JSON.stringify([query, from]),
            ).toEqual({ ids: expected.slice(from, from + 9), total: expected.length });
          }
        }
      }
    }
  },
  60_000,
);

test('counts are those of the lists, of views and of saved views, with what is laid over', async () => {
  await work();
  const rows = await everyRow();
  const saved = filters.flatMap((filter, i) =>
    views.slice(0, 5).map((view, k) => ({
      id: id(100 * i + k),
      name: `${view} ${i}`,
      query: { view, filter, sort: 'priority' as const },
    })),
  );
  await desk.call('settings.set', { saved_views: saved });
  const of = (view: RuleView, filter: TicketFilter) => {
    const there = rows.filter(
      (row) => inView(view, row, maya, Date.now(), gone) && passes(filter, row, gone),
    );
    return { count: there.length, unread: there.filter((row) => row.unread).length };
  };
  const counts = await desk.call('views.counts', {});
  for (const view of views)
    expect(
      counts.find((one) => one.view === view),
      view,
    ).toEqual({ view, ...of(view, {}) });
  expect(await desk.call('views.saved', {})).toEqual(
    saved.map(({ id: savedId, query }) => ({ id: savedId, ...of(query.view, query.filter) })),
  );
  // Reading one changes the cache, not the outbox.
  const unread = rows.find((row) => row.unread && row.status !== 'closed');
  await desk.call('thread.markRead', { ticket_id: unread?.id ?? '' });
  expect((await desk.call('views.counts', {})).find((one) => one.view === 'all')?.unread).toBe(
    of('all', {}).unread - 1,
  );
});

test('a place in a list outlives the row that it was taken from', async () => {
  const query: TicketQuery = { view: 'open', filter: {}, sort: 'newest' };
  const before = (await desk.call('tickets.list', { ...query, after: null, limit: 20 })).rows;
  const [row] = before.slice(9);
  if (!row) throw new Error('no row');
  const after = writePosition(positionOf('newest', row));
  await desk.call('triage.close', { ticket_id: row.id });
  const window = await desk.call('tickets.list', { ...query, after, limit: 5 });
  expect(window.rows.map((one) => one.id)).toEqual(before.slice(10, 15).map((one) => one.id));
  expect(window.first).toBe(9);
});

test('every tag in use is listed with its number of tickets, and a tag that is gone is not', async () => {
  expect((await desk.call('tags.list', {})).slice(0, 2)).toEqual([
    { tag: 'bank', count: 90 },
    { tag: 'bug', count: 45 },
  ]);
});

test('every list and count is read from an index that holds all that it asks for, never by sorting', async () => {
  await desk.desk.close();
  const { db } = openCache(join(home.dir, 'cache.db'));
  const asked: string[] = [];
  const { listTickets, listIds, countTickets } =
    await import('../../../../../src/main/desk/areas/tickets/ticket-list.ts');
  const watched = {
    ...db,
    prepare: ((sql: string) => {
      asked.push(sql);
      return db.prepare(sql);
    }) as typeof db.prepare,
  };
  for (const view of views) {
    for (const sort of ticketSorts) {
      for (const filter of filters) {
        const query = { view, filter, sort, me: maya, now: 0, except: ['x'] };
        listTickets(watched, query, { key: 1, id: 'x' }, 50);
        listIds(watched, query, null, 50);
        countTickets(watched, query);
      }
    }
  }
  for (const sql of new Set(asked)) {
    const plan = db
      .prepare<[], { detail: string }>(`explain query plan ${sql.replaceAll(/@\w+/g, "'1'")}`)
      .all()
      .map((row) => row.detail);
    expect(
      plan.filter((line) => /^SCAN t|TEMP B-TREE FOR ORDER/.test(line)),
      sql,
    ).toEqual([]);
  }
  db.close();
  desk = openTestDesk(home.dir, nowhere);
});

test('what is assigned to somebody whose account is deactivated counts as unassigned, stays found by their name, and is theirs no more once taken', async () => {
  const rows = await everyRow();
  const theirs = rows.filter((row) => row.assignee_id === jo);
  expect(theirs.length).toBeGreaterThan(10);
  const [one] = theirs.filter((row) => inView('unassigned', row, maya, Date.now(), gone));
  const query: TicketQuery = { view: 'unassigned', filter: {}, sort: 'newest' };
  expect(await paged(query, 100)).toContain(one?.id);
  const found = async (text: string) =>
    (await desk.call('search.query', { query: text, limit: 200 })).hits.map(({ row }) => row.id);
  expect(await found('assignee:none')).toContain(one?.id);
  expect(await found('assignee:jo')).toContain(one?.id);
  const before =
    (await desk.call('views.counts', {})).find(({ view }) => view === 'unassigned')?.count ?? 0;
  await desk.call('triage.change', { ticket_id: one?.id ?? '', change: { assignee_id: maya } });
  expect(
    (await desk.call('views.counts', {})).find(({ view }) => view === 'unassigned')?.count,
  ).toBe(before - 1);
  expect(await paged(query, 100)).not.toContain(one?.id);
  expect(await found('assignee:none')).not.toContain(one?.id);
});
