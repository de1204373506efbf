import type { TokenPair } from '../../../../contract/api.ts';
import type { Clock } from '../../../../core/clock.ts';
import type { ApiClient } from '../../feed/api-client.ts';
import { ApiError } from '../../feed/api-error.ts';
import type { AtHome } from './known-server.ts';
import {
  keepRefreshToken,
  refreshToken,
  removeRefreshToken,
  type TokenOwner,
} from './refresh-secret.ts';
import { isDeactivated, statusOf } from './refusals.ts';
import type { SecretStore } from './secrets.ts';

/** A sign-in that may be repeated without asking: the demo's, whose password is public. */
export interface StandIn {
  email: string;
  password: string;
}

export interface AccessParts {
  api: ApiClient;
  secrets: SecretStore;
  clock: Clock;
  standIn: StandIn | null;
  atHome: AtHome;
}

/** The access token of the account that works, renewed when it is old, one renewal at a time. */
export interface Access {
  /** Only after the server was confirmed. Throws ApiError; `signed-out` where there is no session. */
  token(): Promise<string>;
  /** The server has refused this one: the next one is new. */
  refused(token: string): void;
  /** Names the account whose stored token is used from now on. */
  use(owner: TokenOwner): void;
  /** The tokens of a sign-in are used from now on, for this account. */
  take(owner: TokenOwner, pair: TokenPair): void;
  /** Ends the session here; returns whose it was, with the last token. Null: there was none. */
  leave(): { owner: TokenOwner; token: string | null } | null;
}

/** Renew this long before the end, so that a request under way does not meet it. */
const marginMs = 30_000;

export function createAccess(parts: AccessParts): Access {
  const { clock } = parts;
  let owner: TokenOwner | null = null;
  let held: { token: string; goodUntil: number } | null = null;
  let renewal: Promise<string> | null = null;

  function accept(pair: TokenPair): string {
    const goodUntil = clock.monotonic() + pair.expires_in * 1000 - marginMs;
    held = { token: pair.access_token, goodUntil };
    return pair.access_token;
  }

  async function renew(of: TokenOwner): Promise<string> {
    const pair = await newTokens(parts, of);
    // Stored before use: a crash now must not leave only a token that is already spent.
    await keepRefreshToken(parts.secrets, of, pair.refresh_token);
    return accept(pair);
  }

  return {
    token() {
      if (held && clock.monotonic() < held.goodUntil) return Promise.resolve(held.token);
      if (!owner) return Promise.reject(new ApiError({ kind: 'signed-out' }));
      renewal ??= renew(owner).finally(() => {
        renewal = null;
      });
      return renewal;
    },
    refused(token) {
      // Another request may have renewed it in the meantime.
      if (held?.token === token) held = null;
    },
    use(next) {
      if (next.key !== owner?.key) held = null;
      owner = next;
    },
    take(next, pair) {
      owner = next;
      accept(pair);
    },
    leave() {
      if (!owner) return null;
      const left = { owner, token: held?.token ?? null };
      owner = null;
      held = null;
      return left;
    },
  };
}

/** New tokens by the refresh token, or by the stand-in where that is refused. Throws ApiError. */
async function newTokens(parts: AccessParts, owner: TokenOwner): Promise<TokenPair> {
  const { api, secrets, atHome } = parts;
  const token = await refreshToken(secrets, owner);
  if (token === null) return signInAgain(parts, owner);
  try {
    return await atHome(() => api.request('refresh', { body: { refresh_token: token } }));
  } catch (error) {
    if (!refusesToken.has(statusOf(error) ?? 0)) throw error;
    if (isDeactivated(error)) throw new ApiError({ kind: 'signed-out', deactivated: true }, error);
    await removeRefreshToken(secrets, owner);
    return signInAgain(parts, owner);
  }
}

const refusesToken = new Set([401, 403, 422]);

async function signInAgain(
  { api, standIn, atHome }: AccessParts,
  { email }: TokenOwner,
): Promise<TokenPair> {
  if (standIn?.email !== email) throw new ApiError({ kind: 'signed-out' });
  return atHome(() => api.request('login', { body: standIn }));
}
