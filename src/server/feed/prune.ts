import { setTimeout as sleep } from 'node:timers/promises';
import { row, transaction, type Pool } from '../db/pool.ts';
import { cursorDays } from './cursor.ts';

/**
 * A cursor contains only its day, and a removal is written before it is committed: one day more
 * than the life of a cursor covers both.
 */
const keptDays = cursorDays + 1;
const batch = 5_000;
const mostBatches = 200;
const betweenMs = 60 * 60 * 1000;
/**
 * Any number that no other program uses for a lock on the same database: only one of several API
 * processes prunes.
 */
const lockId = 7_305_120;

/**
 * Deletes the removals that are older than every valid cursor, in small transactions. Returns their
 * number.
 */
export async function pruneTombstones(
  pool: Pool,
  stopped: () => boolean = () => false,
): Promise<number> {
  let total = 0;
  for (let i = 0; i < mostBatches && !stopped(); i += 1) {
    const pruned = await pruneBatch(pool);
    total += pruned;
    if (pruned < batch) break;
  }
  return total;
}

async function pruneBatch(pool: Pool): Promise<number> {
  return transaction(pool, async (tx) => {
    const lock = await row<{ mine: boolean }>(tx, 'select pg_try_advisory_xact_lock($1) as mine', [
      lockId,
    ]);
    if (!lock?.mine) return 0;
    const gone = await tx.query(
      `
      delete from tombstones
      where ctid = any(array(select ctid from tombstones
        where removed_at < now() - make_interval(days => $1) order by removed_at limit $2))`,
      [keptDays, batch],
    );
    return gone.rowCount ?? 0;
  });
}

/** Prunes now and each hour until stopped; `stop` resolves when nothing runs any more. */
export function startPruning(pool: Pool): { stop: () => Promise<void> } {
  const stop = new AbortController();
  async function keepPruning(): Promise<void> {
    while (!stop.signal.aborted) {
      await pruneTombstones(pool, () => stop.signal.aborted).catch((error: unknown) => {
        console.error(
          'Pruning of removals failed:',
          error instanceof Error ? error.message : error,
        );
      });
      // Only the abort ends the pause early.
      await sleep(betweenMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
    }
  }
  const kept = keepPruning();
  return {
    async stop() {
      stop.abort();
      await kept;
    },
  };
}
