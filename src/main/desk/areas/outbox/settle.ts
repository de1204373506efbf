import type { Message } from '../../../../contract/entities.ts';
import { assertNever } from '../../../../core/assert-never.ts';
import type { Clock, Timer } from '../../../../core/clock.ts';
import type { Operation } from '../../../../core/operation.ts';
import {
  findSent,
  judgeThread,
  secondLookMs,
  type Doubt,
} from '../../../../core/unknown-outcome.ts';
import { ApiError } from '../../feed/api-error.ts';
import { createOneAtATime } from '../../feed/one-at-a-time.ts';
import type { WriteDb } from '../../sqlite/connection.ts';
import { threadWindow } from '../tickets/messages.ts';
import { sendLater, type Outcome } from './outcome.ts';
import { parked } from './parking.ts';
import type { Outbox } from './queue.ts';
import type { Recorder } from './recorder.ts';
import { endTry, readTry, setDoubt } from './tries.ts';
import { shownOf, type Witnesses } from './witness.ts';

/**
 * Reads the thread of an operation now. Returns the messages that the operation may have made, but
 * for those `known` before it was sent; null where the server has no such ticket. Throws ApiError.
 */
export type FindSent = (
  operation: Operation,
  known: ReadonlySet<string>,
) => Promise<Message[] | null>;

export interface SettleParts {
  find: FindSent;
  outbox: Outbox;
  outboxDb: WriteDb;
  cache: WriteDb;
  recorder: Recorder;
  witnesses: Witnesses;
  clock: Clock;
  on: SettleListener;
}

interface SettleListener {
  /** A lost answer is settled. */
  settled(operation: Operation, outcome: Outcome): void;
  /** Settling failed, for a reason other than the network or the server. It is tried again. */
  fault(error: unknown): void;
}

/**
 * Finds out what became of replies whose answer was lost, by reading their threads. They stay in
 * flight meanwhile.
 */
export interface Settler {
  /** After the outcome of a try is committed: its answer may be lost. */
  tried(operation: Operation, outcome: Outcome): void;
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

/** How many of a thread's newest messages are searched: enough for one that turns up late. */
const lateWindow = 500;

export function createSettler(parts: SettleParts): Settler {
  const { outbox, outboxDb, recorder, clock, on } = parts;
  const doubtful = leftInDoubt(outbox);
  const looks = createOneAtATime({ run: lookAtAll, onIdle: planNext, onFault: on.fault });
  let stopped = false;
  let timer: Timer | null = null;

  function planNext(): void {
    if (stopped || doubtful.size === 0) return;
    const next = Math.min(...[...doubtful.values()].map((d) => d.nextLookAt));
    timer = clock.setTimer(looks.ask, Math.max(shortestWaitMs, next - clock.monotonic()));
  }

  async function lookAtAll(): Promise<void> {
    timer?.cancel();
    timer = null;
    const open = outbox.open();
    forgetEnded(doubtful, open);
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
    const outcome = await readOutcome(parts, operation, state);
    if (outcome !== null && !stopped) settle(operation, outcome);
  }

  function lookForLate(operation: Operation): void {
    const outcome = lateOutcome(parts, operation);
    if (outcome !== null) settle(operation, outcome);
  }

  /** Throws what the databases throw; the operation is then still in doubt and looked at again. */
  function settle(operation: Operation, outcome: Outcome): void {
    recorder.record(operation, outcome);
    doubtful.delete(operation.id);
    if (outcome.kind !== 'parked') endTry(outboxDb, operation.id);
    on.settled(operation, outcome);
  }

  /**
   * One that stays behind because the disk is full does no harm: it only makes the next try look
   * first.
   */
  function forgetTry(operationId: string): void {
    try {
      endTry(outboxDb, operationId);
    } catch (error) {
      on.fault(error);
    }
  }

  return {
    tried({ id }, outcome) {
      if (outcome.kind !== 'unsettled') {
        forgetTry(id);
        return;
      }
      doubtful.set(id, { firstLookAt: null, nextLookAt: 0, unwritten: outcome.doubt });
      looks.ask();
    },
    wake: looks.ask,
    async stop() {
      stopped = true;
      timer?.cancel();
      await looks.stop();
    },
  };
}

/**
 * Operations that a crash left in flight and that did not go back to the queue: they were tried
 * without an idempotency key.
 */
const leftInDoubt = (outbox: Outbox): Map<string, InDoubt> =>
  new Map(
    outbox
      .open()
      .filter(({ state }) => state === 'inflight')
      .map(({ id }) => [id, { firstLookAt: null, nextLookAt: 0, unwritten: null }]),
  );

/** Operations that the list or a thread has confirmed meanwhile are in doubt no longer. */
function forgetEnded(doubtful: Map<string, InDoubt>, open: readonly Operation[]): void {
  const ids = new Set(open.map(({ id }) => id));
  for (const id of doubtful.keys()) if (!ids.has(id)) doubtful.delete(id);
}

/** Reads the thread of an operation in doubt; null where it decides nothing yet. */
async function readOutcome(
  { find, outboxDb, clock }: SettleParts,
  operation: Operation,
  state: InDoubt,
): Promise<Outcome | null> {
  const attempt = readTry(outboxDb, operation.id);
  if (!attempt || operation.intent.kind !== 'reply') return sendLater;
  let found: Message[] | null;
  try {
    found = await find(operation, attempt.known);
  } catch (error) {
    // Only an answer settles anything.
    if (error instanceof ApiError) return null;
    throw error;
  }
  // A ticket that is gone will never show the message.
  if (found === null) return parked('ticket-gone');
  const now = clock.monotonic();
  const second = state.firstLookAt !== null && now - state.firstLookAt >= secondLookMs;
  const verdict = judgeThread(
    found.map(({ id }) => id),
    second ? 'second' : 'first',
    attempt.doubt,
  );
  switch (verdict.kind) {
    case 'look-again':
      state.firstLookAt ??= now;
      return null;
    case 'arrived':
      return arrived(
        verdict.messageId,
        found.find(({ id }) => id === verdict.messageId),
      );
    case 'send-again':
      return sendLater;
    case 'unknown':
      return parked('unknown-outcome');
    default:
      return assertNever(verdict);
  }
}

/**
 * A message that turns up after its operation was parked confirms it; a pull has brought it into
 * the cache.
 */
function lateOutcome(
  { cache, outboxDb, witnesses }: SettleParts,
  operation: Operation,
): Outcome | null {
  const attempt = readTry(outboxDb, operation.id);
  if (!attempt || operation.intent.kind !== 'reply') return null;
  const thread = threadWindow(cache, operation.ticketId, null, lateWindow).map(shownOf);
  const [only, other] = findSent(
    thread,
    operation,
    witnesses.of(operation.id, (messageId) => attempt.known.has(messageId)),
  );
  return only !== undefined && other === undefined ? arrived(only) : null;
}

const arrived = (serverId: string, message?: Message): Outcome => ({
  kind: 'acked',
  serverId,
  answer: message ? { message } : {},
});
