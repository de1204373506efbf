/** Kinds of data that a commit touches and that a query depends on. */
export const topics = [
  /** Tickets and their messages, as the server has them. */
  'tickets',
  /** Where a snooze that only this desk knows puts them. */
  'snoozes',
  /** How far the agent has read each ticket. */
  'reads',
  'operations',
  'drafts',
  'staff',
  'macros',
  'settings',
] as const;
export type Topic = (typeof topics)[number];

/** The parts of the data that a commit has changed. */
export interface Touched {
  topics: readonly Topic[];
  /** The tickets that look different; 'all': any may. */
  tickets: readonly string[] | 'all';
}

/** The parts of the data that a query reads. */
export interface Dependence {
  topics: readonly Topic[];
  /** Topics of which only the ticket that the query is about matters to it. */
  ofItsTicket?: readonly Topic[];
}

/** The parts of the data that the rows of a list show. */
export const ofRows = ['tickets', 'snoozes', 'reads', 'operations', 'drafts', 'staff'] as const;
