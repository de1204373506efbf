import { copyFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { SyncPage } from '../../src/contract/wire/api.ts';
import type { Message, Ticket } from '../../src/contract/wire/entities.ts';
import { openCache } from '../../src/main/desk/sqlite/cache-file.ts';
import type { WriteDb } from '../../src/main/desk/sqlite/connection.ts';
import { indexWaiting } from '../../src/main/desk/areas/search/search-index.ts';
import { applyPage } from '../../src/main/desk/feed/apply-page.ts';
import { percentile } from '../numbers.ts';

/**
 * Milliseconds to make 100 changed tickets and 300 new messages durable in a synced cache: of the
 * 2,000 tickets that moved last, as it goes in a day, and of all there ever were.
 */
export interface Applying {
  p50: number;
  rawP50: number;
  anyP50: number;
  anyRawP50: number;
}

const rounds = 15;
const iso = (micros: number): string =>
  `${new Date(Math.floor(micros / 1000)).toISOString().slice(0, -1)}${String(micros % 1000).padStart(3, '0')}Z`;

/**
 * A page as the feed sends it, about tickets that are there, with everything newer than what is
 * there.
 */
function pageOf(
  round: number,
  tickets: readonly Record<string, unknown>[],
  newest: number,
): SyncPage {
  const at = (n: number): string => iso(newest + (round + 1) * 1_000_000 + n * 1_000);
  return {
    staff: [],
    macros: [],
    removed: [],
    next_cursor: `c${round}`,
    has_more: false,
    tickets: tickets.map(
      (row, n) =>
        ({
          id: row['id'],
          subject: row['subject'],
          category: row['category'],
          priority: n % 2 === 0 ? 'high' : 'low',
          status: 'waiting',
          created_at: iso(Number(row['key'])),
          updated_at: at(n),
          resolved_at: null,
          last_message_at: at(n + 300),
          requester: {
            id: row['requester_id'],
            name: row['requester_name'],
            email: row['requester_email'],
          },
          assignee_id: row['assignee_id'],
          tags: ['changed'],
          snoozed_until: null,
          version: Number(row['version']) + round + 1,
          message_count: Number(row['message_count']) + 3,
          last_message: { preview: 'Is there any news on this?', is_staff: false },
        }) as Ticket,
    ),
    messages: tickets.flatMap((row, n) =>
      [0, 1, 2].map((m): Message => ({
        id: `00000000-0000-4000-8${String(round).padStart(3, '0')}-${String(n * 3 + m).padStart(12, '0')}`,
        ticket_id: String(row['id']),
        user_id: String(row['requester_id']),
        staff_id: null,
        author_name: String(row['requester_name']),
        message:
          'Is there any news on this? I have been waiting since the withdrawal of last week, ' +
          `number ${round} ${n} ${m}.`,
        is_internal: false,
        is_staff: false,
        created_at: at(n * 3 + m),
        client_id: null,
        mentions: [],
      })),
    ),
  };
}

/** Until a search finds it, which is more than until it is durable. */
function applyAndIndex(db: WriteDb, page: SyncPage): void {
  applyPage(db, page, 'nobody', () => Number.MAX_SAFE_INTEGER);
  while (indexWaiting(db, 400) > 0);
}

function main(from: string, work: string): Applying {
  copyFileSync(from, `${work}.ours`);
  copyFileSync(from, `${work}.raw`);
  const { db } = openCache(`${work}.ours`);
  const raw = new Database(`${work}.raw`);
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = NORMAL');
  raw.pragma('cache_size = -32000');
  const newest = raw.prepare<[], number>('select max(key) from messages').pluck().get() ?? 0;
  const update = raw.prepare(
    `update tickets set priority = ?, status = ?, updated_at = ?, tags = ?, version = ?,
       message_count = ?, activity_at = ?, preview = ? where id = ?`,
  );
  const keyOf = raw.prepare<[string], number>('select key from tickets where id = ?').pluck();
  const index = raw.prepare(
    `insert or replace into ticket_search (rowid, subject, requester_name, requester_email, tags)
     values (?, ?, ?, ?, ?)`,
  );
  const insert = raw.prepare(
    `insert into messages
       (key, id, ticket_id, user_id, staff_id, author_name, text, is_internal, created_at,
        client_id, generation)
     values (?, ?, ?, ?, null, ?, ?, 0, ?, null, 1)`,
  );
  const search = raw.prepare('insert into message_search (rowid, text) values (?, ?)');
  const bare = raw.transaction((page: SyncPage) => {
    for (const t of page.tickets) {
      update.run(
        t.priority,
        t.status,
        Date.parse(t.updated_at),
        JSON.stringify(t.tags),
        t.version,
        t.message_count,
        Date.parse(t.last_message_at ?? ''),
        t.last_message?.preview ?? '',
        t.id,
      );
      index.run(
        keyOf.get(t.id),
        t.subject,
        t.requester.name,
        t.requester.email,
        JSON.stringify(t.tags),
      );
    }
    for (const m of page.messages) {
      const key = Date.parse(m.created_at) * 1000 + Number(m.created_at.slice(23, 26));
      insert.run(
        key,
        m.id,
        m.ticket_id,
        m.user_id,
        m.author_name,
        m.message,
        Math.floor(key / 1000),
      );
      search.run(key, m.message);
    }
  });
  let round = 0;
  function measure(pick: Database.Statement): [ours: number, theirs: number] {
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (const end = round + rounds; round < end; round += 1) {
      const page = pageOf(round, pick.all() as Record<string, unknown>[], newest);
      for (const [times, run] of [
        [
          ours,
          () => {
            applyAndIndex(db, page);
          },
        ],
        [
          theirs,
          () => {
            bare(page);
          },
        ],
      ] as const) {
        const began = performance.now();
        run();
        times.push(performance.now() - began);
      }
    }
    return [percentile(ours, 0.5), percentile(theirs, 0.5)];
  }
  const [p50, rawP50] = measure(
    raw.prepare(
      'select * from (select * from tickets order by activity_at desc limit 2000) order by random() limit 100',
    ),
  );
  const [anyP50, anyRawP50] = measure(
    raw.prepare('select * from tickets order by random() limit 100'),
  );
  db.close();
  raw.close();
  return { p50, rawP50, anyP50, anyRawP50 };
}

if (import.meta.main) {
  const [from = '', work = ''] = process.argv.slice(2);
  process.send?.(main(from, work));
  process.exit(0);
}
