import type { Tx } from '../pool.ts';

/**
 * The list of one status: without this index a status that few tickets have is looked for among all
 * of them.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(
    'create index support_tickets_status on support_tickets (status, created_at desc, id desc)',
  );
}
