import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCache, removeCache } from '../../../src/main/db/cache-file.ts';
import { leastVersion, noteKeyedTry } from '../../../src/main/db/keyed-tries.ts';
import { readMeta } from '../../../src/main/db/meta.ts';
import type { WriteDb } from '../../../src/main/db/open.ts';
import { openOutbox } from '../../../src/main/db/outbox-file.ts';
import { beginSnapshot } from '../../../src/main/sync/apply-page.ts';
import { tempDir } from '../../helpers/desk.ts';

const operation = '0199d7a0-0000-7000-8000-00000000000a';

let home: ReturnType<typeof tempDir>;
let outbox: WriteDb;
let cache: WriteDb;

const cachePath = (): string => join(home.dir, 'cache.db');
const copy = (): string | null => readMeta(cache, 'copy');

beforeEach(() => {
  home = tempDir();
  outbox = openOutbox(join(home.dir, 'outbox.db')).db;
  cache = openCache(cachePath()).db;
  noteKeyedTry(outbox, operation, 7, copy());
});
afterEach(() => {
  for (const db of [outbox, cache]) db.close();
  home.remove();
});

test('an answer cannot be older than the ticket was known to be before the first try', () => {
  noteKeyedTry(outbox, operation, 9, copy());
  expect(leastVersion(outbox, operation, copy())).toBe(7);
});

test('the cache that is opened again is the same copy', () => {
  cache.close();
  cache = openCache(cachePath()).db;
  expect(leastVersion(outbox, operation, copy())).toBe(7);
});

test('versions of two full copies are not compared: the server may have been set back in between', () => {
  beginSnapshot(cache);
  expect(leastVersion(outbox, operation, copy())).toBeNull();
});

test('nor are those of two caches, whose copies both have the number 1', () => {
  cache.close();
  removeCache(cachePath());
  cache = openCache(cachePath()).db;
  expect(leastVersion(outbox, operation, copy())).toBeNull();
});
