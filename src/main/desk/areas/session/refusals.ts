import { saysDeactivated } from '../../../../core/trouble.ts';
import { ApiError } from '../../feed/api-error.ts';

/** The status of an error of the API; null for any other error. */
export const statusOf = (error: unknown): number | null =>
  error instanceof ApiError && error.failure.kind === 'status' ? error.failure.status : null;

/** Nothing but a sign-in helps then; the token stays, since the account may be put back. */
export const isDeactivated = (error: unknown): boolean =>
  error instanceof ApiError &&
  error.failure.kind === 'status' &&
  saysDeactivated(error.failure.status, error.failure.detail);
