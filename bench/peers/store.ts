import type { Message, Ticket } from '../../src/contract/wire/entities.ts';
import { isActive } from '../../src/core/views.ts';

export const views = ['mine', 'unassigned', 'open', 'urgent', 'waiting', 'closed', 'all'] as const;
export type View = (typeof views)[number];

/** So many rows of a list or a thread are asked for. */
export const windowSize = 50;
export const threadSize = 100;

export interface Rows {
  tickets: Ticket[];
  messages: Message[];
}

/**
 * One way to keep the rows, as its own documentation advises. Everything that resolves is as
 * durable as the store makes it.
 */
export interface Store {
  /**
   * Takes all rows; afterwards every list, thread and search is ready. Called once, with nothing
   * there.
   */
  load: (pages: readonly Rows[]) => Promise<void>;
  /** The ids of the newest `windowSize` tickets of a view. */
  list: (view: View) => Promise<string[]>;
  /** How many tickets each view has. */
  counts: () => Promise<Record<View, number>>;
  /** Reads a ticket's newest `threadSize` messages; returns how many it got. */
  thread: (ticketId: string) => Promise<number>;
  /** The newest messages in which any word begins so; null where the store has no index for it. */
  search: ((begin: string) => Promise<number>) | null;
  /** Changed tickets and new messages. */
  apply: (rows: Rows) => Promise<void>;
  close: () => Promise<void>;
}

export interface Place {
  dir: string;
  /** The person whose tickets are 'mine'. */
  me: string;
  /** Loads a package that only this bench has. */
  peer: (name: string) => unknown;
}
export type OpenStore = (place: Place) => Promise<Store>;

/** The views that a ticket is in; nothing is snoozed here, so that no rule depends on the time. */
export function viewsOf(
  { status, priority, assignee_id: assignee }: Pick<Ticket, 'status' | 'priority' | 'assignee_id'>,
  me: string,
): View[] {
  const active = isActive(status);
  const holds: Record<View, boolean> = {
    mine: active && assignee === me,
    unassigned: active && assignee === null,
    open: active,
    urgent: active && priority === 'urgent',
    waiting: status === 'waiting',
    closed: !active,
    all: true,
  };
  return views.filter((view) => holds[view]);
}

/** Last activity in milliseconds: the order of lists. */
export const activityOf = (ticket: Ticket): number =>
  Date.parse(ticket.last_message_at ?? ticket.created_at);
