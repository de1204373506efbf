import type { Tx } from '../pool.ts';

/**
 * When the client first used the access token that was issued with a refresh token, which shows
 * that it has both. Tokens from before count as arrived.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(`
    alter table refresh_tokens add column arrived_at timestamptz;
    update refresh_tokens set arrived_at = now();
  `);
}
