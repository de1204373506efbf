import type { CallOutput } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import { knownTraits } from '../../feed/servers/known.ts';
import { requestFailure } from '../../feed/request-failure.ts';
import type { WorkingSet } from '../../feed/working-set.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import { mergedInto } from './merged.ts';
import { wasRemoved } from './removed.ts';
import { getTicket } from './tickets-table.ts';

export interface FetchParts {
  cache: ReadDb;
  workingSet: Pick<WorkingSet, 'fetch'>;
}

/**
 * Brings a ticket that is not kept on this computer. Throws BridgeError: 'unreachable' and others
 * of the network, 'ticket-not-found'.
 */
export async function fetchThread(
  parts: FetchParts,
  ticketId: string,
): Promise<CallOutput<'thread.fetch'>> {
  // A ticket that the feed has removed is gone for good, and a server without a feed lists every
  // ticket it has.
  const wanted = wasRemoved(parts.cache, ticketId) ? mergedInto(parts.cache, ticketId) : ticketId;
  if (wanted === null || knownTraits(parts.cache).tells === 'list')
    throw new BridgeError('ticket-not-found');
  try {
    return {
      ticket_id: getTicket(parts.cache, wanted) ? wanted : await parts.workingSet.fetch(wanted),
    };
  } catch (error) {
    throw requestFailure(error);
  }
}
