import type { Clock } from '../../../../core/clock.ts';
import { snoozeSetBy, wokenMs, type LocalSnooze } from '../../../../core/snooze.ts';
import type { Operation } from '../../../../core/operation.ts';
import { minute } from '../../../../core/time.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import { openLocalSnoozes, type LocalSnoozes } from './snoozes-table.ts';
import { getTicket, nextWaking, wokenTickets } from '../tickets/tickets-table.ts';
import { createOneTimer } from '../../feed/one-timer.ts';
import { knownAbilities } from '../../feed/servers/known.ts';
import type { Outbox } from '../outbox/queue.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Tell } from '../../tell.ts';

/** The time and the snoozes of this desk, which decide whether a ticket sleeps. */
export interface Sleep {
  now: number;
  local: ReadonlyMap<string, LocalSnooze>;
}

/** The snoozes that this desk keeps for itself, and the time that decides whether they are over. */
export interface Snoozes extends LocalSnoozes {
  sleep(): Sleep;
}

/** `now`: the time (ms) that wakes. */
export function openSnoozes({ db, key }: OwnRows, now: () => number): Snoozes {
  const local = openLocalSnoozes(db, key);
  return { ...local, sleep: () => ({ now: now(), local: local.all() }) };
}

/** Tickets whose place or view the cache alone does not tell, because of a snooze. */
export function sleepShifted(cache: ReadDb, { now, local }: Sleep): string[] {
  return [...wokenTickets(cache, now - wokenMs, now), ...local.keys()];
}

export interface WakerParts {
  cache: ReadDb;
  outbox: Outbox;
  snoozes: LocalSnoozes;
  clock: Clock;
  now: () => number;
  onWake: (ticketIds: string[]) => void;
  /** The databases refuse to be read. It is looked at again. */
  onFault: (error: unknown) => void;
}

/** Says when a snooze has ended. */
export interface Waker {
  /** Something changed: the next end may be another one. */
  plan(): void;
  stop(): void;
}

/**
 * No wait is longer: a machine that slept or a clock that was set is noticed this soon, and no
 * timer overflows.
 */
const longestWaitMs = minute;
/** A database that refused is read again this soon (ms). */
const lookAgainMs = 15_000;

export function createWaker(parts: WakerParts): Waker {
  const { clock, now, onWake, onFault } = parts;
  const timer = createOneTimer(clock);
  let lookedAt = now();

  /** Nobody stands above a timer: an error that is thrown on would end the desk. */
  const unlessItRefuses = (run: () => void) => (): void => {
    if (timer.stopped()) return;
    try {
      run();
    } catch (error) {
      timer.set(look, lookAgainMs);
      onFault(error);
    }
  };

  const look = unlessItRefuses(() => {
    const at = now();
    const ended = endedBetween(parts, lookedAt, at);
    lookedAt = at;
    if (ended.length > 0) onWake(ended);
    planNext();
  });
  const plan = unlessItRefuses(planNext);

  function planNext(): void {
    timer.cancel();
    const at = now();
    const next = nextEnd(parts, lookedAt);
    if (next === Infinity) lookedAt = at;
    else timer.set(look, Math.max(0, Math.min(next - at, longestWaitMs)));
  }

  plan();
  return { plan, stop: timer.stop };
}

type EndParts = Pick<WakerParts, 'cache' | 'snoozes' | 'outbox'>;

/**
 * Tickets that a snooze wakes between two looks, or that go to sleep again since the clock was set
 * back.
 */
function endedBetween(parts: EndParts, before: number, now: number): string[] {
  const [from, to] = now >= before ? [before, now] : [now, before];
  const local = localEnds(parts)
    .filter(([, until]) => until > from && until <= to)
    .map(([id]) => id);
  return [...new Set([...wokenTickets(parts.cache, from, to), ...local])];
}

/** When (ms) the first snooze ends after this; Infinity for none. */
function nextEnd(parts: EndParts, after: number): number {
  const local = localEnds(parts)
    .map(([, until]) => until)
    .filter((until) => until > after);
  return local.reduce(
    (least, end) => Math.min(least, end),
    nextWaking(parts.cache, after) ?? Infinity,
  );
}

/** When the snoozes end that the cache does not have: [ticket id, ms]. */
function localEnds({ snoozes, outbox }: EndParts): [string, number][] {
  return [
    ...[...snoozes.all()].map(([id, { until }]): [string, number] => [id, until]),
    ...outbox.open().flatMap((operation): [string, number][] => {
      const until = snoozeSetBy(operation);
      return until === null ? [] : [[operation.ticketId, until]];
    }),
  ];
}

export interface KeepParts {
  cache: ReadDb;
  snoozes: Snoozes;
}

/**
 * Keeps of a snooze that has just been chosen what the server cannot: all of it, or that a reply
 * shall not end it.
 */
export function keepLocally(
  parts: KeepParts,
  ticketId: string,
  until: number | null,
  throughReplies: boolean,
): void {
  const alone = !knownAbilities(parts.cache).changes;
  const snooze =
    until === null || !(alone || throughReplies)
      ? null
      : { until, since: lastReply(parts.cache, ticketId), alone, throughReplies };
  parts.snoozes.set(ticketId, snooze, parts.snoozes.sleep().now - wokenMs);
}

export interface RefusedParts extends KeepParts {
  outbox: Pick<Outbox, 'replace'>;
  serverNow: () => number;
  tell: Pick<Tell, 'operationAdded'>;
}

/**
 * A snooze that was over before it could go out is taken off, since the server refuses a past time;
 * here the ticket has woken.
 */
export function endRefusedSnooze(parts: RefusedParts, { id, ticketId, intent }: Operation): void {
  if (intent.kind !== 'change' || !intent.change.snoozed_until) return;
  const until = Date.parse(intent.change.snoozed_until);
  // The server's time is known here to the second.
  if (
    until > parts.serverNow() + minute ||
    parts.outbox.replace(id, ticketId, {
      ...intent,
      change: { ...intent.change, snoozed_until: null },
    }) === null
  )
    return;
  parts.snoozes.set(
    ticketId,
    { until, since: lastReply(parts.cache, ticketId), alone: true, throughReplies: false },
    parts.snoozes.sleep().now - wokenMs,
  );
  parts.tell.operationAdded(ticketId);
}

function lastReply(cache: ReadDb, ticketId: string): number {
  return getTicket(cache, ticketId)?.last_customer_at ?? 0;
}
