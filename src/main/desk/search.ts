import type { CallInput, CallOutput } from '../../contract/bridge.ts';
import { planSearch } from '../../core/search-query.ts';
import { ticketsWithDrafts } from '../db/drafts.ts';
import type { TextHit } from '../db/search.ts';
import { searchText } from '../db/search.ts';
import { rowsOf } from './inbox.ts';
import type { Workspace } from './workspace.ts';

/** Finds tickets by their messages, subject, requester and tags: one hit a ticket, its newest, newest first. */
export function searchTickets(work: Workspace, input: CallInput<'search.query'>): CallOutput<'search.query'> {
  const newest = new Map<string, TextHit>();
  for (const hit of searchText(work.cache, planSearch(input.query))) {
    const known = newest.get(hit.ticket_id);
    if (!known || hit.at > known.at) newest.set(hit.ticket_id, hit);
  }
  const hits = [...newest.values()].sort((a, b) => b.at - a.at).slice(0, input.limit);
  const drafts = new Set(ticketsWithDrafts(work.outboxDb, work.account.id));
  const rows = new Map(rowsOf(work, hits.map((hit) => hit.ticket_id), drafts).map((row) => [row.id, row]));
  return {
    hits: hits.flatMap((hit) => {
      const row = rows.get(hit.ticket_id);
      return row ? [{ row, snippet: hit.snippet, message_id: hit.message_id, at: hit.at }] : [];
    }),
  };
}
