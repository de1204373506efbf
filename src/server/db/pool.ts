import pg from 'pg';
import { createGate, type Gate } from '../http/gate.ts';

export type Pool = pg.Pool;
/** A connection or a pool. */
export type Queryable = Pick<pg.ClientBase, 'query'>;
export type Tx = pg.PoolClient;

/** The most that one request, and an API process as a whole, can use of the database. */
export interface PoolBounds {
  max: number;
  /** How long a request waits for a free connection before it is refused. */
  waitMs: number;
  statementMs: number;
  /** An open writer holds the feed's horizon back for everyone, so PostgreSQL ends an idle one. */
  idleInTransactionMs: number;
  /**
   * The share of the connections that read-only transactions may use at once; the others are for
   * writes and short reads.
   */
  longReads: number;
}

const defaultBounds: PoolBounds = {
  max: 20,
  waitMs: 5_000,
  statementMs: 15_000,
  idleInTransactionMs: 10_000,
  longReads: 0.5,
};
/** More waiting requests than can be served within the waiting time only delay each other. */
const mostWaiting = 200;
const gates = new WeakMap<Pool, Gate>();

/** A pool with a limited number of connections and limited times. */
export function createPool(
  connectionString: string,
  bounds: Partial<PoolBounds> | number = {},
): Pool {
  const { max, waitMs, statementMs, idleInTransactionMs, longReads } = {
    ...defaultBounds,
    ...(typeof bounds === 'number' ? { max: bounds } : bounds),
  };
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: waitMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    application_name: 'staffdesk-api',
  });
  const atOnce = Math.max(1, Math.floor(max * longReads));
  gates.set(pool, createGate(atOnce, waitMs, { queue: mostWaiting }));
  // The pool replaces a broken idle connection; without a listener its error would end the process.
  pool.on('error', (error: Error & { code?: string }) => {
    // The database is shutting down on purpose; open requests get their own error.
    if (error.code !== '57P01') console.error('PostgreSQL connection lost:', error.message);
  });
  return pool;
}

/**
 * Runs in one transaction; rolls back on any throw. A read-only transaction reads much, so these
 * may use only a share of the pool; one that waits too long throws Problem 503.
 */
export function transaction<T>(
  pool: Pool,
  run: (tx: Tx) => Promise<T>,
  mode: 'read committed' | 'repeatable read read only' = 'read committed',
): Promise<T> {
  const work = (): Promise<T> => inTransaction(pool, run, mode);
  return mode === 'read committed' ? work() : (gates.get(pool)?.through(work) ?? work());
}

async function inTransaction<T>(pool: Pool, run: (tx: Tx) => Promise<T>, mode: string): Promise<T> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  // Only this event reports a connection that ends between two statements; without a listener it
  // would end the process.
  const onLost = (error: Error): void => {
    broken ??= error;
  };
  tx.on('error', onLost);
  try {
    await tx.query(`begin isolation level ${mode}`);
    const result = await run(tx);
    await tx.query('commit');
    return result;
  } catch (error) {
    // The reason for the loss says more than the next statement's error.
    const reason = broken ?? error;
    await tx.query('rollback').catch((rollbackError: unknown) => {
      broken ??= rollbackError instanceof Error ? rollbackError : new Error('rollback failed');
    });
    throw reason;
  } finally {
    tx.off('error', onLost);
    tx.release(broken);
  }
}

/**
 * The rows of a query, typed by the caller: SQL and row type stand side by side in one function.
 */
export async function rows<T>(db: Queryable, sql: string, values: unknown[] = []): Promise<T[]> {
  // pg cannot know the row type of a SQL text.
  return (await db.query(sql, values)).rows as T[];
}

export async function row<T>(
  db: Queryable,
  sql: string,
  values: unknown[] = [],
): Promise<T | null> {
  return (await rows<T>(db, sql, values))[0] ?? null;
}

/** Columns as PostgreSQL writes them, in the order of the query. */
export type TextRow = readonly (string | null)[];

const asText = { getTypeParser: () => (text: string) => text };

/** Rows that become text again at once: no column is parsed and no row becomes an object. */
export async function textRows(
  db: Queryable,
  sql: string,
  values: unknown[] = [],
): Promise<TextRow[]> {
  return (await db.query<(string | null)[]>({ text: sql, values, rowMode: 'array', types: asText }))
    .rows;
}
