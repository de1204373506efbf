import { assertNever } from '../../../../core/assert-never.ts';
import { retryDelay } from '../../../../core/backoff.ts';
import type { Clock, Random, Timer } from '../../../../core/clock.ts';
import type { Operation } from '../../../../core/operation.ts';
import type { Outbox } from './queue.ts';
import { applyAnswer, currentGeneration } from '../../feed/apply-page.ts';
import type { Outcome } from '../../feed/servers/staffdesk/send.ts';
import { newerThanSeen } from './staleness.ts';
import type { Witnesses } from './witness.ts';
import type { WriteDb } from '../../sqlite/connection.ts';

export interface PushOptions {
  /** One try, judged. Rejects only with what is a bug. */
  send: (operation: Operation) => Promise<Outcome>;
  cache: WriteDb;
  outbox: Outbox;
  clock: Clock;
  random: Random;
  me: string;
  witnesses: Witnesses;
  /** After each outcome is committed. */
  onSettled: (operation: Operation, outcome: Outcome) => void;
  /**
   * The databases refuse to be read or written: full, held by another program, gone. It is looked
   * at again by itself.
   */
  onFault: (error: unknown) => void;
}

export interface Push {
  /**
   * Looks for work now: after an enqueue, and when the network, the session or the server is back.
   */
  wake(): void;
  /** Holds back everything until `resume`: offline or signed out. */
  pause(): void;
  resume(): void;
  /** Tries what waits for its next attempt now, unless the server itself has asked for the wait. */
  hurry(): void;
  /** How many answers in a row to this operation were not to it. */
  oddAnswers(operationId: string): number;
  /**
   * Since when (monotonic ms) something that could go has not moved; null when nothing is stuck.
   */
  stuckSince(): number | null;
  stop(): Promise<void>;
}

const ticketsAtOnce = 4;

/** What gets odd answers is tried again at least this often (ms). */
const longestOddMs = 60_000;

/** A database that refused is tried again at least this often (ms). */
const longestLookMs = 15_000;

/**
 * Sends the outbox in its order (core/send-order.ts), one at a time of a ticket, at most four
 * tickets at once (R4).
 */
export function createPush({
  send,
  cache,
  outbox,
  clock,
  random,
  me,
  witnesses,
  onSettled,
  onFault,
}: PushOptions): Push {
  const busy = new Map<string, Promise<void>>();
  /**
   * Answers in a row that were not to what was sent, by operation, and when (monotonic) it may go
   * again: a connection that is there again says nothing of them.
   */
  const odd = new Map<string, { times: number; notBefore: number }>();
  /**
   * Outcomes that could not be written yet, by ticket. Their operations stay in flight until they
   * are.
   */
  const unwritten = new Map<string, Timer>();
  /** How often in a row looking for work has met a database that refused. */
  let faults = 0;
  /**
   * Per ticket, the monotonic time before which it is not tried again; of that the server's own
   * `Retry-After`, which nothing cuts short.
   */
  const notBefore = new Map<string, { at: number; floor: number }>();
  let everyone = { at: 0, floor: 0 };
  let paused = true;
  let stopped = false;
  let timer: Timer | null = null;
  let movedAt = clock.monotonic();

  function wake(): void {
    timer?.cancel();
    timer = null;
    if (paused || stopped) return;
    try {
      look();
      faults = 0;
    } catch (error) {
      // Nobody stands above a timer: thrown on, this would end the desk.
      onFault(error);
      timer = clock.setTimer(wake, retryDelay((faults += 1), random, null, longestLookMs));
    }
  }

  function look(): void {
    let nextAt = Infinity;
    let moved = false;
    for (const operation of outbox.order().next) {
      if (busy.size >= ticketsAtOnce) return;
      if (busy.has(operation.ticketId) || operation.state !== 'queued') continue;
      const at = Math.max(
        everyone.at,
        notBefore.get(operation.ticketId)?.at ?? 0,
        odd.get(operation.id)?.notBefore ?? 0,
      );
      if (at > clock.monotonic()) nextAt = Math.min(nextAt, at);
      else if (settledAlready(operation)) moved = true;
      else start(operation);
    }
    // What stood behind it in its ticket may go now.
    if (moved) {
      look();
      return;
    }
    if (nextAt < Infinity) timer = clock.setTimer(wake, Math.max(0, nextAt - clock.monotonic()));
  }

  /**
   * Judged here and not when it was written: what arrived by another way is confirmed, and what the
   * author would not send any more waits for them (B3). Each such end is an outcome like any other.
   */
  function settledAlready(operation: Operation): boolean {
    const messageId = witnesses.arrivedMessage(operation);
    const outcome: Outcome | null =
      messageId !== null
        ? { kind: 'acked', serverId: messageId, answer: {} }
        : newerThanSeen(cache, operation, me).length > 0
          ? { kind: 'parked', reason: 'stale', detail: null, answer: {} }
          : null;
    if (!outcome) return false;
    record(operation, outcome);
    tell(operation, outcome);
    return true;
  }

  /** What failed before the network, the machine or the server came back says nothing of now. */
  function hurry(): void {
    everyone = { at: everyone.floor, floor: everyone.floor };
    for (const [ticketId, { floor }] of notBefore) notBefore.set(ticketId, { at: floor, floor });
  }

  function start(operation: Operation): void {
    // Read first: once it is in flight nothing may fail before it is sent.
    const generation = currentGeneration(cache);
    if (!outbox.markInflight(operation.id)) return;
    if (busy.size === 0) movedAt = clock.monotonic();
    const run = attempt(operation).then(
      (outcome) => {
        settle(operation, () => (isOutdated(outcome, generation) ? { kind: 'outdated' } : outcome));
      },
      (error: unknown) => {
        failed(operation, error);
      },
    );
    busy.set(operation.ticketId, run);
  }

  /** What `send` throws at once counts like what it rejects with. */
  async function attempt(operation: Operation): Promise<Outcome> {
    return send(operation);
  }

  /**
   * The server was set back, or shows another account's part by now: neither a yes nor a no from
   * before can be relied on.
   */
  function isOutdated({ kind }: Outcome, generation: number): boolean {
    return (
      !stopped && (kind === 'acked' || kind === 'parked') && currentGeneration(cache) !== generation
    );
  }

  /**
   * A bug of ours must not lose the operation or stop the others: it goes back and is tried later.
   */
  function failed(operation: Operation, error: unknown): void {
    console.error('Sending an operation failed unexpectedly', operation.id, error);
    onFault(error);
    settle(operation, () => ({ kind: 'later', retryAfterMs: null, everyone: false }));
  }

  /**
   * Writes down what became of a try. Where that fails it is written later: an answer must not be
   * lost, and its ticket waits for it.
   */
  function settle(operation: Operation, judged: () => Outcome, tries = 0): void {
    unwritten.delete(operation.ticketId);
    // After stop() the databases may be closing; recovery at the next start puts the operation
    // back.
    if (stopped) return;
    movedAt = clock.monotonic();
    let outcome: Outcome;
    try {
      outcome = judged();
      record(operation, outcome);
    } catch (error) {
      onFault(error);
      unwritten.set(
        operation.ticketId,
        clock.setTimer(
          () => {
            settle(operation, judged, tries + 1);
          },
          retryDelay(tries, random, null, longestLookMs),
        ),
      );
      return;
    }
    busy.delete(operation.ticketId);
    tell(operation, outcome);
    wake();
  }

  /** The outcome is durable; whoever hears of it cannot undo that. */
  function tell(operation: Operation, outcome: Outcome): void {
    try {
      onSettled(operation, outcome);
    } catch (error) {
      onFault(error);
    }
  }

  /**
   * What the server said goes into the cache where that takes it. It is a copy: the feed brings the
   * same, so it holds up no outcome.
   */
  function show(answer: Parameters<typeof applyAnswer>[1]): void {
    try {
      applyAnswer(cache, answer);
    } catch (error) {
      onFault(error);
    }
  }

  function record(operation: Operation, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'acked':
        show(outcome.answer);
        outbox.acknowledge(operation.id, outcome.serverId);
        notBefore.delete(operation.ticketId);
        odd.delete(operation.id);
        return;
      case 'parked':
        show(outcome.answer);
        outbox.park(operation.id, outcome.reason, outcome.detail);
        odd.delete(operation.id);
        return;
      case 'unsettled':
        return;
      case 'outdated':
        outbox.requeue(operation.id, 'not counted');
        return;
      case 'bad-answer':
        // Nothing else goes before a pull has told whether the server is there at all.
        paused = true;
        outbox.requeue(operation.id, 'not counted');
        noteOdd(operation.id);
        return;
      case 'offline':
      case 'signed-out':
        // First: nothing else is to go out meanwhile, also where this cannot be written now.
        paused = true;
        outbox.requeue(operation.id, 'not counted');
        return;
      case 'later': {
        outbox.requeue(operation.id, 'counted');
        const wait = {
          at: clock.monotonic() + retryDelay(operation.attempts, random, outcome.retryAfterMs),
          floor: clock.monotonic() + retryDelay(0, () => 0, outcome.retryAfterMs),
        };
        if (outcome.everyone)
          everyone = {
            at: Math.max(everyone.at, wait.at),
            floor: Math.max(everyone.floor, wait.floor),
          };
        else notBefore.set(operation.ticketId, wait);
        return;
      }
      default:
        assertNever(outcome);
    }
  }

  function noteOdd(operationId: string): void {
    const times = (odd.get(operationId)?.times ?? 0) + 1;
    odd.set(operationId, {
      times,
      notBefore: clock.monotonic() + retryDelay(times, random, null, longestOddMs),
    });
  }

  return {
    wake,
    pause() {
      paused = true;
    },
    resume() {
      if (paused) {
        movedAt = clock.monotonic();
        hurry();
      }
      paused = false;
      wake();
    },
    hurry() {
      hurry();
      for (const one of odd.values()) one.notBefore = 0;
      wake();
    },
    oddAnswers: (operationId) => odd.get(operationId)?.times ?? 0,
    stuckSince: () => (!paused && !stopped && busy.size > unwritten.size ? movedAt : null),
    async stop() {
      stopped = true;
      timer?.cancel();
      for (const later of unwritten.values()) later.cancel();
      await Promise.allSettled(busy.values());
    },
  };
}
