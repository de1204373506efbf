import type { Trouble } from '../contract/troubles.ts';

export type { Trouble };

/**
 * The trouble for each network error before a response: codes of Node, its resolver and OpenSSL.
 */
const byCode: Readonly<Record<string, Trouble>> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  EAI_FAIL: 'name-not-found',
  EAI_NODATA: 'name-not-found',
  EAI_NONAME: 'name-not-found',
  ECONNREFUSED: 'connection-refused',
  ETIMEDOUT: 'timed-out',
  ECONNABORTED: 'timed-out',
  ESOCKETTIMEDOUT: 'timed-out',
  // A computer with a wrong date reports this for every valid certificate.
  CERT_HAS_EXPIRED: 'certificate-date',
  CERT_NOT_YET_VALID: 'certificate-date',
  CRL_HAS_EXPIRED: 'certificate-date',
  CRL_NOT_YET_VALID: 'certificate-date',
  CERT_CHAIN_TOO_LONG: 'bad-certificate',
  CERT_REJECTED: 'bad-certificate',
  CERT_REVOKED: 'bad-certificate',
  CERT_SIGNATURE_FAILURE: 'bad-certificate',
  CERT_UNTRUSTED: 'bad-certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'bad-certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'bad-certificate',
  HOSTNAME_MISMATCH: 'bad-certificate',
  INVALID_CA: 'bad-certificate',
  INVALID_PURPOSE: 'bad-certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'bad-certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'bad-certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'bad-certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'bad-certificate',
  // The other end does not speak TLS.
  EPROTO: 'unexpected-answer',
};

/** The trouble of a request without a response. */
export function troubleOfCode(code: string): Trouble {
  return (
    byCode[code] ??
    (code.startsWith('HPE_') || code.startsWith('ERR_SSL_') ? 'unexpected-answer' : 'unreachable')
  );
}

/** The head of a response. */
export interface SeenAnswer {
  status: number;
  isJson: boolean;
}

/** The trouble of an unusable response. */
export function troubleOfAnswer({ status, isJson }: SeenAnswer): Trouble {
  if (status === 407) return 'proxy-sign-in';
  if (status === 429) return 'rate-limited';
  // 511: the network itself reports that it requires a sign-in.
  if (status >= 500) return status === 511 ? 'unexpected-answer' : 'server-error';
  if (!isJson || (status >= 300 && status < 400)) return 'unexpected-answer';
  return status === 404 || status === 405 ? 'wrong-address' : 'odd-answer';
}

/** True if a refusal says that the account is deactivated, in the words of any service. */
export function saysDeactivated(status: number, detail: string): boolean {
  if (status !== 401 && status !== 403) return false;
  return /\b(inactive|deactivated|disabled)\b/i.test(detail) && /\b(user|account)\b/i.test(detail);
}

/** A failure as the client reports it. */
export type SeenFailure =
  | { kind: 'unreachable'; trouble?: Trouble }
  | { kind: 'bad-answer'; trouble?: Trouble }
  | { kind: 'signed-out'; deactivated?: boolean }
  | { kind: 'status'; status: number; detail: string };

/**
 * The one table from failures to troubles. Null: signed out, which is no trouble with the server.
 */
export function troubleOf(failure: SeenFailure): Trouble | null {
  switch (failure.kind) {
    case 'unreachable':
      return failure.trouble ?? 'unreachable';
    case 'bad-answer':
      return failure.trouble ?? 'odd-answer';
    case 'signed-out':
      return failure.deactivated === true ? 'account-deactivated' : null;
    case 'status':
      return saysDeactivated(failure.status, failure.detail)
        ? 'account-deactivated'
        : troubleOfAnswer({ status: failure.status, isJson: true });
  }
}
