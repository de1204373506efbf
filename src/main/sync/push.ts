import { assertNever } from '../../core/assert-never.ts';
import { retryDelay } from '../../core/backoff.ts';
import type { Clock, Random, Timer } from '../../core/clock.ts';
import type { Operation } from '../../core/operation.ts';
import type { Outbox } from './outbox.ts';
import { applyAnswer, currentGeneration } from './apply-page.ts';
import type { Outcome } from './dispatch.ts';
import { newerThanSeen } from './staleness.ts';
import { messageOfOperation } from '../db/messages.ts';
import type { WriteDb } from '../db/open.ts';

export interface PushOptions {
  /** One try, judged. Rejects only with what is a bug. */
  send: (operation: Operation) => Promise<Outcome>;
  cache: WriteDb;
  outbox: Outbox;
  clock: Clock;
  random: Random;
  me: string;
  /** After each outcome is committed. */
  onSettled: (operation: Operation, outcome: Outcome) => void;
}

export interface Push {
  /** Looks for work now: after an enqueue, and when the network, the session or the server is back. */
  wake(): void;
  /** Holds back everything until `resume`: offline or signed out. */
  pause(): void;
  resume(): void;
  /** Tries what waits for its next attempt now, unless the server itself has asked for the wait. */
  hurry(): void;
  /** Since when (monotonic ms) something that could go has not moved; null when nothing is stuck. */
  stuckSince(): number | null;
  stop(): Promise<void>;
}

const ticketsAtOnce = 4;

/** Sends the outbox: first in, first out per ticket, at most four tickets at once; a parked operation holds only its own ticket (R4). */
export function createPush({ send, cache, outbox, clock, random, me, onSettled }: PushOptions): Push {
  const busy = new Map<string, Promise<void>>();
  /** Per ticket, the monotonic time before which it is not tried again; of that the server's own `Retry-After`, which nothing cuts short. */
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
    let nextAt = Infinity;
    let moved = false;
    for (const operation of heads(outbox.open())) {
      if (busy.size >= ticketsAtOnce) return;
      if (busy.has(operation.ticketId) || operation.state !== 'queued') continue;
      const at = Math.max(everyone.at, notBefore.get(operation.ticketId)?.at ?? 0);
      if (at > clock.monotonic()) nextAt = Math.min(nextAt, at);
      else if (settledAlready(operation)) moved = true;
      else start(operation);
    }
    // What stood behind it in its ticket may go now.
    if (moved) { wake(); return; }
    if (nextAt < Infinity) timer = clock.setTimer(wake, Math.max(0, nextAt - clock.monotonic()));
  }

  /**
   * Judged here and not when it was written: what arrived by another way is confirmed, and what the author would not send any
   * more waits for them (B3). Each such end is an outcome like any other.
   */
  function settledAlready(operation: Operation): boolean {
    const messageId = messageOfOperation(cache, operation.id);
    const outcome: Outcome | null = messageId !== null ? { kind: 'acked', serverId: messageId, answer: {} }
      : newerThanSeen(cache, operation, me).length > 0 ? { kind: 'parked', reason: 'stale', detail: null, answer: {} } : null;
    if (!outcome) return false;
    record(operation, outcome);
    onSettled(operation, outcome);
    return true;
  }

  /** What failed before the network, the machine or the server came back says nothing of now. */
  function hurry(): void {
    everyone = { at: everyone.floor, floor: everyone.floor };
    for (const [ticketId, { floor }] of notBefore) notBefore.set(ticketId, { at: floor, floor });
  }

  function start(operation: Operation): void {
    if (!outbox.markInflight(operation.id)) return;
    if (busy.size === 0) movedAt = clock.monotonic();
    const generation = currentGeneration(cache);
    const run = send(operation).then(
      (outcome) => { busy.delete(operation.ticketId); settle(operation, isOutdated(outcome, generation) ? { kind: 'outdated' } : outcome); },
      (error: unknown) => { busy.delete(operation.ticketId); failed(operation, error); },
    );
    busy.set(operation.ticketId, run);
  }

  /** The server was set back, or shows another account's part by now: neither a yes nor a no from before can be relied on. */
  function isOutdated({ kind }: Outcome, generation: number): boolean {
    return !stopped && (kind === 'acked' || kind === 'parked') && currentGeneration(cache) !== generation;
  }

  /** A bug of ours must not lose the operation or stop the others: it goes back and is tried later. */
  function failed(operation: Operation, error: unknown): void {
    console.error('Sending an operation failed unexpectedly', operation.id, error);
    settle(operation, { kind: 'later', retryAfterMs: null, everyone: false });
  }

  function settle(operation: Operation, outcome: Outcome): void {
    // After stop() the databases may be closing; recovery at the next start puts the operation back.
    if (stopped) return;
    movedAt = clock.monotonic();
    record(operation, outcome);
    onSettled(operation, outcome);
    wake();
  }

  function record(operation: Operation, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'acked':
        applyAnswer(cache, outcome.answer);
        outbox.acknowledge(operation.id, outcome.serverId);
        notBefore.delete(operation.ticketId);
        return;
      case 'parked':
        applyAnswer(cache, outcome.answer);
        outbox.park(operation.id, outcome.reason, outcome.detail);
        return;
      case 'unsettled':
        return;
      case 'outdated':
        outbox.requeue(operation.id, 'not counted');
        return;
      case 'offline':
      case 'signed-out':
        outbox.requeue(operation.id, 'not counted');
        paused = true;
        return;
      case 'later': {
        outbox.requeue(operation.id, 'counted');
        const wait = { at: clock.monotonic() + retryDelay(operation.attempts, random, outcome.retryAfterMs), floor: clock.monotonic() + retryDelay(0, () => 0, outcome.retryAfterMs) };
        if (outcome.everyone) everyone = { at: Math.max(everyone.at, wait.at), floor: Math.max(everyone.floor, wait.floor) };
        else notBefore.set(operation.ticketId, wait);
        return;
      }
      default: assertNever(outcome);
    }
  }

  return {
    wake,
    pause() { paused = true; },
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
      wake();
    },
    stuckSince: () => (!paused && !stopped && busy.size > 0 ? movedAt : null),
    async stop() {
      stopped = true;
      timer?.cancel();
      await Promise.allSettled(busy.values());
    },
  };
}

/** The oldest unconfirmed operation of each ticket: the only one of it that may go. */
function heads(operations: readonly Operation[]): Operation[] {
  const first = new Map<string, Operation>();
  for (const operation of operations) if (!first.has(operation.ticketId)) first.set(operation.ticketId, operation);
  return [...first.values()];
}
