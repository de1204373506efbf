import type { MessageLevel1, TicketLevel1 } from '../../contract/entities.ts';
import { assertNever } from '../../core/assert-never.ts';
import { toMessage, toTicket } from '../../core/level1.ts';
import type { Operation } from '../../core/operation.ts';
import type { Doubt } from '../../core/unknown-outcome.ts';
import { findSent } from '../../core/unknown-outcome.ts';
import type { WriteDb } from '../db/open.ts';
import { beginTry, readTry } from '../db/tries.ts';
import { ApiError } from './api-error.ts';
import type { Me } from './apply-level1.ts';
import { cachedFacts } from './apply-level1.ts';
import type { Auth } from './auth.ts';
import type { Outcome } from './dispatch.ts';
import { judge } from './dispatch.ts';
import { newerThanSeen } from './staleness.ts';

export interface SendLevel1Parts {
  auth: Auth;
  cache: WriteDb;
  outboxDb: WriteDb;
  me: Me;
  /** Reads a ticket with its thread now, into the cache too. Throws ApiError. */
  readThread: (ticketId: string) => Promise<{ ticket: TicketLevel1; messages: MessageLevel1[] }>;
  stopped: () => boolean;
}

/** Sends one operation to a server without idempotency. What the server cannot do is parked. Throws only what is a bug. */
export async function dispatchLevel1(parts: SendLevel1Parts, operation: Operation): Promise<Outcome> {
  const { intent } = operation;
  try {
    switch (intent.kind) {
      case 'reply': return await reply(parts, operation, intent.text);
      case 'close': return await close(parts, operation.ticketId);
      case 'change':
        // No server is needed for it: the desk itself keeps it.
        if (Object.keys(intent.change).every((field) => field === 'snoozed_until')) return { kind: 'acked', serverId: operation.ticketId, answer: {} };
        return { kind: 'parked', reason: 'not-supported', detail: null, answer: {} };
      case 'note':
      case 'reopen': return { kind: 'parked', reason: 'not-supported', detail: null, answer: {} };
      case 'unreadable': return { kind: 'parked', reason: 'unreadable', detail: null, answer: {} };
      default: return assertNever(intent);
    }
  } catch (error) {
    if (error instanceof ApiError) return judge(error.failure);
    throw error;
  }
}

/**
 * Reads the thread first and writes down what it holds, so that a lost answer can be settled by reading it again. An
 * operation that was tried before and sent again by the agent is sent only if its message is still not there.
 */
async function reply(parts: SendLevel1Parts, operation: Operation, text: string): Promise<Outcome> {
  const { id, ticketId } = operation;
  const { auth, cache, outboxDb, me } = parts;
  const { ticket, messages } = await parts.readThread(ticketId);
  const before = readTry(outboxDb, id);
  const [arrived, other] = before ? findSent(messages, { me: me.id, text, known: before.known }) : [];
  const message = other === undefined ? messages.find((m) => m.id === arrived) : undefined;
  if (message) return ackMessage(parts, id, message);
  // Between two polls the cache is behind; now it is not.
  if (newerThanSeen(cache, operation, me.id).length > 0) return { kind: 'parked', reason: 'stale', detail: null, answer: {} };
  // Level 1 would take it.
  if (ticket.status === 'closed') return { kind: 'parked', reason: 'ticket-closed', detail: null, answer: {} };
  // Nothing has gone out yet, so a desk that closes now leaves no doubt behind.
  if (parts.stopped()) return { kind: 'later', retryAfterMs: null, everyone: false };
  beginTry(outboxDb, id, messages.map((m) => m.id));
  try {
    return ackMessage(parts, id, await auth.request('level1Reply', { params: { id: ticketId }, body: { message: text } }));
  } catch (error) {
    const doubt = doubtAfter(error);
    if (doubt === null) throw error;
    return { kind: 'unsettled', doubt };
  }
}

/** Closing twice does no harm, so a lost answer is simply tried again: 'closed already' is then what the agent wanted. */
async function close({ auth, cache }: SendLevel1Parts, ticketId: string): Promise<Outcome> {
  const params = { id: ticketId };
  const ack = (ticket: TicketLevel1): Outcome => ({ kind: 'acked', serverId: ticket.id, answer: { ticket: toTicket(ticket, cachedFacts(cache, ticketId)) } });
  try {
    return ack(await auth.request('level1Close', { params }));
  } catch (error) {
    if (!(error instanceof ApiError) || error.failure.kind !== 'status' || error.failure.status !== 404) throw error;
    const { ticket } = await auth.request('level1Ticket', { params });
    if (ticket.status === 'closed') return ack(ticket);
    throw error;
  }
}

function ackMessage({ me }: SendLevel1Parts, operationId: string, message: MessageLevel1): Outcome {
  return { kind: 'acked', serverId: message.id, answer: { message: toMessage(message, me, operationId) } };
}

/** Never connected, so nothing was sent. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const broken = new Set(['ECONNRESET', 'EPIPE']);

/** Whether a failed POST may have had its effect, and may still have it; null when it surely has not. */
export function doubtAfter(error: unknown): Doubt | null {
  if (!(error instanceof ApiError)) return 'ended';
  const { failure } = error;
  switch (failure.kind) {
    case 'signed-out': return null;
    case 'bad-answer': return 'open';
    case 'unreachable': {
      const code = codeOf(error.cause);
      if (notSent.has(code)) return null;
      return broken.has(code) ? 'ended' : 'open';
    }
    case 'status':
      if (failure.status === 500) return 'ended';
      return failure.status > 500 || failure.status === 408 ? 'open' : null;
    default: return assertNever(failure);
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}
