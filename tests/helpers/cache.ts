import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { openCache } from '../../src/main/desk/sqlite/cache-file.ts';
import type { WriteDb } from '../../src/main/desk/sqlite/connection.ts';
import { tempDir } from './desk.ts';

/** Gives each test of a file an empty cache of its own; returns a function that gets it. */
export function useCache(): () => WriteDb {
  let home: ReturnType<typeof tempDir>;
  let cache: WriteDb;
  beforeEach(() => {
    home = tempDir();
    cache = openCache(join(home.dir, 'cache.db')).db;
  });
  afterEach(() => {
    cache.close();
    home.remove();
  });
  return () => cache;
}
