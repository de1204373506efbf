import { transaction, type Pool, type Tx } from '../db/pool.ts';
import {
  hasKnownPassword,
  sourceQueries,
  toFaq,
  toMessage,
  toTicket,
  toUser,
  type SourceFaq,
  type SourceMessage,
  type SourceTicket,
  type SourceUser,
} from './rows.ts';
import { openSource, sourceError, type Source } from './source.ts';
import { stage, stageTables } from './stage.ts';
import type { Counts } from './counts.ts';
import { takeFaq } from './take-faq.ts';
import { takeMessages } from './take-messages.ts';
import { takeTickets } from './take-tickets.ts';
import { takeUsers } from './take-users.ts';

export interface ImportResult {
  users: Counts;
  tickets: Counts;
  messages: Counts;
  faq: Counts;
  unknownPasswords: number;
}

const lockId = 7_305_119;

/**
 * Imports users, tickets, messages and FAQ of a level-1 service from its database, with their ids.
 * Repeated, it imports new rows and those changed there since, and never overwrites what was
 * changed or deleted here. All of it or nothing.
 */
export async function importFrom(pool: Pool, url: string): Promise<ImportResult> {
  const source = await openSource(url);
  try {
    return await transaction(pool, (tx) => takeOver(tx, source));
  } catch (error) {
    throw sourceError(error);
  } finally {
    await source.close();
  }
}

async function takeOver(tx: Tx, source: Source): Promise<ImportResult> {
  // It may take any time, and waits for the source in between.
  await tx.query('set local statement_timeout = 0');
  await tx.query('set local idle_in_transaction_session_timeout = 0');
  await tx.query('select pg_advisory_xact_lock($1)', [lockId]);
  await stageTables(tx);
  let unknownPasswords = 0;
  for await (const users of source.read<SourceUser>(sourceQueries.users)) {
    unknownPasswords += users.filter((user) => !hasKnownPassword(user)).length;
    await stage(tx, 'in_users', users.map(toUser));
  }
  for await (const tickets of source.read<SourceTicket>(sourceQueries.tickets))
    await stage(tx, 'in_tickets', tickets.map(toTicket));
  for await (const messages of source.read<SourceMessage>(sourceQueries.messages))
    await stage(tx, 'in_messages', messages.map(toMessage));
  if (source.hasFaq)
    for await (const faq of source.read<SourceFaq>(sourceQueries.faq))
      await stage(tx, 'in_faq', faq.map(toFaq));
  const users = await takeUsers(tx);
  const tickets = await takeTickets(tx);
  const messages = await takeMessages(tx);
  return { users, tickets, messages, faq: await takeFaq(tx), unknownPasswords };
}
