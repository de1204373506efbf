import Database from 'better-sqlite3';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ticketPriorities,
  ticketStatuses,
  type Message,
  type Ticket,
} from '../../../../src/contract/wire/entities.ts';
import { inView, type RuleView } from '../../../../src/core/views.ts';
import { openCache } from '../../../../src/main/desk/sqlite/cache-file.ts';
import { DataFolderInUseError, lockDataFolder } from '../../../../src/main/desk/sqlite/lock.ts';
import { storeMessages } from '../../../../src/main/desk/areas/tickets/message-writes.ts';
import { threadWindow } from '../../../../src/main/desk/areas/tickets/messages.ts';
import { migrate, NewerFileError } from '../../../../src/main/desk/sqlite/migrate.ts';
import { cacheMigrations } from '../../../../src/main/desk/sqlite/migrations/cache/index.ts';
import { outboxMigrations } from '../../../../src/main/desk/sqlite/migrations/outbox/index.ts';
import type { WriteDb } from '../../../../src/main/desk/sqlite/connection.ts';
import { openDatabase } from '../../../../src/main/desk/sqlite/open.ts';
import {
  acknowledge,
  discard,
  enqueue,
  markInflight,
  openOperations,
  park,
  recoverInflight,
  requeue,
  unpark,
} from '../../../../src/main/desk/areas/outbox/operations.ts';
import { openOutbox } from '../../../../src/main/desk/sqlite/outbox-file.ts';
import type { Position } from '../../../../src/core/ticket-order.ts';
import {
  countTickets,
  countViews,
  listTickets,
} from '../../../../src/main/desk/areas/tickets/ticket-list.ts';
import {
  getTicket,
  removeTicket,
  storeTicket,
} from '../../../../src/main/desk/areas/tickets/tickets-table.ts';
import { tempDir } from '../../../helpers/desk.ts';

let home: ReturnType<typeof tempDir>;
beforeEach(() => {
  home = tempDir();
});
afterEach(() => {
  home.remove();
});

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const at = (n: number): string => new Date(1_700_000_000_000 + n * 1000).toISOString();
function ticket(n: number, fields: Partial<Ticket> = {}): Ticket {
  return {
    id: id(n),
    subject: `Ticket ${n}`,
    category: 'other',
    priority: 'low',
    status: 'open',
    created_at: at(n),
    updated_at: at(n),
    resolved_at: null,
    last_message_at: at(n),
    requester: { id: id(900), name: 'Dana', email: 'd@example.test' },
    assignee_id: null,
    tags: [],
    snoozed_until: null,
    version: 1,
    message_count: 1,
    last_message: { preview: `p${n}`, is_staff: false },
    ...fields,
  };
}
function message(n: number, ticketN: number, fields: Partial<Message> = {}): Message {
  return {
    id: id(10_000 + n),
    ticket_id: id(ticketN),
    user_id: id(900),
    staff_id: null,
    message: `m${n}`,
    is_internal: false,
    is_staff: false,
    created_at: at(n),
    author_name: 'Dana',
    client_id: null,
    mentions: [],
    ...fields,
  };
}

describe('the cache', () => {
  let cache: WriteDb;
  beforeEach(() => {
    cache = openCache(join(home.dir, 'cache.db')).db;
  });
  afterEach(() => {
    cache.close();
  });

  test('has the same views in SQL as in the rules, for every combination of fields', () => {
    const me = id(901);
    const now = 1_700_000_500_000;
    let n = 0;
    const all: Ticket[] = [];
    for (const status of [...ticketStatuses, 'brand_new_status']) {
      for (const priority of ticketPriorities) {
        for (const assignee_id of [null, me, id(902)]) {
          for (const snoozed_until of [null, at(100), at(5000)])
            all.push(ticket(++n, { status, priority, assignee_id, snoozed_until }));
        }
      }
    }
    for (const one of all) storeTicket(cache, one, 1);
    const views: RuleView[] = [
      'mine',
      'unassigned',
      'open',
      'urgent',
      'waiting',
      'snoozed',
      'closed',
      'all',
    ];
    for (const view of views) {
      const expected = all
        .filter((t) =>
          inView(
            view,
            { ...t, snoozed_until: t.snoozed_until === null ? null : Date.parse(t.snoozed_until) },
            me,
            now,
          ),
        )
        .map((t) => t.id)
        .toSorted();
      const query = { view, filter: {}, sort: 'newest' as const, me, now, except: [] };
      expect(
        listTickets(cache, query, null, 1000)
          .map((t) => t.id)
          .toSorted(),
        view,
      ).toEqual(expected);
      expect(countTickets(cache, query).count, view).toBe(expected.length);
      expect(countViews(cache, me, now).count[view], view).toBe(expected.length);
    }
  });

  test('gives windows that meet without a gap or a double, however many share a time', () => {
    for (let n = 1; n <= 25; n += 1)
      storeTicket(cache, ticket(n, { last_message_at: at(Math.floor(n / 10)) }), 1);
    const seen: string[] = [];
    let after: Position | null = null;
    for (;;) {
      const window: { id: string; activity_at: number }[] = listTickets(
        cache,
        { view: 'all', filter: {}, sort: 'newest', me: id(901), now: 0, except: [] },
        after,
        4,
      );
      if (window.length === 0) break;
      seen.push(...window.map((t) => t.id));
      const last = window.at(-1);
      after = last ? { key: last.activity_at, id: last.id } : null;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  test('never steps back to an older version, and takes the same one twice', () => {
    storeTicket(cache, ticket(1, { version: 5, status: 'closed', subject: 'New name' }), 1);
    storeTicket(cache, ticket(1, { version: 4, status: 'open' }), 1);
    storeTicket(cache, ticket(1, { version: 5, status: 'closed', subject: 'New name' }), 1);
    expect(getTicket(cache, id(1))).toMatchObject({ status: 'closed', subject: 'New name' });
  });

  test('stores a message once, keeps the order of one microsecond, and lets only public ones move the preview', () => {
    storeTicket(cache, ticket(1), 1);
    for (let n = 1; n <= 3; n += 1)
      expect(storeMessages(cache, [message(n, 1, { created_at: at(50) })], 1)).toHaveLength(1);
    expect(storeMessages(cache, [message(2, 1, { created_at: at(50) })], 1)).toEqual([]);
    storeMessages(
      cache,
      [
        message(9, 1, {
          created_at: at(60),
          is_internal: true,
          is_staff: true,
          staff_id: id(901),
          user_id: null,
        }),
      ],
      1,
    );
    expect(threadWindow(cache, id(1), null, 10).map((m) => m.text)).toEqual([
      'm1',
      'm2',
      'm3',
      'm9',
    ]);
    expect(getTicket(cache, id(1))).toMatchObject({
      preview: 'm3',
      activity_at: Date.parse(at(50)),
    });
  });

  test('a removed ticket takes its messages and search entries with it', () => {
    storeTicket(cache, ticket(1, { subject: 'Findable 出金' }), 1);
    storeMessages(cache, [message(1, 1, { message: 'needle 届いて' })], 1);
    removeTicket(cache, id(1));
    for (const table of [
      'tickets',
      'messages',
      'message_search',
      'ticket_search',
      'message_parts',
      'ticket_parts',
    ])
      expect(cache.prepare(`select count(*) as n from ${table}`).get(), table).toEqual({ n: 0 });
    expect(
      cache
        .prepare("select count(*) as n from message_search where message_search match 'needle'")
        .get(),
    ).toEqual({ n: 0 });
  });
});

describe('a database file', () => {
  test('that is damaged is set aside and kept, and a new one takes its place', () => {
    for (const [name, open] of [
      ['cache.db', (path: string) => openCache(path).db],
      ['outbox.db', (path: string) => openOutbox(path).db],
    ] as const) {
      const path = join(home.dir, name);
      writeFileSync(path, Buffer.alloc(8192, 'x'));
      open(path).close();
      const kept = readdirSync(home.dir).find((file) => file.startsWith(`${name}.damaged`));
      expect(readFileSync(join(home.dir, kept ?? ''))).toEqual(Buffer.alloc(8192, 'x'));
    }
  });

  test('of a newer Staffdesk is refused by name and left as it is', () => {
    const path = join(home.dir, 'outbox.db');
    openOutbox(path).db.close();
    const raw = new Database(path);
    raw.pragma('user_version = 9990');
    raw.close();
    expect(() => openOutbox(path)).toThrow(NewerFileError);
    expect(() => openOutbox(path)).toThrow(/newer Staffdesk/);
  });

  test('is precious with synchronous=FULL and WAL', () => {
    const { db } = openOutbox(join(home.dir, 'outbox.db'));
    expect([db.pragma('synchronous'), db.pragma('journal_mode')]).toEqual([2, 'wal']);
    db.close();
  });

  test('keeps its old version when a migration fails half way', () => {
    const db = openDatabase(join(home.dir, 'x.db'), 'precious', []);
    const failing = {
      version: 10,
      up: (d: WriteDb) => {
        d.exec('create table half (x)');
        throw new Error('no');
      },
    };
    expect(() => {
      migrate(db, [failing]);
    }).toThrow('no');
    expect(db.pragma('user_version')).toBe(0);
    expect(db.prepare("select count(*) as n from sqlite_master where name = 'half'").get()).toEqual(
      { n: 0 },
    );
    db.close();
  });

  test('migrations ascend in tens', () => {
    for (const list of [cacheMigrations, outboxMigrations]) {
      const versions = list.map(({ version }) => version);
      expect(
        versions.every((version, i) => version % 10 === 0 && version > (versions[i - 1] ?? 0)),
      ).toBe(true);
    }
  });
});

test('a data folder has one owner at a time, and a new one once the first is gone', () => {
  const lock = lockDataFolder(home.dir);
  expect(() => lockDataFolder(home.dir)).toThrow(DataFolderInUseError);
  lock.release();
  lockDataFolder(home.dir).release();
});

describe('an operation', () => {
  let db: WriteDb;
  const add = (n: number, text = 'hello') => {
    enqueue(db, {
      id: id(n),
      accountId: 'me',
      ticketId: 't',
      intent: { kind: 'reply', text },
      createdAt: n,
      state: 'queued',
      seenThrough: null,
    });
  };
  const states = () => openOperations(db, 'me').map((o) => [o.id, o.state, o.attempts]);
  beforeEach(() => {
    db = openOutbox(join(home.dir, 'outbox.db')).db;
  });
  afterEach(() => {
    db.close();
  });

  test('goes queued, in flight, acked; a crash in flight makes it queued again under its id', () => {
    add(1);
    add(2);
    markInflight(db, id(1));
    recoverInflight(db);
    expect(states()).toEqual([
      [id(1), 'queued', 1],
      [id(2), 'queued', 0],
    ]);
    markInflight(db, id(1));
    acknowledge(db, id(1), 'server', 5);
    expect(states()).toEqual([[id(2), 'queued', 0]]);
  });

  test('that never reached the server spends no attempt', () => {
    add(1);
    markInflight(db, id(1));
    requeue(db, id(1), 'not counted');
    expect(states()).toEqual([[id(1), 'queued', 0]]);
  });

  test('leaves only by an ack or by the agent; one in flight cannot be discarded', () => {
    add(1);
    park(db, id(1), 'refused', 'why');
    expect(openOperations(db, 'me')[0]?.parked).toEqual({ reason: 'refused', detail: 'why' });
    expect(unpark(db, id(1), null)).toBe(true);
    markInflight(db, id(1));
    expect(discard(db, id(1), 9)).toBe(false);
    requeue(db, id(1), 'counted');
    expect(discard(db, id(1), 9)).toBe(true);
    expect(db.prepare('select state, payload from operations').get()).toMatchObject({
      state: 'discarded',
      payload: expect.stringContaining('hello'),
    });
  });

  test('whose row was damaged or is of another version is parked raw, never sent and never dropped', () => {
    add(1);
    add(2);
    db.prepare(
      "update operations set payload = replace(payload, 'hello', 'hullo') where id = ?",
    ).run(id(1));
    expect(openOperations(db, 'me').map((o) => [o.state, o.intent.kind])).toEqual([
      ['parked', 'unreadable'],
      ['queued', 'reply'],
    ]);
  });
});
