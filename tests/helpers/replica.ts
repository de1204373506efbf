import type { SyncPage } from '../../src/contract/wire/api.ts';
import type { Message, Ticket } from '../../src/contract/wire/entities.ts';
import type { Person } from './api.ts';

/**
 * State of a reader of the feed, by the client's rule alone: a row replaces the one with its id, a
 * removal takes it away.
 */
export interface Replica {
  tickets: Map<string, Ticket>;
  messages: Map<string, Message>;
  cursor: string | null;
  pages: number;
}

export const emptyReplica = (): Replica => ({
  tickets: new Map(),
  messages: new Map(),
  cursor: null,
  pages: 0,
});

/** Reads one page; false at the end. */
export async function readPage(
  person: Person,
  replica: Replica,
  query = 'limit=200',
): Promise<boolean> {
  const { status, body } = await person.call(
    'GET',
    `/support/sync?${query}${replica.cursor === null ? '' : `&cursor=${encodeURIComponent(replica.cursor)}`}`,
  );
  if (status !== 200) throw new Error(`sync answered ${status}`);
  const page = body as SyncPage;
  for (const ticket of page.tickets) replica.tickets.set(ticket.id, ticket);
  for (const message of page.messages) replica.messages.set(message.id, message);
  for (const { kind, id } of page.removed) {
    if (kind === 'ticket') replica.tickets.delete(id);
    if (kind === 'message') replica.messages.delete(id);
  }
  replica.cursor = page.next_cursor;
  replica.pages += 1;
  return page.has_more;
}

export async function readToEnd(
  person: Person,
  replica: Replica,
  query?: string,
): Promise<Replica> {
  while (await readPage(person, replica, query))
    if (replica.pages > 2_000) throw new Error('the feed never ended');
  return replica;
}
