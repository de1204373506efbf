import type { MessageLevel1, TicketLevel1 } from '../../../../../contract/wire/entities.ts';
import { assertNever } from '../../../../../core/assert-never.ts';
import { whyNotMessage, whyNotTicket } from '../../../../../core/confirmation.ts';
import { toOwnMessage, toTicket, type Me } from '../../../../../core/level1.ts';
import type { Operation } from '../../../../../core/operation.ts';
import { saysNoTicketLevel1 } from '../../../../../core/own-refusal.ts';
import { parseWireMicros } from '../../../../../core/time.ts';
import { findSent, type Doubt } from '../../../../../core/unknown-outcome.ts';
import { askAboutKeyedTry, keyedTry } from '../../../areas/outbox/keyed-tries.ts';
import type { ReadDb, WriteDb } from '../../../sqlite/connection.ts';
import { beginTry, readTry } from '../../../areas/outbox/tries.ts';
import { ApiError } from '../../api-error.ts';
import { cachedFacts } from './apply.ts';
import type { ThreadLevel1 } from './thread.ts';
import type { Auth } from '../../../areas/session/auth.ts';
import { sendLater, type Outcome } from '../../../areas/outbox/outcome.ts';
import { judgeFailure, parked } from '../../../areas/outbox/parking.ts';
import { newerThanSeen } from '../../../areas/outbox/staleness.ts';
import type { Witnesses } from '../../../areas/outbox/witness.ts';

export interface SendLevel1Parts {
  auth: Auth;
  cache: WriteDb;
  outboxDb: WriteDb;
  me: Me;
  witnesses: Witnesses;
  /** Reads a ticket with its thread now, into the cache too. Throws ApiError. */
  readThread: (ticketId: string) => Promise<ThreadLevel1>;
  stopped: () => boolean;
}

/**
 * Sends one operation to a server without idempotency; parks one that the server cannot do. Throws
 * only for a bug.
 */
export async function dispatchLevel1(
  parts: SendLevel1Parts,
  operation: Operation,
): Promise<Outcome> {
  const { intent } = operation;
  try {
    switch (intent.kind) {
      case 'reply':
        return await reply(parts, operation, intent.text);
      case 'close':
        return await close(parts, operation);
      case 'change':
        // No server is needed for it: the desk itself keeps it.
        if (Object.keys(intent.change).every((field) => field === 'snoozed_until'))
          return { kind: 'acked', serverId: operation.ticketId, answer: {} };
        return notSupported(parts, operation);
      case 'note':
      case 'reopen':
        return notSupported(parts, operation);
      case 'unreadable':
        return parked('unreadable');
      default:
        return assertNever(intent);
    }
  } catch (error) {
    if (error instanceof ApiError) return judgeFailure('level1', operation, error.failure);
    throw error;
  }
}

/**
 * Parks an operation that this server cannot carry out; one that was tried under a key may have
 * arrived, so its outcome is unknown.
 */
function notSupported({ outboxDb }: SendLevel1Parts, { id }: Operation): Outcome {
  return parked(keyedTry(outboxDb, id) === null ? 'not-supported' : 'unknown-outcome');
}

/**
 * Reads the thread first: what is there already is not sent again, whatever this desk knows of it,
 * since its files may be an older copy. What the thread holds is written down, so that a lost
 * answer can be settled by reading it again.
 */
async function reply(parts: SendLevel1Parts, operation: Operation, text: string): Promise<Outcome> {
  const { id, ticketId } = operation;
  const { auth, cache, outboxDb, me, witnesses } = parts;
  const { ticket, messages } = await parts.readThread(ticketId);
  const arrived = findArrived(parts, operation, messages);
  if (arrived)
    return operation.seenThrough === null && !readTry(outboxDb, id)
      ? unknown
      : ackMessage(parts, id, arrived);
  if (askFirst(outboxDb, id)) return unknown;
  // Between two polls the cache is behind; now it is not.
  if (newerThanSeen(cache, operation, me.id).length > 0) return parked('stale');
  // Level 1 would take it.
  if (ticket.status === 'closed') return parked('ticket-closed');
  // Nothing has gone out yet, so a desk that closes now leaves no doubt behind.
  if (parts.stopped()) return sendLater;
  const known = new Set(messages.map((message) => message.id));
  beginTry(outboxDb, id, [...known]);
  try {
    const message = await auth.request('level1Reply', {
      params: { id: ticketId },
      body: { message: text },
    });
    const mismatch = whyNotMessage(
      operation,
      message,
      witnesses.of(id, (messageId) => known.has(messageId)),
    );
    // The thread shows what became of it.
    return mismatch === null
      ? ackMessage(parts, id, message)
      : { kind: 'unsettled', doubt: 'open' };
  } catch (error) {
    const doubt = doubtAfter(error);
    if (doubt === null) throw error;
    return { kind: 'unsettled', doubt };
  }
}

/** The message of this reply, where the thread has it, the oldest of several. */
function findArrived(
  { outboxDb, witnesses }: SendLevel1Parts,
  operation: Operation,
  messages: readonly MessageLevel1[],
): MessageLevel1 | undefined {
  const [first] = findSent(
    messages.filter(mayBeFrom(outboxDb, operation)),
    operation,
    witnesses.of(operation.id),
  );
  return messages.find(({ id }) => id === first);
}

/**
 * Which messages of a thread this reply can have made: those that were not there before the try or,
 * where this desk knows of no try, those since the author looked. Its files may be an older copy.
 */
export function mayBeFrom(
  outboxDb: ReadDb,
  { id, seenThrough }: Operation,
): (message: Pick<MessageLevel1, 'id' | 'created_at'>) => boolean {
  const known = readTry(outboxDb, id)?.known;
  return (message) =>
    known ? !known.has(message.id) : parseWireMicros(message.created_at) > (seenThrough ?? 0);
}

/**
 * An operation that was tried under a key and is not there goes without one only by the agent's
 * decision, for which it is asked once.
 */
function askFirst(outboxDb: WriteDb, operationId: string): boolean {
  const keyed = keyedTry(outboxDb, operationId);
  if (keyed === null || keyed.asked) return false;
  askAboutKeyedTry(outboxDb, operationId);
  return true;
}

const unknown: Outcome = parked('unknown-outcome');

/**
 * Reads the thread first, as a reply does: between two polls a customer may have written, and
 * closing would bury it. Closing twice does no harm, so a lost answer is simply tried again:
 * 'closed already' is then what the agent wanted.
 */
async function close(parts: SendLevel1Parts, operation: Operation): Promise<Outcome> {
  const { auth, cache, me } = parts;
  const params = { id: operation.ticketId };
  const ack = (ticket: TicketLevel1): Outcome => {
    const mismatch = whyNotTicket(operation, ticket, null);
    if (mismatch !== null) return { kind: 'bad-answer', why: mismatch };
    return {
      kind: 'acked',
      serverId: ticket.id,
      answer: { ticket: toTicket(ticket, cachedFacts(cache, ticket.id), me) },
    };
  };
  const { ticket: before } = await parts.readThread(operation.ticketId);
  if (before.status === 'closed') return ack(before);
  if (newerThanSeen(cache, operation, me.id).length > 0) return parked('stale');
  if (parts.stopped()) return sendLater;
  try {
    return ack(await auth.request('level1Close', { params }));
  } catch (error) {
    if (
      !(error instanceof ApiError) ||
      error.failure.kind !== 'status' ||
      error.failure.status !== 404
    )
      throw error;
    const { ticket } = await auth.request('level1Ticket', { params });
    if (ticket.status === 'closed') return ack(ticket);
    throw error;
  }
}

function ackMessage({ me }: SendLevel1Parts, operationId: string, message: MessageLevel1): Outcome {
  return {
    kind: 'acked',
    serverId: message.id,
    answer: { message: toOwnMessage(message, me, operationId) },
  };
}

/** Never connected, so nothing was sent. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const broken = new Set(['ECONNRESET', 'EPIPE']);
/** A gateway's words: what it did with the request nobody knows. */
const gateways = new Set([405, 408, 410]);

/**
 * Whether a failed POST may have had its effect, and may still have it; null when it surely has
 * not.
 */
function doubtAfter(error: unknown): Doubt | null {
  if (!(error instanceof ApiError)) return 'ended';
  const { failure } = error;
  switch (failure.kind) {
    case 'signed-out':
      return null;
    case 'bad-answer':
      return 'open';
    case 'unreachable': {
      const code = codeOf(error.cause);
      if (notSent.has(code)) return null;
      return broken.has(code) ? 'ended' : 'open';
    }
    case 'status':
      if (failure.status === 500) return 'ended';
      if (failure.status === 404 && !saysNoTicketLevel1(failure)) return 'open';
      return failure.status > 500 || gateways.has(failure.status) ? 'open' : null;
    default:
      return assertNever(failure);
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : '';
}
