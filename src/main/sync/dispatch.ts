import type { Message, Ticket } from '../../contract/entities.ts';
import { ConflictBody, MergedBody } from '../../contract/api.ts';
import { assertNever } from '../../core/assert-never.ts';
import type { Operation, ParkReason } from '../../core/operation.ts';
import type { Doubt } from '../../core/unknown-outcome.ts';
import type { ApiFailure } from './api-error.ts';
import { ApiError } from './api-error.ts';
import type { Auth } from './auth.ts';

/** What became of one try to send an operation. */
export type Outcome =
  | { kind: 'acked'; serverId: string; answer: { ticket?: Ticket; message?: Message } }
  /** Never reached the server, or not surely: goes again under the same id and spends no attempt. */
  | { kind: 'offline'; failure: Exclude<ApiFailure, { kind: 'status' | 'signed-out' }> }
  /** The server is there but cannot now: goes again after a wait. */
  | { kind: 'later'; retryAfterMs: number | null; everyone: boolean }
  | { kind: 'signed-out' }
  /** Its answer speaks of a state that a new full copy has replaced meanwhile: the same key asks again what is true now. */
  | { kind: 'outdated' }
  /** It may have arrived and a second try could make it two: it stays in flight until its thread was read. */
  | { kind: 'unsettled'; doubt: Doubt }
  | { kind: 'parked'; reason: ParkReason; detail: string | null; answer: { ticket?: Ticket } };

const retryable = new Set([408, 425, 429]);

/** Sends one operation under its own id and judges the answer (R5, R6). Throws only what is a bug. */
export async function dispatch(auth: Auth, operation: Operation): Promise<Outcome> {
  try {
    return await send(auth, operation);
  } catch (error) {
    if (error instanceof ApiError) return judge(error.failure);
    throw error;
  }
}

async function send(auth: Auth, { id, ticketId, intent }: Operation): Promise<Outcome> {
  const parts = { params: { id: ticketId }, idempotencyKey: id };
  switch (intent.kind) {
    case 'reply': return ackMessage(await auth.request('postMessage', { ...parts, body: { message: intent.text } }));
    case 'note': return ackMessage(await auth.request('postNote', { ...parts, body: { message: intent.text, mentions: intent.mentions } }));
    case 'change': return ackTicket(await auth.request('patchTicket', { ...parts, body: { ...intent.change, base: intent.base } }));
    case 'reopen': return ackTicket(await auth.request('reopenTicket', parts));
    case 'close': return close(auth, ticketId, parts);
    case 'unreadable': return { kind: 'parked', reason: 'unreadable', detail: null, answer: {} };
    default: return assertNever(intent);
  }
}

/** The API says one thing for 'gone' and 'closed already', so the ticket is asked: closed is what the agent wanted. */
async function close(auth: Auth, ticketId: string, parts: { params: { id: string }; idempotencyKey: string }): Promise<Outcome> {
  try {
    return ackTicket(await auth.request('closeTicket', parts));
  } catch (error) {
    if (!(error instanceof ApiError) || error.failure.kind !== 'status' || error.failure.status !== 404) throw error;
    const { ticket } = await auth.request('getTicket', { params: { id: ticketId } });
    if (ticket.status === 'closed') return ackTicket(ticket);
    throw error;
  }
}

function ackMessage(message: Message): Outcome {
  return { kind: 'acked', serverId: message.id, answer: { message } };
}

function ackTicket(ticket: Ticket): Outcome {
  return { kind: 'acked', serverId: ticket.id, answer: { ticket } };
}

export function judge(failure: ApiFailure): Outcome {
  if (failure.kind === 'signed-out') return { kind: 'signed-out' };
  if (failure.kind !== 'status') return { kind: 'offline', failure };
  const { status, detail, retryAfterMs } = failure;
  if (status >= 500 || retryable.has(status)) return { kind: 'later', retryAfterMs, everyone: status === 429 || status === 503 };
  // 409 with Retry-After: an earlier try with this key is still being worked on.
  if (status === 409 && retryAfterMs !== null) return { kind: 'later', retryAfterMs, everyone: false };
  const conflict = status === 412 ? ConflictBody.safeParse(failure.body).data : undefined;
  if (conflict) return { kind: 'parked', reason: 'conflict', detail: conflict.fields.join(', '), answer: { ticket: conflict.ticket } };
  const mergedInto = status === 404 ? MergedBody.safeParse(failure.body).data?.merged_into : undefined;
  if (mergedInto !== undefined) return { kind: 'parked', reason: 'ticket-merged', detail: mergedInto, answer: {} };
  return { kind: 'parked', reason: parkReasonOf(status), detail, answer: {} };
}

function parkReasonOf(status: number): ParkReason {
  switch (status) {
    case 404:
    case 410: return 'ticket-gone';
    case 409: return 'ticket-closed';
    case 403: return 'not-allowed';
    case 405: return 'not-supported';
    default: return 'refused';
  }
}
