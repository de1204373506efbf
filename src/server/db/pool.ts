import pg from 'pg';

export type Pool = pg.Pool;
/** A connection or a pool: what a query needs. */
export type Queryable = Pick<pg.ClientBase, 'query'>;
export type Tx = pg.PoolClient;

/**
 * A pool with bounds on what one request can hold: a statement of 15 s, and 10 s idle inside a transaction, since an open
 * writer stalls the feed's horizon for everyone.
 */
export function createPool(connectionString: string, max = 20): Pool {
  const pool = new pg.Pool({
    connectionString, max, connectionTimeoutMillis: 10_000, statement_timeout: 15_000, idle_in_transaction_session_timeout: 10_000, application_name: 'staffdesk-api',
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error: Error & { code?: string }) => {
    // The database is going down on purpose; requests under way get their own error.
    if (error.code !== '57P01') console.error('PostgreSQL connection lost:', error.message);
  });
  return pool;
}

/** Runs in one transaction; rolls back on any throw. */
export async function transaction<T>(pool: Pool, run: (tx: Tx) => Promise<T>, mode: 'read committed' | 'repeatable read read only' = 'read committed'): Promise<T> {
  const tx = await pool.connect();
  let broken: Error | undefined;
  try {
    await tx.query(`begin isolation level ${mode}`);
    const result = await run(tx);
    await tx.query('commit');
    return result;
  } catch (error) {
    await tx.query('rollback').catch((rollbackError: unknown) => { broken = rollbackError instanceof Error ? rollbackError : new Error('rollback failed'); });
    throw error;
  } finally {
    tx.release(broken);
  }
}

/** Rows of a query, typed by the caller: SQL and row type stand side by side in one function. */
export async function rows<T>(db: Queryable, sql: string, values: unknown[] = []): Promise<T[]> {
  // pg cannot know what a SQL text answers.
  return (await db.query(sql, values)).rows as T[];
}

export async function row<T>(db: Queryable, sql: string, values: unknown[] = []): Promise<T | null> {
  return (await rows<T>(db, sql, values))[0] ?? null;
}
