import type { Snooze } from '../contract/bridge.ts';
import type { Operation } from './operation.ts';
import { day } from './time.ts';

/**
 * 'Until the customer replies' on the wire: a time that never comes. The server ends each snooze
 * when the customer writes.
 */
export const untilReply = Date.UTC(2999, 11, 31);

/** Whether a snooze has no time of its own and waits for the customer alone. */
export const waitsForReply = (until: number): boolean => until >= Date.UTC(2900, 0, 1);

/**
 * How long (ms) a ticket that woke by its time and was not touched stands where its waking puts it.
 */
export const wokenMs = 30 * day;

/** What this desk alone knows of a snooze. */
export interface LocalSnooze {
  until: number;
  /** The customer's last message when it began, 0 for none: a later one is a reply to it. */
  since: number;
  /** The server keeps no snooze, so this is all there is of it. */
  alone: boolean;
  /** A reply of the customer shall not end it, which no server can be told. */
  throughReplies: boolean;
}

export interface SnoozeFacts {
  /** As the server and the waiting operations have it; may be past. */
  snoozed_until: number | null;
  /** When the last message was written. */
  activity_at: number;
  last_customer_at: number | null;
  preview_by: 'customer' | 'staff' | 'me' | 'none';
  /** The customer's message that ended a snooze, while nobody has answered it. */
  reply_woke_at: number | null;
}

/** Until when (ms) a ticket sleeps here, null for awake, and what is to be said of it. */
export function snoozeOf(
  ticket: SnoozeFacts,
  local: LocalSnooze | undefined,
  now: number,
): { until: number | null; snooze: Snooze | null } {
  const until = ticket.snoozed_until ?? localUntil(ticket, local, now);
  if (until !== null && until > now)
    return { until, snooze: { state: 'asleep', until: waitsForReply(until) ? null : until } };
  const repliedAt = ticket.reply_woke_at ?? localReply(ticket, local);
  // A message since then has put it where it belongs.
  if (until !== null && until > ticket.activity_at && until > now - wokenMs)
    return { until, snooze: { state: 'woke', by: 'time', at: until } };
  if (repliedAt !== null && ticket.preview_by === 'customer')
    return { until, snooze: { state: 'woke', by: 'reply', at: repliedAt } };
  return { until, snooze: null };
}

/**
 * The end of a snooze of this desk alone; null where the customer's reply has ended it, or the
 * server's own counts.
 */
function localUntil(
  ticket: SnoozeFacts,
  local: LocalSnooze | undefined,
  now: number,
): number | null {
  if (!local) return null;
  const replied = hasReplied(ticket, local);
  if (local.until <= now) return !replied || local.throughReplies ? local.until : null;
  return (local.alone ? !replied || local.throughReplies : local.throughReplies && replied)
    ? local.until
    : null;
}

function localReply(ticket: SnoozeFacts, local: LocalSnooze | undefined): number | null {
  return local?.alone === true &&
    !local.throughReplies &&
    hasReplied(ticket, local) &&
    (ticket.last_customer_at ?? 0) < local.until
    ? ticket.last_customer_at
    : null;
}

function hasReplied({ last_customer_at: at }: SnoozeFacts, { since }: LocalSnooze): boolean {
  return at !== null && at > since;
}

/** The end (ms) that a waiting operation gives a snooze; null for an operation that sets none. */
export function snoozeSetBy({ intent, state }: Operation): number | null {
  if (state === 'parked' || intent.kind !== 'change' || !intent.change.snoozed_until) return null;
  return Date.parse(intent.change.snoozed_until);
}
