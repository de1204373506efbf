import type { Tx } from '../pool.ts';

/** One stored response per actor and key. A key is kept as long as its ticket. */
export async function up(tx: Tx): Promise<void> {
  await tx.query(`
    create table idempotency_keys (
      actor_id uuid not null references users on delete cascade,
      key text not null,
      ticket_id uuid references support_tickets on delete cascade,
      fingerprint text not null,
      status integer not null,
      body jsonb not null,
      created_at timestamptz not null default clock_timestamp(),
      primary key (actor_id, key)
    );
    create index idempotency_keys_ticket on idempotency_keys (ticket_id);
  `);
}
