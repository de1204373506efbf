import { randomUUID } from 'node:crypto';
import type { Tx } from '../pool.ts';

/** The installation's public id, by which a desk recognises the same server. A dump includes it. */
export async function up(tx: Tx): Promise<void> {
  await tx.query("insert into server_settings (name, value) values ('server_id', $1)", [
    randomUUID(),
  ]);
}
