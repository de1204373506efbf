import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  activityOf,
  threadSize,
  views,
  windowSize,
  type OpenStore,
  type Rows,
  type View,
} from './store.ts';

const where: Record<View, string> = {
  mine: 'active = 1 and assignee_id = @me',
  unassigned: 'active = 1 and assignee_id is null',
  open: 'active = 1',
  urgent: "active = 1 and priority = 'urgent'",
  waiting: "status = 'waiting'",
  closed: 'active = 0',
  all: 'true',
};
const tables = `
  create table if not exists tickets (
    id text primary key, subject text, category text, priority text, status text,
    created_at text, updated_at text, resolved_at text, last_message_at text, requester_id text,
    requester_name text, requester_email text, assignee_id text, tags text, version integer,
    message_count integer, preview text, last_is_staff integer, activity_at integer,
    active integer generated always as (status not in ('resolved', 'closed')) stored
  ) without rowid;
  create table if not exists messages (
    key integer primary key, id text, ticket_id text, user_id text, staff_id text,
    author_name text, text text, is_internal integer, created_at text, client_id text,
    mentions text);`;
const indexes = `
  create index tickets_assignee on tickets (active, assignee_id, activity_at desc);
  create index tickets_active on tickets (active, activity_at desc);
  create index tickets_priority on tickets (active, priority, activity_at desc);
  create index tickets_status on tickets (status, activity_at desc);
  create index tickets_activity on tickets (activity_at desc);
  create index messages_thread on messages (ticket_id, key);
  create virtual table message_search
    using fts5(text, content='messages', content_rowid='key', prefix='2 3');
  insert into message_search (message_search, rank) values ('hashsize', 67108864);
  insert into message_search (message_search) values ('rebuild');`;

/**
 * better-sqlite3 by hand: rows first, then indexes, then the search index in one go; what a product
 * can hardly be faster than.
 */
export const openRaw: OpenStore = ({ dir, me }) => {
  const db = new Database(join(dir, 'raw.db'));
  for (const pragma of ['journal_mode = WAL', 'synchronous = NORMAL', 'cache_size = -32000'])
    db.pragma(pragma);
  db.exec(tables);
  const ticket = db.prepare(
    `insert or replace into tickets values (${Array.from({ length: 19 }, () => '?').join(', ')})`,
  );
  const message = db.prepare(
    `insert into messages
       (id, ticket_id, user_id, staff_id, author_name, text, is_internal, created_at, client_id,
        mentions)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const put = (rows: Rows, each: (key: number | bigint, text: string) => void): void => {
    for (const t of rows.tickets) {
      ticket.run(
        t.id,
        t.subject,
        t.category,
        t.priority,
        t.status,
        t.created_at,
        t.updated_at,
        t.resolved_at,
        t.last_message_at,
        t.requester.id,
        t.requester.name,
        t.requester.email,
        t.assignee_id,
        JSON.stringify(t.tags),
        t.version,
        t.message_count,
        t.last_message?.preview,
        t.last_message ? Number(t.last_message.is_staff) : null,
        activityOf(t),
      );
    }
    for (const m of rows.messages)
      each(
        message.run(
          m.id,
          m.ticket_id,
          m.user_id,
          m.staff_id,
          m.author_name,
          m.message,
          Number(m.is_internal),
          m.created_at,
          m.client_id,
          JSON.stringify(m.mentions),
        ).lastInsertRowid,
        m.message,
      );
  };
  const lazily = <T>(make: () => T): (() => T) => {
    let made: T | undefined;
    return () => (made ??= make());
  };
  const list = lazily(() =>
    Object.fromEntries(
      views.map((view) => [
        view,
        db.prepare<object, { id: string }>(
          `select * from tickets where ${where[view]} order by activity_at desc limit ${windowSize}`,
        ),
      ]),
    ),
  );
  const count = lazily(() =>
    Object.fromEntries(
      views.map((view) => [
        view,
        db.prepare<object, number>(`select count(*) from tickets where ${where[view]}`).pluck(),
      ]),
    ),
  );
  const thread = lazily(() =>
    db.prepare(`select * from messages where ticket_id = ? order by key desc limit ${threadSize}`),
  );
  const search = lazily(() =>
    db.prepare(
      `select m.* from message_search s join messages m on m.key = s.rowid
       where message_search match ? order by s.rowid desc limit ${threadSize}`,
    ),
  );
  const index = lazily(() => db.prepare('insert into message_search (rowid, text) values (?, ?)'));
  return Promise.resolve({
    load(pages) {
      db.transaction(() => {
        for (const page of pages) put(page, () => undefined);
      })();
      db.exec(indexes);
      db.pragma('wal_checkpoint(TRUNCATE)');
      return Promise.resolve();
    },
    list: (view) => {
      const statement = list()[view];
      return Promise.resolve(statement?.all({ me }).map((row) => row.id) ?? []);
    },
    counts: () =>
      Promise.resolve(
        Object.fromEntries(views.map((name) => [name, count()[name]?.get({ me }) ?? 0])) as Record<
          View,
          number
        >,
      ),
    thread: (id) => Promise.resolve(thread().all(id).length),
    search: (begin) => Promise.resolve(search().all(`"${begin}" *`).length),
    apply(rows) {
      db.transaction(() => {
        put(rows, (key, text) => {
          index().run(key, text);
        });
      })();
      return Promise.resolve();
    },
    close() {
      db.close();
      return Promise.resolve();
    },
  });
};
