import { z } from 'zod';

/** Kinds of data that a commit touches and that a query depends on. */
export const topics = [
  /** What the server has of tickets and their messages. */
  'tickets',
  /** Where a snooze that only this desk knows puts them. */
  'snoozes',
  /** What of them the agent has read. */
  'reads',
  'operations',
  'drafts',
  'staff',
  'macros',
  'settings',
] as const;
export type Topic = (typeof topics)[number];

/** What a commit touched. */
export interface Touched {
  topics: readonly Topic[];
  /** The tickets that look different; 'all': any may. */
  tickets: readonly string[] | 'all';
}

/** What a query depends on. */
export interface Dependence {
  topics: readonly Topic[];
  /** Topics of which only the ticket that the query is about matters to it. */
  ofItsTicket?: readonly Topic[];
}

/** Names one live query of a window; a window never uses a name again. */
export const WatchId = z.number().int().min(0);

/** A result of a live query that differs from the one before. */
export const LiveResult = z.object({
  id: WatchId,
  /** As `revision` of a call's result. */
  revision: z.number().int(),
  result: z.unknown(),
});
