import type { Clock, Timer } from '../../../../core/clock.ts';
import { snoozeSetBy, wokenMs, type LocalSnooze } from '../../../../core/snooze.ts';
import type { Operation } from '../../../../core/operation.ts';
import { minute } from '../../../../core/time.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import { openLocalSnoozes, type LocalSnoozes } from './snoozes-table.ts';
import { getTicket, nextWaking, wokenTickets } from '../tickets/tickets-table.ts';
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

export function createWaker({
  cache,
  outbox,
  snoozes,
  clock,
  now,
  onWake,
  onFault,
}: WakerParts): Waker {
  let timer: Timer | null = null;
  let lookedAt = now();
  let stopped = false;

  function lookIn(ms: number): void {
    timer?.cancel();
    timer = clock.setTimer(look, ms);
  }

  /** Nobody stands above a timer: an error that is thrown on would end the desk. */
  function unlessItRefuses(run: () => void): void {
    if (stopped) return;
    try {
      run();
    } catch (error) {
      lookIn(lookAgainMs);
      onFault(error);
    }
  }

  function look(): void {
    unlessItRefuses(() => {
      const at = now();
      // When the clock is set back, tickets go to sleep again: those are reported as well.
      const [from, to] = at >= lookedAt ? [lookedAt, at] : [at, lookedAt];
      const ended = new Set([
        ...wokenTickets(cache, from, to),
        ...localEnds({ snoozes, outbox }).flatMap(([id, until]) =>
          until > from && until <= to ? [id] : [],
        ),
      ]);
      lookedAt = at;
      if (ended.size > 0) onWake([...ended]);
      planNext();
    });
  }

  function planNext(): void {
    timer?.cancel();
    const at = now();
    const ends = [
      nextWaking(cache, lookedAt) ?? Infinity,
      ...localEnds({ snoozes, outbox })
        .map(([, until]) => until)
        .filter((until) => until > lookedAt),
    ];
    const next = ends.reduce((least, end) => Math.min(least, end), Infinity);
    if (next === Infinity) {
      lookedAt = at;
      return;
    }
    lookIn(Math.max(0, Math.min(next - at, longestWaitMs)));
  }

  const plan = (): void => {
    unlessItRefuses(planNext);
  };

  plan();
  return {
    plan,
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}

/** When the snoozes end that the cache does not have: [ticket id, ms]. */
function localEnds({
  snoozes,
  outbox,
}: Pick<WakerParts, 'snoozes' | 'outbox'>): [string, number][] {
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
