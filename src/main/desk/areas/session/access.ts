import type { TokenPair } from '../../../../contract/wire/api.ts';
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
  /** Ends the session here; null: there was none. */
  leave(): Left | null;
}

/** Whose session has ended, with the last token. */
export interface Left {
  owner: TokenOwner;
  token: string | null;
}

/** Renew this long before the end, so that a request under way does not meet it. */
const marginMs = 30_000;

export function createAccess(parts: AccessParts): Access {
  const held = createHeldToken(parts.clock);
  let owner: TokenOwner | null = null;
  let renewal: Promise<string> | null = null;

  async function renew(of: TokenOwner): Promise<string> {
    const pair = await newTokens(parts, of);
    // Stored before use: a crash now must not leave only a token that is already spent.
    await keepRefreshToken(parts.secrets, of, pair.refresh_token);
    held.take(pair);
    return pair.access_token;
  }

  return {
    token() {
      const good = held.good();
      if (good !== null) return Promise.resolve(good);
      if (!owner) return Promise.reject(new ApiError({ kind: 'signed-out' }));
      renewal ??= renew(owner).finally(() => {
        renewal = null;
      });
      return renewal;
    },
    refused(token) {
      // Another request may have renewed it in the meantime.
      if (held.last() === token) held.drop();
    },
    use(next) {
      if (next.key !== owner?.key) held.drop();
      owner = next;
    },
    take(next, pair) {
      owner = next;
      held.take(pair);
    },
    leave() {
      if (!owner) return null;
      const left = { owner, token: held.last() };
      owner = null;
      held.drop();
      return left;
    },
  };
}

/** The access token in use, and until when it is good. */
function createHeldToken(clock: Clock) {
  let held: { token: string; goodUntil: number } | null = null;
  return {
    last: () => held?.token ?? null,
    /** Null where it is old, or there is none. */
    good: () => (held && clock.monotonic() < held.goodUntil ? held.token : null),
    take({ access_token: token, expires_in: seconds }: TokenPair) {
      held = { token, goodUntil: clock.monotonic() + seconds * 1000 - marginMs };
    },
    drop() {
      held = null;
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
