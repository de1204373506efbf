import type { Tx } from '../pool.ts';

/**
 * Ids of tickets and messages begin with their creation time (UUID version 7, RFC 9562), so that
 * new rows are close together in every index, here and in each desk's copy. PostgreSQL has
 * `uuidv7()` only since 18. Older ids stay.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(`
    create function id_by_time() returns uuid language sql volatile as $$
      select encode(set_bit(set_bit(
        overlay(uuid_send(gen_random_uuid()) placing substring(int8send(floor(extract(epoch
          from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
        52, 1), 53, 1), 'hex')::uuid
    $$;
    alter table support_tickets alter column id set default id_by_time();
    alter table support_messages alter column id set default id_by_time();
  `);
}
