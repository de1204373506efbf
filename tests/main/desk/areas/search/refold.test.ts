import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message, Ticket } from '../../../../../src/contract/wire/entities.ts';
import { rememberAccount } from '../../../../../src/main/desk/areas/session/accounts.ts';
import { openCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import { storeMessages } from '../../../../../src/main/desk/areas/tickets/message-writes.ts';
import { readMeta, writeMeta } from '../../../../../src/main/desk/sqlite/meta.ts';
import { cacheMigrations } from '../../../../../src/main/desk/sqlite/migrations/cache/index.ts';
import { openDatabase } from '../../../../../src/main/desk/sqlite/open.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import {
  countWaiting,
  indexWaiting,
} from '../../../../../src/main/desk/areas/search/search-index.ts';
import { storeTicket } from '../../../../../src/main/desk/areas/tickets/tickets-table.ts';
import { createMemorySecrets } from '../../../../../src/main/desk/areas/session/secrets.ts';
import { openTestDesk, tempDir } from '../../../../helpers/desk.ts';
import { createFakeClock } from '../../../../helpers/fake-clock.ts';
import { indexDamage } from '../../../../helpers/index-damage.ts';

const server = 'http://127.0.0.1:9';
const me = '00000000-0000-4000-8000-000000000901';
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const at = (n: number): string => new Date(1_700_000_000_000 + n * 60_000).toISOString();
const count = 1_000;

let home: ReturnType<typeof tempDir>;
let path: string;
beforeEach(() => {
  home = tempDir();
  path = join(home.dir, 'cache.db');
});
afterEach(() => {
  home.remove();
});

/**
 * A cache as it was before texts were folded, indexed by SQLite's own table: one ticket, a thousand
 * messages, the oldest with vowel signs.
 */
function makeOld(): void {
  const old = openDatabase(
    path,
    'disposable',
    cacheMigrations.filter(({ version }) => version <= 130),
  );
  writeMeta(old, 'owner', `${server} ${me}`);
  writeMeta(old, 'snapshot', 'done');
  const ticket: Ticket = {
    id: id(1),
    subject: 'Balance',
    category: 'other',
    priority: 'low',
    status: 'open',
    created_at: at(0),
    updated_at: at(0),
    resolved_at: null,
    last_message_at: at(count),
    requester: { id: id(2), name: 'Dana', email: 'dana@example.test' },
    assignee_id: null,
    tags: [],
    snoozed_until: null,
    version: 1,
    message_count: count,
    last_message: null,
  };
  storeTicket(old, ticket, 1);
  storeMessages(
    old,
    Array.from({ length: count }, (_, n): Message => ({
      id: id(1_000 + n),
      ticket_id: id(1),
      user_id: id(2),
      staff_id: null,
      message: n === 0 ? 'ما هو رَصِيدُ حسابي' : `Straße number ${n}`,
      is_internal: false,
      is_staff: false,
      created_at: at(n),
      author_name: 'Dana',
      client_id: null,
      mentions: [],
    })),
    1,
  );
  old.exec(`insert into message_search (rowid, text) select key, text from messages;
    insert into ticket_search (rowid, subject, requester_name, requester_email, tags) select key, subject, requester_name, requester_email, tags from tickets;
    delete from messages_to_index; delete from tickets_to_index`);
  old.close();
}

test('an index of the old folding is made again in slices, newest first, goes on after it was cut off, and is made once', () => {
  makeOld();
  const first = openCache(path).db;
  expect(countWaiting(first, 2_000)).toBe(count + 1);
  indexWaiting(first, 400);
  const found = (word: string): number =>
    first
      .prepare<[string], { n: number }>(
        'select count(*) as n from message_search where message_search match ?',
      )
      .get(word)?.n ?? 0;
  // The ticket and the newest messages.
  expect([found('strasse'), found('رصيد')]).toEqual([399, 0]);
  // Not closed in good order: as after a crash.
  const again = openCache(path).db;
  expect(countWaiting(again, 2_000)).toBe(count + 1 - 400);
  while (indexWaiting(again, 400) > 0);
  expect([found('strasse'), found('رصيد'), indexDamage(again)]).toEqual([count - 1, 1, []]);
  again.close();
  first.close();
  const done = openCache(path).db;
  expect(countWaiting(done, 10)).toBe(0);
  done.close();
});

test('an index of another folding than ours, or of another Unicode, is made again', () => {
  makeOld();
  const { db } = openCache(path);
  while (indexWaiting(db, 1_000) > 0);
  const ours = readMeta(db, 'folding');
  writeMeta(db, 'folding', '0 5.0');
  db.close();
  const again = openCache(path).db;
  expect([countWaiting(again, 2_000), readMeta(again, 'folding')]).toEqual([count + 1, ours]);
  while (indexWaiting(again, 1_000) > 0);
  expect(indexDamage(again)).toEqual([]);
  again.close();
});

test('while it is made a search finds what is there, says that something may be missing, and needs no server to end it', async () => {
  makeOld();
  const outbox = openOutbox(join(home.dir, 'outbox.db')).db;
  rememberAccount(
    outbox,
    { id: me, email: 'maya@staffdesk.test', name: 'Maya Ruiz', role: 'staff' },
    server,
  );
  outbox.close();
  const clock = createFakeClock(Date.now());
  const desk = openTestDesk(home.dir, server, createMemorySecrets(), clock);
  const ask = async (query: string) => {
    const { hits, indexing } = await desk.call('search.query', { query, limit: 10 });
    return { found: hits.length, indexing };
  };
  expect(await ask('رصيد')).toEqual({ found: 0, indexing: true });
  clock.advance(60_000);
  expect(await ask('رصيد')).toEqual({ found: 1, indexing: false });
  expect(await ask('strasse')).toEqual({ found: 1, indexing: false });
  await desk.desk.close();
});
