import type { StartPlace } from '../../../../contract/bridge.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import { getTicket } from '../tickets/tickets-table.ts';
import { readSettings } from './settings-table.ts';

interface StartParts {
  cache: ReadDb;
  own: OwnRows;
}

/**
 * Where a window of the account begins: where the last one was. A saved view that was removed gives
 * way to the view that it was made from, and a ticket that is not on this computer to none.
 */
export function startPlace({ cache, own }: StartParts): StartPlace | null {
  const { last_place: last, saved_views: views } = readSettings(own.db, own.key);
  if (last === null) return null;
  const saved = views.find(({ id }) => id === last.saved);
  return {
    query: saved?.query ?? { view: last.view, filter: {}, sort: 'newest' },
    saved: saved?.id ?? null,
    ticket_id: last.ticket_id !== null && getTicket(cache, last.ticket_id) ? last.ticket_id : null,
  };
}
