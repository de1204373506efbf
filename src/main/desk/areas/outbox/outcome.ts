import type { Message, Ticket } from '../../../../contract/wire/entities.ts';
import type { ParkReason } from '../../../../core/operation.ts';
import type { Doubt } from '../../../../core/unknown-outcome.ts';
import type { ApiFailure } from '../../feed/api-error.ts';

/** The outcome of one try to send an operation. */
export type Outcome =
  | { kind: 'acked'; serverId: string; answer: { ticket?: Ticket; message?: Message } }
  /**
   * Never reached the server, or not surely: goes again under the same id and spends no attempt.
   */
  | { kind: 'offline'; failure: ApiFailure & { kind: 'unreachable' } }
  /**
   * The answer is not the API's to this operation: it neither confirms nor refuses anything. Sent
   * again under the same id after a wait.
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
  | Parked;

/** It waits for its agent. */
export interface Parked {
  kind: 'parked';
  reason: ParkReason;
  detail: string | null;
  answer: { ticket?: Ticket };
}

/** Not by the server's fault and not by the operation's: goes again after the usual wait. */
export const sendLater: Outcome = { kind: 'later', retryAfterMs: null, everyone: false };
