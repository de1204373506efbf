import type { MessageLevel1, TicketLevel1 } from '../../../../contract/entities.ts';
import { assertNever } from '../../../../core/assert-never.ts';
import type { Clock, Timer } from '../../../../core/clock.ts';
import { toOwnMessage, type Me } from '../../../../core/level1.ts';
import type { Operation } from '../../../../core/operation.ts';
import { saysNoTicketLevel1 } from '../../../../core/own-refusal.ts';
import {
  findSent,
  judgeThread,
  secondLookMs,
  type Doubt,
} from '../../../../core/unknown-outcome.ts';
import { threadWindow } from '../tickets/messages.ts';
import type { WriteDb } from '../../sqlite/connection.ts';
import { endTry, readTry, setDoubt } from './tries.ts';
import { ApiError } from '../../feed/api-error.ts';
import { applyAnswer } from '../../feed/apply-page.ts';
import type { Outcome } from '../../feed/servers/staffdesk/send.ts';
import type { Outbox } from './queue.ts';
import { shownOf, type Witnesses } from './witness.ts';

export interface SettleOptions {
  outbox: Outbox;
  outboxDb: WriteDb;
  cache: WriteDb;
  clock: Clock;
  me: Me;
  witnesses: Witnesses;
  readThread: (ticketId: string) => Promise<{ ticket: TicketLevel1; messages: MessageLevel1[] }>;
  onSettled: (operation: Operation, outcome: Outcome) => void;
  /** Settling failed by what is no failure of the network or the server. It is looked at again. */
  onFault: (error: unknown) => void;
}

/**
 * Finds out what became of replies whose answer was lost, by reading their threads. They stay in
 * flight meanwhile.
 */
export interface Settler {
  /** The answer to this operation is lost, in this way. */
  add(operationId: string, doubt: Doubt): void;
  /** Looks at what is due: after each pull that worked. */
  wake(): void;
  stop(): Promise<void>;
}

/**
 * An operation in doubt: when its thread was first read without it, and when to look next, both
 * monotonic; `unwritten`: how its answer was lost, until that is durable.
 */
interface InDoubt {
  firstLookAt: number | null;
  nextLookAt: number;
  unwritten: Doubt | null;
}

/**
 * Between two looks, whatever is due: databases that refuse for a while are not asked without end.
 */
const shortestWaitMs = 1_000;

/** What of the threads is cached is enough for a message that turns up late. */
const lateWindow = 500;

export function createSettler({
  outbox,
  outboxDb,
  cache,
  clock,
  me,
  witnesses,
  readThread,
  onSettled,
  onFault,
}: SettleOptions): Settler {
  const doubtful = new Map<string, InDoubt>();
  // What a crash left in flight and did not go back to the queue was tried without an idempotency
  // key.
  for (const operation of outbox.open())
    if (operation.state === 'inflight')
      doubtful.set(operation.id, { firstLookAt: null, nextLookAt: 0, unwritten: null });
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let timer: Timer | null = null;

  function wake(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    timer?.cancel();
    timer = null;
    running = lookAtAll()
      .catch(onFault)
      .finally(() => {
        running = null;
        if (again) {
          again = false;
          wake();
        } else planNext();
      });
  }

  function planNext(): void {
    if (stopped || doubtful.size === 0) return;
    const next = Math.min(...[...doubtful.values()].map((d) => d.nextLookAt));
    timer = clock.setTimer(wake, Math.max(shortestWaitMs, next - clock.monotonic()));
  }

  /** What the list or a thread has confirmed meanwhile is in doubt no longer. */
  function forgetEnded(open: readonly Operation[]): void {
    const ids = new Set(open.map(({ id }) => id));
    for (const id of doubtful.keys()) if (!ids.has(id)) doubtful.delete(id);
  }

  async function lookAtAll(): Promise<void> {
    const open = outbox.open();
    forgetEnded(open);
    for (const operation of open) {
      const state = doubtful.get(operation.id);
      if (state && state.nextLookAt <= clock.monotonic()) await look(operation, state);
      if (stopped) return;
      if (operation.parked?.reason === 'unknown-outcome') lookForLate(operation);
    }
  }

  async function look(operation: Operation, state: InDoubt): Promise<void> {
    state.nextLookAt = clock.monotonic() + secondLookMs;
    if (state.unwritten !== null) setDoubt(outboxDb, operation.id, state.unwritten);
    state.unwritten = null;
    let thread;
    try {
      thread = await readThread(operation.ticketId);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Only an answer settles anything; a ticket that is gone will never show the message.
      if (!stopped && error.failure.kind === 'status' && saysNoTicketLevel1(error.failure))
        settle(operation, { kind: 'parked', reason: 'ticket-gone', detail: null, answer: {} });
      return;
    }
    if (stopped) return;
    const attempt = readTry(outboxDb, operation.id);
    if (!attempt || operation.intent.kind !== 'reply') {
      settle(operation, sendAgain);
      return;
    }
    const found = findSent(
      thread.messages,
      operation,
      witnesses.of(operation.id, (messageId) => attempt.known.has(messageId)),
    );
    const second =
      state.firstLookAt !== null && clock.monotonic() - state.firstLookAt >= secondLookMs;
    const verdict = judgeThread(found, second ? 'second' : 'first', attempt.doubt);
    switch (verdict.kind) {
      case 'look-again':
        state.firstLookAt ??= clock.monotonic();
        return;
      case 'arrived':
        settle(
          operation,
          arrived(
            thread.messages.filter((m) => m.id === verdict.messageId),
            verdict.messageId,
            operation,
          ),
        );
        return;
      case 'send-again':
        settle(operation, sendAgain);
        return;
      case 'unknown':
        settle(operation, { kind: 'parked', reason: 'unknown-outcome', detail: null, answer: {} });
        return;
      default:
        assertNever(verdict);
    }
  }

  function arrived(
    messages: readonly MessageLevel1[],
    serverId: string,
    operation: Operation,
  ): Outcome {
    const [message] = messages;
    return {
      kind: 'acked',
      serverId,
      answer: message ? { message: toOwnMessage(message, me, operation.id) } : {},
    };
  }

  /**
   * A message that turns up after its operation was parked confirms it; a pull has brought it into
   * the cache.
   */
  function lookForLate(operation: Operation): void {
    const attempt = readTry(outboxDb, operation.id);
    if (!attempt || operation.intent.kind !== 'reply') return;
    const thread = threadWindow(cache, operation.ticketId, null, lateWindow).map(shownOf);
    const [only, other] = findSent(
      thread,
      operation,
      witnesses.of(operation.id, (messageId) => attempt.known.has(messageId)),
    );
    if (only !== undefined && other === undefined) settle(operation, arrived([], only, operation));
  }

  /** Throws what the databases throw; the operation is then still in doubt and looked at again. */
  function settle(operation: Operation, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'acked':
        applyAnswer(cache, outcome.answer);
        outbox.acknowledge(operation.id, outcome.serverId);
        break;
      case 'parked':
        outbox.park(operation.id, outcome.reason, outcome.detail);
        break;
      default:
        outbox.requeue(operation.id, 'counted');
    }
    doubtful.delete(operation.id);
    if (outcome.kind !== 'parked') endTry(outboxDb, operation.id);
    onSettled(operation, outcome);
  }

  return {
    add(operationId, doubt) {
      doubtful.set(operationId, { firstLookAt: null, nextLookAt: 0, unwritten: doubt });
      wake();
    },
    wake,
    async stop() {
      stopped = true;
      timer?.cancel();
      await running;
    },
  };
}

const sendAgain: Outcome = { kind: 'later', retryAfterMs: null, everyone: false };
