import type { Tx } from '../pool.ts';

/**
 * PostgreSQL takes a SQL function into the query only when its promise is not stronger than that of
 * what it calls, and to_char is stable. As an immutable function, wire_time was called anew for
 * each value, which was half the time of a page.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query('alter function wire_time(timestamptz) stable');
}
