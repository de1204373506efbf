import type { Message, Ticket } from '../../../../../contract/wire/entities.ts';
import { assertNever } from '../../../../../core/assert-never.ts';
import { whyNotMessage, whyNotTicket, type Witness } from '../../../../../core/confirmation.ts';
import type { Operation } from '../../../../../core/operation.ts';
import type { Outcome } from '../../../areas/outbox/outcome.ts';
import { judgeFailure, parked } from '../../../areas/outbox/parking.ts';
import type { Auth } from '../../../areas/session/auth.ts';
import { ApiError, type ApiFailure } from '../../api-error.ts';

export interface SendParts {
  auth: Auth;
  witness: Witness;
  /** The version of its ticket that was known when it was made; null: not comparable. */
  notBefore: number | null;
  olderAnswers: OlderAnswers;
}

/** Notes one more answer to an operation that is older than `notBefore`; true: one too many. */
export type OlderAnswers = (operationId: string) => boolean;

/** With the pauses between, these outlast a cache or proxy that mixed up a few answers. */
const olderAnswersBorne = 4;

export function createOlderAnswers(): OlderAnswers {
  const times = new Map<string, number>();
  return (operationId) => {
    const now = (times.get(operationId) ?? 0) + 1;
    times.set(operationId, now);
    return now > olderAnswersBorne;
  };
}

/**
 * Sends one operation under its own id and judges the answer (R5, R6). Throws only what is a bug.
 */
export async function dispatch(parts: SendParts, operation: Operation): Promise<Outcome> {
  const { auth, olderAnswers } = parts;
  try {
    const outcome = await send(parts, operation);
    const isOlder = outcome.kind === 'bad-answer' && outcome.why === 'older-state';
    return isOlder && olderAnswers(operation.id) ? await judgeByTicket(auth, operation) : outcome;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return await judgeRefusal(auth, operation, error.failure);
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
      return parked('unreadable');
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
 * An answer that stays older than the version known may be the right one, repeated under its key:
 * after an older outbox was put back, that version can be of a later change. The ticket itself
 * decides; where it does not show the effect, only the agent can.
 */
async function judgeByTicket(auth: Auth, operation: Operation): Promise<Outcome> {
  const { ticket } = await auth.request('getTicket', { params: { id: operation.ticketId } });
  const outcome = confirmTicket(operation, ticket, null);
  const isUnclear = outcome.kind !== 'acked' && ticket.id === operation.ticketId;
  return isUnclear ? parked('unknown-outcome') : outcome;
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
  const outcome = judgeFailure('staffdesk', operation, failure);
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
    return parked('refused', outcome.detail, { ticket });
  } catch (error) {
    if (error instanceof ApiError) return judgeFailure('staffdesk', operation, error.failure);
    throw error;
  }
}
