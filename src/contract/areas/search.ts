import { z } from 'zod';
import { Uuid } from '../wire/entities.ts';
import { type AreaContract, Ms, done, ticketId } from './parts.ts';
import { TicketFilter, TicketRow, ticketSorts } from './tickets.ts';
import { ofRows } from './topics.ts';

export const searchOperators = [
  'from',
  'assignee',
  'status',
  'tag',
  'priority',
  'category',
  'before',
  'after',
  'is',
  'has',
] as const;

export const isValues = ['unread', 'snoozed', 'open', 'closed'] as const;

export const hasValues = ['note', 'draft'] as const;

/** An operator with an unusable value, which was left out of the search. */
export const SearchProblem = z.object({ operator: z.enum(searchOperators), value: z.string() });
export type SearchProblem = z.infer<typeof SearchProblem>;

/**
 * A search to suggest if nothing was found: for any of the words, for a word as it is spelled in a
 * ticket, or with a value that an operator has. `query`: the complete search; `shown`: its new
 * part. Each finds something, except for values.
 */
export const SearchStep = z.object({
  kind: z.enum(['any', 'spelling', 'value']),
  query: z.string(),
  shown: z.string(),
});
export type SearchStep = z.infer<typeof SearchStep>;

export const SearchHit = z.object({
  row: TicketRow,
  /** Text around the match; `\u0001` and `\u0002` enclose each highlighted part. */
  snippet: z.string(),
  message_id: Uuid.nullable(),
  /**
   * The time of the matching message, or of the ticket's last activity if the ticket itself
   * matches.
   */
  at: Ms,
  /** The number of further matching messages of the ticket. */
  more: z.number().int(),
});
export type SearchHit = z.infer<typeof SearchHit>;

export const searchSorts = ['match', ...ticketSorts] as const;

/** `match`: the newest matching message comes first; the others are the orders of lists. */
export const SearchSort = z.enum(searchSorts);
export type SearchSort = z.infer<typeof SearchSort>;

/** A ticket found by the server that is not on this computer. */
export const OlderTicket = z.object({
  id: Uuid,
  subject: z.string(),
  requester: z.string(),
  status: z.string(),
  preview: z.string(),
  activity_at: Ms,
});
export type OlderTicket = z.infer<typeof OlderTicket>;

/** A solved ticket about a similar problem. */
export const SimilarTicket = z.object({
  id: Uuid,
  subject: z.string(),
  status: z.string(),
  resolved_at: Ms.nullable(),
});
export type SimilarTicket = z.infer<typeof SimilarTicket>;

/** Searches here and at the server. */
export const searchContract = {
  calls: {
    /** `indexing`: some messages cannot be found yet, mostly old ones of a full sync. */
    'search.query': {
      input: z.strictObject({
        query: z.string().max(500),
        limit: z.number().int().min(1).max(200),
        /** Narrows the results, beside the operators of the query. */
        filter: TicketFilter.optional(),
        /** Absent: `match`. */
        sort: SearchSort.optional(),
        /** Suggest other searches if nothing is found. */
        steps: z.boolean().optional(),
      }),
      output: z.object({
        hits: z.array(SearchHit),
        problems: z.array(SearchProblem),
        indexing: z.boolean(),
        steps: z.array(SearchStep),
      }),
    },
    /**
     * Searches the closed tickets that are not on this computer, at the server: newest first, at most
     * `limit`.
     */
    'search.older': {
      input: z.strictObject({
        query: z.string().max(500),
        limit: z.number().int().min(1).max(100),
      }),
      output: z.object({ tickets: z.array(OlderTicket) }),
    },
    /** Searches from which a ticket was opened, newest first. */
    'search.recent': { input: done, output: z.object({ queries: z.array(z.string()) }) },
    'search.remember': {
      input: z.strictObject({ query: z.string().trim().min(1).max(500) }),
      output: done,
    },
    /** Customers by name or address, those with the newest tickets first. */
    'customers.find': {
      input: z.strictObject({ query: z.string().max(500), limit: z.number().int().min(1).max(50) }),
      output: z.object({
        customers: z.array(
          z.object({ id: Uuid, name: z.string(), email: z.string(), tickets: z.number().int() }),
        ),
      }),
    },
    /** Solved tickets similar to this one, the most similar first. */
    'thread.similar': { input: ticketId, output: z.object({ tickets: z.array(SimilarTicket) }) },
  },
  live: {
    'search.query': { topics: ofRows },
  },
} as const satisfies AreaContract;
