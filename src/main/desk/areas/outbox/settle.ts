import type { Message } from '../../../../contract/wire/entities.ts';
import { assertNever } from '../../../../core/assert-never.ts';
import type { Clock } from '../../../../core/clock.ts';
import type { Operation } from '../../../../core/operation.ts';
import {
  findSent,
  judgeThread,
  secondLookMs,
  type Verdict,
} from '../../../../core/unknown-outcome.ts';
import { ApiError } from '../../feed/api-error.ts';
import { createOneAtATime } from '../../feed/one-at-a-time.ts';
import { createOneTimer } from '../../feed/one-timer.ts';
import type { WriteDb } from '../../sqlite/connection.ts';
import { threadWindow } from '../tickets/messages.ts';
import { createDoubts, type InDoubt } from './doubts.ts';
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
 * Between two looks, whatever is due: databases that refuse for a while are not asked without end.
 */
const shortestWaitMs = 1_000;

/** How many of a thread's newest messages are searched: enough for one that turns up late. */
const lateWindow = 500;

export function createSettler(parts: SettleParts): Settler {
  const { outbox, outboxDb, recorder, clock, on } = parts;
  const doubts = createDoubts(outbox);
  const looks = createOneAtATime({ run: lookAtAll, onIdle: planNext, onFault: on.fault });
  const timer = createOneTimer(clock);

  function planNext(): void {
    const next = doubts.nextLookAt();
    if (next < Infinity) timer.set(looks.ask, Math.max(shortestWaitMs, next - clock.monotonic()));
  }

  async function lookAtAll(): Promise<void> {
    timer.cancel();
    const open = outbox.open();
    doubts.endAllBut(open);
    for (const operation of open) {
      const state = doubts.of(operation.id);
      if (state && state.nextLookAt <= clock.monotonic())
        settle(operation, await look(parts, operation, state));
      if (timer.stopped()) return;
      if (operation.parked?.reason === 'unknown-outcome')
        settle(operation, lateOutcome(parts, operation));
    }
  }

  /** Throws what the databases throw; the operation is then still in doubt and looked at again. */
  function settle(operation: Operation, outcome: Outcome | null): void {
    if (outcome === null || timer.stopped()) return;
    recorder.record(operation, outcome);
    doubts.end(operation.id);
    if (outcome.kind !== 'parked') endTry(outboxDb, operation.id);
    on.settled(operation, outcome);
  }

  return {
    tried({ id }, outcome) {
      if (outcome.kind === 'unsettled') {
        doubts.add(id, outcome.doubt);
        looks.ask();
      } else forgetTry(parts, id);
    },
    wake: looks.ask,
    async stop() {
      timer.stop();
      await looks.stop();
    },
  };
}

/**
 * One that stays behind because the disk is full does no harm: it only makes the next try look
 * first.
 */
function forgetTry({ outboxDb, on }: SettleParts, operationId: string): void {
  try {
    endTry(outboxDb, operationId);
  } catch (error) {
    on.fault(error);
  }
}

/** Looks for an operation in doubt; null where that decides nothing yet. */
async function look(
  parts: SettleParts,
  operation: Operation,
  state: InDoubt,
): Promise<Outcome | null> {
  state.nextLookAt = parts.clock.monotonic() + secondLookMs;
  if (state.unwritten !== null) setDoubt(parts.outboxDb, operation.id, state.unwritten);
  state.unwritten = null;
  return readOutcome(parts, operation, state);
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
  const isSecond = state.firstLookAt !== null && now - state.firstLookAt >= secondLookMs;
  const ids = found.map(({ id }) => id);
  const verdict = judgeThread(ids, isSecond ? 'second' : 'first', attempt.doubt);
  if (verdict.kind !== 'look-again') return outcomeOf(verdict, found);
  state.firstLookAt ??= now;
  return null;
}

function outcomeOf(
  verdict: Exclude<Verdict, { kind: 'look-again' }>,
  found: readonly Message[],
): Outcome {
  switch (verdict.kind) {
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
