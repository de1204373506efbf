import { join } from 'node:path';
import { enterCache, openCache, readCache, removeCache } from './cache-file.ts';
import type { WriteDb } from './connection.ts';
import { seenFile, type SeenFile } from './file-identity.ts';
import { readMeta, writeMeta } from './meta.ts';

/** The copy of the server that one account works with. */
export interface AccountCache {
  db: WriteDb;
  /** Which file it is; null for a copy in memory. */
  file: SeenFile | null;
  /** It was in use before and never closed. */
  unclean: boolean;
}

/** Where the copy of the server lies in a data folder. */
export const cachePath = (dataDir: string): string => join(dataDir, 'cache.db');

/**
 * Throws SqliteError and what else storage throws; nothing of it is open then. `reading`: nothing
 * can be written.
 */
export function openAccountCache(dataDir: string, owner: string, reading: boolean): AccountCache {
  const path = cachePath(dataDir);
  if (reading) return { db: readCacheOf(path, owner), file: null, unclean: false };
  const db = openCacheOf(path, owner);
  try {
    const { unclean } = enterCache(db);
    return { db, file: seenFile(path), unclean };
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * The cache belongs to one account on one server; another owner's copy is removed before anything
 * can read it.
 */
function openCacheOf(path: string, owner: string): WriteDb {
  let cache = openCache(path).db;
  try {
    const found = readMeta(cache, 'owner');
    if (found !== null && found !== owner) {
      cache.close();
      removeCache(path);
      cache = openCache(path).db;
    }
    if (found !== owner) writeMeta(cache, 'owner', owner);
    return cache;
  } catch (error) {
    cache.close();
    throw error;
  }
}

/** While nothing can be written, another owner's copy is not shown. */
function readCacheOf(path: string, owner: string): WriteDb {
  const cache = readCache(path);
  if (readMeta(cache, 'owner') === owner) return cache;
  cache.close();
  return readCache('');
}
