import { ConflictBody, MergedBody } from '../../../../contract/wire/api.ts';
import { touchedFields, type Operation, type ParkReason } from '../../../../core/operation.ts';
import { isOwnRefusal, saysNoTicketLevel1, type Refusal } from '../../../../core/own-refusal.ts';
import type { ApiFailure } from '../../feed/api-error.ts';
import type { KindName } from '../../feed/servers/kind.ts';
import type { Outcome, Parked } from './outcome.ts';

type Judged = Pick<Operation, 'ticketId' | 'intent'>;

/** How a kind of server refuses for good. */
interface Refusals {
  /** Whether the refusal is the server's own, and not a gateway's. */
  isOwn: (refusal: Refusal) => boolean;
  /** By status; every other refusal parks as 'refused'. */
  reasons: Readonly<
    Record<number, ParkReason | ((operation: Judged, refusal: Refusal) => Outcome)>
  >;
}

/**
 * Which refusal parks an operation, with which reason, for each kind of server. The agent frees it:
 * by sending it again, by a changed one in its place, or by discarding it.
 *
 * The desk itself parks for these reasons:
 * - 'stale': something newer than the author saw (before-sending.ts, level1/send.ts)
 * - 'unreadable': an entry that this version cannot read (send.ts of both kinds)
 * - 'not-supported': the server cannot do it (level1/send.ts)
 * - 'ticket-closed': a reply that level 1 would take although the ticket is closed (level1/send.ts)
 * - 'unknown-outcome': a lost answer that stays lost (settle.ts), or one that stays too old
 *   (staffdesk/send.ts)
 * - 'lost': a confirmed message that the server does not have any more (lost.ts)
 */
const refusals: Readonly<Record<KindName, Refusals>> = {
  staffdesk: {
    isOwn: isOwnRefusal,
    reasons: {
      403: 'not-allowed',
      404: goneOrMerged,
      409: 'ticket-closed',
      412: conflictOrNot,
    },
  },
  level1: {
    // It has no words of its own for most refusals. An unknown path or method is a gateway's word:
    // the desk asks only for what level 1 has.
    isOwn: (refusal) =>
      refusal.status === 404
        ? saysNoTicketLevel1(refusal)
        : refusal.status !== 405 && refusal.status !== 410,
    reasons: { 403: 'not-allowed', 404: 'ticket-gone', 409: 'ticket-closed' },
  },
};

const retryable = new Set([408, 425, 429]);

/** Judges a response of a server of this kind that is no success (R6). */
export function judgeFailure(kind: KindName, operation: Judged, failure: ApiFailure): Outcome {
  if (failure.kind === 'signed-out') return { kind: 'signed-out' };
  if (failure.kind === 'unreachable') return { kind: 'offline', failure };
  if (failure.kind !== 'status') return { kind: 'bad-answer', why: failure.why };
  const passing = judgePassing(failure);
  if (passing) return passing;
  const { isOwn, reasons } = refusals[kind];
  if (!isOwn(failure))
    return { kind: 'bad-answer', why: `status ${failure.status} that is not the API's own` };
  const found = reasons[failure.status] ?? 'refused';
  return typeof found === 'string' ? parked(found, failure.detail) : found(operation, failure);
}

/** A status that passes without anybody's doing; null for a refusal. */
function judgePassing({ status, retryAfterMs }: ApiFailure & { kind: 'status' }): Outcome | null {
  if (status >= 500 || retryable.has(status))
    return { kind: 'later', retryAfterMs, everyone: status === 429 || status === 503 };
  // 409 with Retry-After: an earlier try with this key is still being worked on.
  if (status === 409 && retryAfterMs !== null)
    return { kind: 'later', retryAfterMs, everyone: false };
  return null;
}

function goneOrMerged(_: Judged, { body, detail }: Refusal): Outcome {
  const into = MergedBody.safeParse(body).data?.merged_into;
  return into === undefined ? parked('ticket-gone', detail) : parked('ticket-merged', into);
}

/** A clash names this ticket, and fields that this operation sets. */
function conflictOrNot({ ticketId, intent }: Judged, { body }: Refusal): Outcome {
  const conflict = ConflictBody.safeParse(body).data;
  const touched = touchedFields(intent);
  if (
    conflict?.ticket.id !== ticketId ||
    !conflict.fields.every((field) => touched.includes(field))
  )
    return { kind: 'bad-answer', why: 'other-ticket' };
  return parked('conflict', conflict.fields.join(', '), { ticket: conflict.ticket });
}

export const parked = (
  reason: ParkReason,
  detail: string | null = null,
  answer: Parked['answer'] = {},
): Parked => ({ kind: 'parked', reason, detail, answer });
