import { BridgeError } from '../../../contract/errors.ts';
import { saysNoTicket, saysNoTicketLevel1 } from '../../../core/own-refusal.ts';
import { troubleOf } from '../../../core/trouble.ts';
import { ApiError } from './api-error.ts';

/**
 * Turns the error of a failed request about a ticket into one that tells the user what it means for
 * them.
 */
export function requestFailure(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const { failure } = error;
  if (failure.kind === 'status' && (saysNoTicket(failure) || saysNoTicketLevel1(failure)))
    return new BridgeError('ticket-not-found', { cause: error });
  return new BridgeError(troubleOf(failure) ?? 'not-signed-in', { cause: error });
}
