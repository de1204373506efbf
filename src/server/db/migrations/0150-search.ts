import type { Tx } from '../pool.ts';

/**
 * The words of messages, subjects and customers, for the agents' search of tickets that are not on
 * their computers. See areas/search/search.ts.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(`
    create index support_messages_words on support_messages using gin (to_tsvector('simple', left(message, 20000)));
    create index support_tickets_words on support_tickets using gin (to_tsvector('simple', subject));
    create index users_words on users using gin (to_tsvector('simple', full_name || ' ' || email))
    where role = 'customer';
  `);
}
