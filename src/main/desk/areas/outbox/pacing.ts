import { retryDelay } from '../../../../core/backoff.ts';
import type { Clock, Random } from '../../../../core/clock.ts';
import type { Operation } from '../../../../core/operation.ts';
import type { Outcome } from './outcome.ts';

/** When an operation may be tried again; all times are monotonic ms. */
export interface Pacing {
  /** Before this it is not tried. */
  notBefore(operation: Operation): number;
  /** Learns from the outcome of a try. */
  note(operation: Operation, outcome: Outcome): void;
  /**
   * The network, the machine or the server came back, so earlier failures say nothing about now.
   * Only the server's own `Retry-After` still holds, and the wait after odd answers.
   */
  hurry(): void;
  /** As `hurry`, for operations that got odd answers. */
  hurryOdd(): void;
  /** How many answers in a row to this operation were not to it. */
  oddAnswers(operationId: string): number;
}

/** `floor`: the server's own `Retry-After`, which nothing cuts short. */
interface Wait {
  at: number;
  floor: number;
}

export function createPacing(clock: Clock, random: Random): Pacing {
  let everyone: Wait = { at: 0, floor: 0 };
  const ofTicket = new Map<string, Wait>();
  const odd = createOddAnswers(clock, random);

  function later({ attempts, ticketId }: Operation, outcome: Outcome & { kind: 'later' }): void {
    const wait = {
      at: clock.monotonic() + retryDelay(attempts, random, outcome.retryAfterMs),
      floor: clock.monotonic() + retryDelay(0, () => 0, outcome.retryAfterMs),
    };
    if (outcome.everyone)
      everyone = {
        at: Math.max(everyone.at, wait.at),
        floor: Math.max(everyone.floor, wait.floor),
      };
    else ofTicket.set(ticketId, wait);
  }

  return {
    notBefore: ({ id, ticketId }) =>
      Math.max(everyone.at, ofTicket.get(ticketId)?.at ?? 0, odd.notBefore(id)),
    note(operation, outcome) {
      if (outcome.kind === 'acked') ofTicket.delete(operation.ticketId);
      if (outcome.kind === 'acked' || outcome.kind === 'parked') odd.end(operation.id);
      if (outcome.kind === 'bad-answer') odd.note(operation.id);
      if (outcome.kind === 'later') later(operation, outcome);
    },
    hurry() {
      everyone = { at: everyone.floor, floor: everyone.floor };
      for (const [ticketId, { floor }] of ofTicket) ofTicket.set(ticketId, { at: floor, floor });
    },
    hurryOdd: odd.hurry,
    oddAnswers: odd.times,
  };
}

/** After odd answers an operation is tried again at least this often (ms). */
const longestOddMs = 60_000;

/**
 * Answers in a row that were not to what was sent, by operation: a connection that is there again
 * says nothing of them.
 */
function createOddAnswers(clock: Clock, random: Random) {
  const odd = new Map<string, { times: number; notBefore: number }>();
  const times = (operationId: string): number => odd.get(operationId)?.times ?? 0;
  return {
    times,
    notBefore: (operationId: string) => odd.get(operationId)?.notBefore ?? 0,
    note(operationId: string) {
      const now = times(operationId) + 1;
      const notBefore = clock.monotonic() + retryDelay(now, random, null, longestOddMs);
      odd.set(operationId, { times: now, notBefore });
    },
    end(operationId: string) {
      odd.delete(operationId);
    },
    hurry() {
      for (const one of odd.values()) one.notBefore = 0;
    },
  };
}
