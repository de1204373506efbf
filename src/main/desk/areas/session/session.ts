import type { Me } from '../../../../contract/wire/api.ts';
import type { Account } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import { troubleOf } from '../../../../core/trouble.ts';
import { ApiError, type ApiFailure } from '../../feed/api-error.ts';

/**
 * The staff account behind an answer of /auth/me. Level 1 knows no role: there a superuser is
 * staff. Throws BridgeError 'not-staff'.
 */
export function checkAccount(me: Me): Account {
  const role = me.role ?? (me.is_superuser ? 'admin' : 'customer');
  if (role === 'customer') throw new BridgeError('not-staff');
  return { id: me.id, email: me.email, name: me.full_name ?? me.username, role };
}

/** 422: what was typed is no email address. */
const isAboutCredentials = (failure: ApiFailure): boolean =>
  failure.kind === 'status' && [400, 401, 403, 422].includes(failure.status);

/** Turns the error of a failed sign-in into one that tells the user what it means for them. */
export function signInFailure(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const { failure } = error;
  if (failure.kind === 'status' && failure.status === 429) {
    return new BridgeError('too-many-attempts', {
      cause: error,
      ...(failure.retryAfterMs === null
        ? {}
        : { retryAfter: Math.ceil(failure.retryAfterMs / 1000) }),
    });
  }
  const trouble = troubleOf(failure);
  return new BridgeError(
    trouble === null || (trouble !== 'account-deactivated' && isAboutCredentials(failure))
      ? 'wrong-credentials'
      : trouble,
    { cause: error },
  );
}
