import type { Me } from '../../contract/api.ts';
import type { Account } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import { ApiError } from '../sync/api-error.ts';

/** The staff account behind an answer of /auth/me. Level 1 knows no role: there a superuser is staff. Throws BridgeError 'not-staff'. */
export function checkAccount(me: Me): Account {
  const role = me.role ?? (me.is_superuser ? 'admin' : 'customer');
  if (role === 'customer') throw new BridgeError('not-staff');
  return { id: me.id, email: me.email, name: me.full_name ?? me.username, role };
}

/** What a failed sign-in means for the person in front of it. */
export function signInFailure(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const { failure } = error;
  switch (failure.kind) {
    case 'unreachable': return new BridgeError('unreachable', { cause: error });
    case 'bad-answer': return new BridgeError('unexpected-answer', { cause: error });
    case 'signed-out': return new BridgeError('wrong-credentials', { cause: error });
    case 'status':
      if (failure.status === 429) return new BridgeError('too-many-attempts', { cause: error, ...(failure.retryAfterMs === null ? {} : { retryAfter: Math.ceil(failure.retryAfterMs / 1000) }) });
      if (failure.status >= 500) return new BridgeError('server-error', { cause: error });
      return new BridgeError('wrong-credentials', { cause: error });
  }
}
