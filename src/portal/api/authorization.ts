import { TokenPair } from '../../contract/wire/api.ts';
import { forget, noCredentials, ownSession, take, type Credentials } from './credentials.ts';
import { ApiFailure } from './failure.ts';
import { newTag } from './kept-session.ts';
import { read, send, type ApiRequest } from './request.ts';

/** Sends requests as the signed-in customer. */
export interface Authorization {
  credentials: Credentials;
  /** Renews the access token, one request at a time. False: the session is over. */
  refresh(): Promise<boolean>;
  /** Sends a request; refreshes once if the access token has expired. */
  send(request: ApiRequest): Promise<Response>;
  /** Ends the session in this tab. Returns the error to throw. */
  signedOut(): ApiFailure;
}

/** `onSignedOut` runs when the session has ended. */
export function createAuthorization(onSignedOut: () => void): Authorization {
  const credentials = noCredentials();
  let refreshing: Promise<boolean> | null = null;

  function refresh(): Promise<boolean> {
    refreshing ??= refreshOnce(credentials).finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  function signedOut(): ApiFailure {
    forget(credentials);
    onSignedOut();
    return new ApiFailure({ kind: 'signed-out' });
  }

  return {
    credentials,
    refresh,
    signedOut,
    async send(request) {
      if (credentials.access === null && !(await refresh())) throw signedOut();
      const { tag } = credentials;
      const response = await send(request, credentials.access);
      if (response.status !== 401) return response;
      if (!(await refresh())) throw signedOut();
      // Another person has signed in meanwhile: the request must not be sent in their name.
      if (credentials.tag !== tag) throw new ApiFailure({ kind: 'signed-out' });
      const second = await send(request, credentials.access);
      if (second.status === 401) throw signedOut();
      return second;
    },
  };
}

async function refreshOnce(credentials: Credentials): Promise<boolean> {
  const { refreshToken } = credentials;
  const kept = refreshToken === null ? ownSession(credentials) : null;
  if (refreshToken === null && kept === null) {
    forget(credentials);
    return false;
  }
  const body =
    kept === null ? { refresh_token: refreshToken } : { session: 'cookie', page_key: kept.key };
  const response = await send({ method: 'POST', path: '/auth/refresh', body }, null);
  if (isOver(response.status)) {
    // Another tab has refreshed in between, so this one sent a key that was already spent.
    const now = ownSession(credentials);
    if (kept !== null && now !== null && now.key !== kept.key) return refreshOnce(credentials);
    credentials.tag = kept?.tag ?? credentials.tag;
    forget(credentials);
    return false;
  }
  take(credentials, await read(response, TokenPair), kept?.tag ?? credentials.tag ?? newTag());
  return true;
}

/** Refused for good: the session has ended, or the server does not know it. */
const isOver = (status: number): boolean => status >= 400 && status < 500 && status !== 429;
