import { z } from 'zod';
import type { Abilities } from '../../../../contract/bridge.ts';
import { abilitiesOf } from '../../../../core/abilities.ts';
import { readMeta, writeMeta } from '../../sqlite/meta.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import { forgetVersions } from '../../areas/tickets/threads-read.ts';
import { ApiError, type ApiFailure } from '../api-error.ts';
import { beginSnapshot } from '../apply-page.ts';
import type { Auth } from '../../areas/session/auth.ts';

/** What a server says that it can do. */
export interface ServerLevel {
  level: number;
  features: readonly string[];
}

export const levelOne: ServerLevel = { level: 1, features: [] };

const Features = z.array(z.string());

/**
 * Asks the server. `known`: the level that it has shown before, which nothing lowers; null: nobody
 * knows yet. Returns null where the answer says nothing new, and what is known goes on to hold.
 * Throws ApiError when it cannot be told now.
 */
export async function askLevel(auth: Auth, known: number | null): Promise<ServerLevel | null> {
  try {
    const { level, features } = await auth.request('capabilities');
    if (level >= 2) return { level, features };
    return known === null || known === 1 ? levelOne : null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (known !== null && isOfTheMoment(error.failure)) return null;
    if (known === null && isUnknownPath(error.failure)) return lookAgain(auth);
    throw error;
  }
}

/**
 * Something between here and a known server answers: a gateway in the middle of a deploy, a captive
 * portal. Whether the server is there the pull finds out.
 */
function isOfTheMoment(failure: ApiFailure): boolean {
  if (failure.kind === 'bad-answer') return true;
  return (
    failure.kind === 'status' &&
    failure.status >= 400 &&
    failure.status < 500 &&
    failure.status !== 408 &&
    failure.status !== 429
  );
}

const isUnknownPath = (failure: ApiFailure): boolean =>
  failure.kind === 'status' && failure.status === 404;

/**
 * One 404 may be a gateway's. Level 1 has no feed either, and names no role; the caller adopts it
 * only after a list of tickets has come too.
 */
async function lookAgain(auth: Auth): Promise<ServerLevel> {
  const { role } = await auth.request('me');
  if (role !== undefined)
    throw new ApiError({
      kind: 'bad-answer',
      why: 'a server that names roles does not say what it can do',
    });
  try {
    await auth.request('sync', { query: { limit: 1 } });
  } catch (error) {
    if (error instanceof ApiError && isUnknownPath(error.failure)) return levelOne;
    throw error;
  }
  throw new ApiError({
    kind: 'bad-answer',
    why: 'a server that has a feed does not say what it can do',
  });
}

/** The level that the cache was filled from; null before the first answer. */
export function knownLevel(cache: ReadDb): number | null {
  const level = readMeta(cache, 'level');
  if (level !== null) return Number(level);
  return readMeta(cache, 'cursor') === null ? null : 2;
}

export function knownAbilities(cache: ReadDb): Abilities {
  return abilitiesOf(
    knownLevel(cache),
    Features.parse(JSON.parse(readMeta(cache, 'features') ?? '[]')),
  );
}

/**
 * What the server has shown and cannot lose again, as long as this cache is its copy: another
 * server has another one.
 */
export function provenLevel(cache: ReadDb): number | null {
  return knownLevel(cache);
}

/**
 * Remembers what the server can do. A server of another level than before gets a new full copy: its
 * versions and cursors mean something else. Until that is complete, what is cached stays readable.
 * A proven level is never lowered.
 */
export function adoptLevel(cache: WriteDb, { level, features }: ServerLevel): void {
  const before = knownLevel(cache);
  if (level < (provenLevel(cache) ?? level))
    throw new Error(`a server of level ${before} is not taken for one of level ${level}`);
  cache.transaction(() => {
    if (before !== null && before !== level) {
      forgetVersions(cache);
      beginSnapshot(cache);
    }
    writeMeta(cache, 'level', String(level));
    writeMeta(cache, 'features', JSON.stringify(features));
  });
}
