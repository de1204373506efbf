import type { Message, Ticket } from '../../../../../contract/entities.ts';
import { ConflictBody, MergedBody } from '../../../../../contract/api.ts';
import { assertNever } from '../../../../../core/assert-never.ts';
import { whyNotMessage, whyNotTicket, type Witness } from '../../../../../core/confirmation.ts';
import { touchedFields, type Operation, type ParkReason } from '../../../../../core/operation.ts';
import { isOwnRefusal, saysNoTicket } from '../../../../../core/own-refusal.ts';
import type { Doubt } from '../../../../../core/unknown-outcome.ts';
import { ApiError, type ApiFailure } from '../../api-error.ts';
import type { Auth } from '../../../areas/session/auth.ts';

/** What became of one try to send an operation. */
export type Outcome =
  | { kind: 'acked'; serverId: string; answer: { ticket?: Ticket; message?: Message } }
  /**
   * Never reached the server, or not surely: goes again under the same id and spends no attempt.
   */
  | { kind: 'offline'; failure: ApiFailure & { kind: 'unreachable' } }
  /**
   * What came is not the API's answer to this operation: nothing is confirmed and nothing refused
   * by it. Goes again under the same id after a wait.
   */
  | { kind: 'bad-answer'; why: string }
  /** The server is there but cannot now: goes again after a wait. */
  | { kind: 'later'; retryAfterMs: number | null; everyone: boolean }
  | { kind: 'signed-out' }
  /**
   * Its answer speaks of a state that a new full copy has replaced meanwhile: the same key asks
   * again what is true now.
   */
  | { kind: 'outdated' }
  /**
   * It may have arrived and a second try could make it two: it stays in flight until its thread was
   * read.
   */
  | { kind: 'unsettled'; doubt: Doubt }
  | { kind: 'parked'; reason: ParkReason; detail: string | null; answer: { ticket?: Ticket } };

export interface SendParts {
  auth: Auth;
  witness: Witness;
  /** The version of its ticket that was known when it was made; null: not comparable. */
  notBefore: number | null;
}

const retryable = new Set([408, 425, 429]);

/**
 * Sends one operation under its own id and judges the answer (R5, R6). Throws only what is a bug.
 */
export async function dispatch(parts: SendParts, operation: Operation): Promise<Outcome> {
  try {
    return await send(parts, operation);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return await judgeRefusal(parts.auth, operation, error.failure);
  }
}

async function send(
  { auth, witness, notBefore }: SendParts,
  operation: Operation,
): Promise<Outcome> {
  const { id, ticketId, intent } = operation;
  const parts = { params: { id: ticketId }, idempotencyKey: id };
  const ackMessage = (message: Message): Outcome => confirmMessage(operation, message, witness);
  const ackTicket = (ticket: Ticket): Outcome => confirmTicket(operation, ticket, notBefore);
  switch (intent.kind) {
    case 'reply':
      return ackMessage(
        await auth.request('postMessage', { ...parts, body: { message: intent.text } }),
      );
    case 'note':
      return ackMessage(
        await auth.request('postNote', {
          ...parts,
          body: { message: intent.text, mentions: intent.mentions },
        }),
      );
    case 'change':
      return ackTicket(
        await auth.request('patchTicket', {
          ...parts,
          body: { ...intent.change, base: intent.base },
        }),
      );
    case 'reopen':
      return ackTicket(await auth.request('reopenTicket', parts));
    case 'close':
      return ackTicket(await auth.request('closeTicket', parts));
    case 'unreadable':
      return { kind: 'parked', reason: 'unreadable', detail: null, answer: {} };
    default:
      return assertNever(intent);
  }
}

function confirmMessage(operation: Operation, message: Message, witness: Witness): Outcome {
  const mismatch = whyNotMessage(operation, message, witness);
  return mismatch === null
    ? { kind: 'acked', serverId: message.id, answer: { message } }
    : { kind: 'bad-answer', why: mismatch };
}

function confirmTicket(operation: Operation, ticket: Ticket, notBefore: number | null): Outcome {
  const mismatch = whyNotTicket(operation, ticket, notBefore);
  return mismatch === null
    ? { kind: 'acked', serverId: ticket.id, answer: { ticket } }
    : { kind: 'bad-answer', why: mismatch };
}

/**
 * A refusal ends an operation for the agent, so it must be the API's own; that a ticket is gone or
 * merged is asked a second time.
 */
async function judgeRefusal(
  auth: Auth,
  operation: Operation,
  failure: ApiFailure,
): Promise<Outcome> {
  const outcome = judge(operation, failure);
  if (
    outcome.kind !== 'parked' ||
    (outcome.reason !== 'ticket-gone' && outcome.reason !== 'ticket-merged')
  )
    return outcome;
  try {
    const { ticket } = await auth.request('getTicket', { params: { id: operation.ticketId } });
    if (ticket.id !== operation.ticketId || outcome.reason === 'ticket-merged')
      return { kind: 'bad-answer', why: 'other-ticket' };
    // The API says one thing for 'gone' and 'closed already': closed is what the agent wanted.
    if (operation.intent.kind === 'close' && ticket.status === 'closed')
      return confirmTicket(operation, ticket, null);
    return { kind: 'parked', reason: 'refused', detail: outcome.detail, answer: { ticket } };
  } catch (error) {
    if (error instanceof ApiError) return judge(operation, error.failure);
    throw error;
  }
}

/** What a failure says about an operation, on a server that knows keys. */
function judge(operation: Pick<Operation, 'ticketId' | 'intent'>, failure: ApiFailure): Outcome {
  const passing = judgePassing(failure);
  if (passing) return passing;
  if (failure.kind !== 'status') return { kind: 'bad-answer', why: failure.kind };
  const { status, detail, body } = failure;
  if (!isOwnRefusal(failure))
    return { kind: 'bad-answer', why: `status ${status} that is not the API's own` };
  if (status === 412) return judgeConflict(operation, ConflictBody.safeParse(body).data);
  const mergedInto = saysNoTicket(failure)
    ? MergedBody.safeParse(body).data?.merged_into
    : undefined;
  if (mergedInto !== undefined)
    return { kind: 'parked', reason: 'ticket-merged', detail: mergedInto, answer: {} };
  return { kind: 'parked', reason: parkReasonOf(status), detail, answer: {} };
}

/** What a failure of any server says that passes by itself; null for a refusal. */
export function judgePassing(failure: ApiFailure): Outcome | null {
  if (failure.kind === 'signed-out') return { kind: 'signed-out' };
  if (failure.kind === 'unreachable') return { kind: 'offline', failure };
  if (failure.kind !== 'status') return { kind: 'bad-answer', why: failure.why };
  const { status, retryAfterMs } = failure;
  if (status >= 500 || retryable.has(status))
    return { kind: 'later', retryAfterMs, everyone: status === 429 || status === 503 };
  // 409 with Retry-After: an earlier try with this key is still being worked on.
  if (status === 409 && retryAfterMs !== null)
    return { kind: 'later', retryAfterMs, everyone: false };
  return null;
}

/** A clash names this ticket, and fields that this operation sets. */
function judgeConflict(
  { ticketId, intent }: Pick<Operation, 'ticketId' | 'intent'>,
  conflict: ConflictBody | undefined,
): Outcome {
  const touched = touchedFields(intent);
  if (
    conflict?.ticket.id !== ticketId ||
    !conflict.fields.every((field) => touched.includes(field))
  )
    return { kind: 'bad-answer', why: 'other-ticket' };
  return {
    kind: 'parked',
    reason: 'conflict',
    detail: conflict.fields.join(', '),
    answer: { ticket: conflict.ticket },
  };
}

function parkReasonOf(status: number): ParkReason {
  switch (status) {
    case 404:
      return 'ticket-gone';
    case 409:
      return 'ticket-closed';
    case 403:
      return 'not-allowed';
    default:
      return 'refused';
  }
}
