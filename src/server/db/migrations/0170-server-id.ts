import { randomUUID } from 'node:crypto';
import type { Tx } from '../pool.ts';

/**
 * The installation's public name, by which a desk knows that it talks to the same server. A dump
 * carries it along.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query("insert into server_settings (name, value) values ('server_id', $1)", [
    randomUUID(),
  ]);
}
