import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCache, removeCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import { noteKeyedTry } from '../../../../../src/main/desk/areas/outbox/keyed-tries.ts';
import {
  leastVersion,
  madeInCopy,
} from '../../../../../src/main/desk/areas/tickets/known-versions.ts';
import { readMeta, removeMeta, writeMeta } from '../../../../../src/main/desk/sqlite/meta.ts';
import type { WriteDb } from '../../../../../src/main/desk/sqlite/connection.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import { storeTicket } from '../../../../../src/main/desk/areas/tickets/tickets-table.ts';
import {
  begunCopy,
  beginSnapshot,
  knownVersion,
} from '../../../../../src/main/desk/feed/generation.ts';
import { createOutbox, type Outbox } from '../../../../../src/main/desk/areas/outbox/queue.ts';
import { seeded } from '../../../../../src/server/demo/random.ts';
import { tempDir } from '../../../../helpers/desk.ts';
import { createFakeClock } from '../../../../helpers/fake-clock.ts';
import { plainTicket } from '../../../../helpers/plain-ticket.ts';

const ticketId = '0199d7a0-0000-7000-8000-00000000000a';
const high = { kind: 'change', change: { priority: 'high' }, base: { priority: 'low' } } as const;

let home: ReturnType<typeof tempDir>;
let outboxDb: WriteDb;
let cache: WriteDb;
let outbox: Outbox;

const cachePath = (): string => join(home.dir, 'cache.db');
const copy = (): string | null => readMeta(cache, 'copy');
const now = Date.parse('2026-11-20T09:00:00Z');
function store(version: number): void {
  storeTicket(cache, { ...plainTicket(ticketId, now), version }, 1);
}

beforeEach(() => {
  home = tempDir();
  const clock = createFakeClock();
  outboxDb = openOutbox(join(home.dir, 'outbox.db')).db;
  cache = openCache(cachePath()).db;
  writeMeta(cache, 'snapshot', 'done');
  outbox = createOutbox({
    db: outboxDb,
    accountId: 'me',
    clock,
    random: seeded(1),
    serverNow: () => clock.now(),
    known: (id) => knownVersion(cache, id),
  });
  store(7);
});
afterEach(() => {
  for (const db of [outboxDb, cache]) db.close();
  home.remove();
});

test('an answer cannot be older than the ticket was when its change was made, whatever has come since: an older outbox may be put back', () => {
  const id = outbox.enqueue(ticketId, high);
  store(9);
  expect(leastVersion(outboxDb, id, copy())).toBe(7);
});

test('an answer to a change is newer than the one that confirmed the change before it', () => {
  const [first, second] = [outbox.enqueue(ticketId, high), outbox.enqueue(ticketId, high)];
  noteKeyedTry(outboxDb, first);
  outbox.acknowledge(first, ticketId, { version: 8, copy: copy() ?? '' });
  expect(leastVersion(outboxDb, second, copy())).toBe(8);
});

test('but not where that one was tried as well: it may have come first', () => {
  const [first, second] = [outbox.enqueue(ticketId, high), outbox.enqueue(ticketId, high)];
  for (const id of [first, second]) noteKeyedTry(outboxDb, id);
  outbox.acknowledge(first, ticketId, { version: 8, copy: copy() ?? '' });
  expect(leastVersion(outboxDb, second, copy())).toBe(7);
});

test('what takes the place of a change is held to what is known then', () => {
  const id = outbox.enqueue(ticketId, high);
  outbox.park(id, 'conflict', 'priority');
  store(9);
  expect(leastVersion(outboxDb, outbox.replace(id, ticketId, high) ?? '', copy())).toBe(9);
});

test('of a ticket that is not here nothing is noted', () => {
  const gone = outbox.enqueue(ticketId.replace('a', 'b'), high);
  expect(leastVersion(outboxDb, gone, copy())).toBeNull();
});

test('a message was made in the full copy that was here then, and in no later one', () => {
  const note = outbox.enqueue(ticketId, { kind: 'note', text: 'Ours.', mentions: [] });
  expect(madeInCopy(outboxDb, note, begunCopy(cache))).toBe(true);
  beginSnapshot(cache);
  writeMeta(cache, 'cursor', 'first');
  expect(madeInCopy(outboxDb, note, begunCopy(cache))).toBe(false);
});

test('a change that is confirmed under a later full copy does not say that the message behind it was made in that', () => {
  const change = outbox.enqueue(ticketId, high);
  const note = outbox.enqueue(ticketId, { kind: 'note', text: 'Ours.', mentions: [] });
  beginSnapshot(cache);
  writeMeta(cache, 'cursor', 'first');
  outbox.acknowledge(change, ticketId, { version: 8, copy: copy() ?? '' });
  expect(madeInCopy(outboxDb, note, begunCopy(cache))).toBe(false);
});

test('before the first page of a full copy nothing is made in it: what is removed until then no page tells', () => {
  removeMeta(cache, 'snapshot');
  const note = outbox.enqueue(ticketId, { kind: 'note', text: 'Ours.', mentions: [] });
  writeMeta(cache, 'cursor', 'first');
  expect(madeInCopy(outboxDb, note, begunCopy(cache))).toBe(false);
});

test('the cache that is opened again is the same copy', () => {
  const id = outbox.enqueue(ticketId, high);
  cache.close();
  cache = openCache(cachePath()).db;
  expect(leastVersion(outboxDb, id, copy())).toBe(7);
});

test('versions of two full copies are not compared: the server may have been set back in between', () => {
  const id = outbox.enqueue(ticketId, high);
  beginSnapshot(cache);
  expect(leastVersion(outboxDb, id, copy())).toBeNull();
});

test('nor are those of two caches, whose copies both have the number 1', () => {
  const id = outbox.enqueue(ticketId, high);
  cache.close();
  removeCache(cachePath());
  cache = openCache(cachePath()).db;
  expect(leastVersion(outboxDb, id, copy())).toBeNull();
});
