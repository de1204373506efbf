import { BridgeError } from '../../contract/errors.ts';
import { ApiError } from '../sync/api-error.ts';

/** What a failed request about a ticket means for the person in front of it. */
export function requestFailure(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const { failure } = error;
  switch (failure.kind) {
    case 'unreachable': return new BridgeError('unreachable', { cause: error });
    case 'bad-answer': return new BridgeError('unexpected-answer', { cause: error });
    case 'signed-out': return new BridgeError('not-signed-in', { cause: error });
    case 'status': return new BridgeError(failure.status === 404 ? 'ticket-not-found' : 'server-error', { cause: error });
  }
}
