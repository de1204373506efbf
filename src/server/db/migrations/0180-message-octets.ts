import type { Tx } from '../pool.ts';

/**
 * The length of a message's text as JSON, stored beside the text: splitting a conversation into
 * pages, and counting what somebody has written, must not read the texts. The index finds a
 * customer's latest messages.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(`
    -- to_json is only 'stable' since it calls the output functions of other types; of a text it
    -- depends on the text alone.
    create function json_octets(text) returns integer language sql immutable strict as $$
    select octet_length(to_json($1)::text) $$;
    alter table support_messages add column octets integer not null generated always as (json_octets(message)) stored;
    create index support_messages_customer on support_messages (user_id,
      created_at) include (octets, ticket_id)
    where user_id is not null;
  `);
}
