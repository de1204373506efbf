import type { Snooze } from '../contract/bridge.ts';
import type { Operation } from './operation.ts';
import { day } from './time.ts';

/**
 * 'Until the customer replies' on the wire: a time that never comes. The server ends each snooze
 * when the customer writes.
 */
export const untilReply = Date.UTC(2999, 11, 31);

/** True if a snooze has no end time and waits only for the customer. */
export const waitsForReply = (until: number): boolean => until >= Date.UTC(2900, 0, 1);

/** For how long (ms) the end of a snooze decides the place of an untouched ticket in the list. */
export const wokenMs = 30 * day;

/** The part of a snooze that only this desk knows. */
export interface LocalSnooze {
  until: number;
  /** The customer's last message when it began, 0 for none; a later one is a reply. */
  since: number;
  /** The server cannot store snoozes, so there is only this one. */
  alone: boolean;
  /** The customer's reply must not end it; no server supports that. */
  throughReplies: boolean;
}

export interface SnoozeFacts {
  /** The end according to the server and the pending operations; may be past. */
  snoozed_until: number | null;
  /** The time of the last message. */
  activity_at: number;
  last_customer_at: number | null;
  preview_by: 'customer' | 'staff' | 'me' | 'none';
  /** The time of the customer's message that ended a snooze, until somebody replies. */
  reply_woke_at: number | null;
}

/**
 * The end (ms) of a ticket's snooze on this desk, null if it has none, and the snooze as it is
 * shown.
 */
export function snoozeOf(
  ticket: SnoozeFacts,
  local: LocalSnooze | undefined,
  now: number,
): { until: number | null; snooze: Snooze | null } {
  const until = ticket.snoozed_until ?? localUntil(ticket, local, now);
  if (until !== null && until > now)
    return { until, snooze: { state: 'asleep', until: waitsForReply(until) ? null : until } };
  const repliedAt = ticket.reply_woke_at ?? localReply(ticket, local);
  // A later message already decides the ticket's place.
  if (until !== null && until > ticket.activity_at && until > now - wokenMs)
    return { until, snooze: { state: 'woke', by: 'time', at: until } };
  if (repliedAt !== null && ticket.preview_by === 'customer')
    return { until, snooze: { state: 'woke', by: 'reply', at: repliedAt } };
  return { until, snooze: null };
}

/**
 * The end of a snooze that only this desk has; null if the customer's reply has ended it, or the
 * server's own applies.
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

/** The end (ms) of the snooze that a pending operation sets; null if it sets none. */
export function snoozeSetBy({ intent, state }: Operation): number | null {
  if (state === 'parked' || intent.kind !== 'change' || !intent.change.snoozed_until) return null;
  return Date.parse(intent.change.snoozed_until);
}
