import { z } from 'zod';
import type { Abilities } from '../../contract/bridge.ts';
import { abilitiesOf } from '../../core/abilities.ts';
import { readMeta, writeMeta } from '../db/meta.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { forgetVersions } from '../db/threads-read.ts';
import { ApiError } from './api-error.ts';
import { beginSnapshot } from './apply-page.ts';
import type { Auth } from './auth.ts';

/** What a server says that it can do. */
export interface ServerLevel { level: number; features: readonly string[] }

export const levelOne: ServerLevel = { level: 1, features: [] };

const Features = z.array(z.string());

/**
 * Asks the server. Only a definite 404 means level 1; throws ApiError when that cannot be told now. The caller adopts
 * level 1 only after a list of tickets has come too: a 404 alone may be a stranger's.
 */
export async function askLevel(auth: Auth): Promise<ServerLevel> {
  try {
    const { level, features } = await auth.request('capabilities');
    return level >= 2 ? { level, features } : levelOne;
  } catch (error) {
    const status = error instanceof ApiError && 'status' in error.failure ? error.failure.status : null;
    if (status === 404) return levelOne;
    throw error;
  }
}

/** The level that the cache was filled from; null before the first answer. */
export function knownLevel(cache: ReadDb): number | null {
  const level = readMeta(cache, 'level');
  if (level !== null) return Number(level);
  return readMeta(cache, 'cursor') === null ? null : 2;
}

export function knownAbilities(cache: ReadDb): Abilities {
  return abilitiesOf(knownLevel(cache), Features.parse(JSON.parse(readMeta(cache, 'features') ?? '[]')));
}

/**
 * Remembers what the server can do. A server of another level than before gets a new full copy: its versions and cursors
 * mean something else. Until that is complete, what is cached stays readable.
 */
export function adoptLevel(cache: WriteDb, { level, features }: ServerLevel): void {
  const before = knownLevel(cache);
  cache.transaction(() => {
    if (before !== null && before !== level) {
      forgetVersions(cache);
      beginSnapshot(cache);
    }
    writeMeta(cache, 'level', String(level));
    writeMeta(cache, 'features', JSON.stringify(features));
  });
}
