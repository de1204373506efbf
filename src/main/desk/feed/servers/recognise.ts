import type { Clock } from '../../../../core/clock.ts';
import type { Auth } from '../../areas/session/auth.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import { ApiError, type ApiFailure } from '../api-error.ts';
import { kindOf, levelOne, provenLevel, traitsOf, type ServerLevel } from './known.ts';

/** Keeps the level that the server names, and asks it again when that may have changed. */
export interface Recogniser {
  /**
   * Returns the level that the server names; null where it names none, and the known level still
   * holds. Throws ApiError when it cannot be asked now.
   */
  look(): Promise<ServerLevel | null>;
  /** The server may have been upgraded: the next look asks it. */
  forget(): void;
}

/**
 * A server that only lists was upgraded between two polls breaks no connection, so it is asked
 * again now and then.
 */
const askAgainMs = 60 * 60_000;

export function createRecogniser(auth: Auth, cache: ReadDb, clock: Clock): Recogniser {
  let asked: { found: ServerLevel; at: number } | null = null;

  const isOld = ({ found, at }: { found: ServerLevel; at: number }): boolean =>
    traitsOf(kindOf(found)).tells === 'list' && clock.monotonic() - at >= askAgainMs;

  return {
    async look() {
      if (!asked || isOld(asked)) {
        const found = await askLevel(auth, provenLevel(cache));
        asked = found && { found, at: clock.monotonic() };
      }
      return asked?.found ?? null;
    },
    forget() {
      asked = null;
    },
  };
}

/**
 * Asks the server. `known`: the level that it has shown before, which nothing lowers; null: nobody
 * knows yet. Returns null where the answer says nothing new, and what is known goes on to hold.
 * Throws ApiError when it cannot be found out now.
 */
async function askLevel(auth: Auth, known: number | null): Promise<ServerLevel | null> {
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
