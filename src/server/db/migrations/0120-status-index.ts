import type { Tx } from '../pool.ts';

/**
 * For lists by status: without this index, the tickets of a rare status are searched for among all.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(
    'create index support_tickets_status on support_tickets (status, created_at desc, id desc)',
  );
}
