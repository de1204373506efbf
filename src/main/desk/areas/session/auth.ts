import type { Readable } from 'node:stream';
import type { TokenPair } from '../../../../contract/wire/api.ts';
import type {
  ClientAnswer as Answer,
  ClientRouteName as RouteName,
} from '../../../../contract/wire/level1.ts';
import type { Clock } from '../../../../core/clock.ts';
import type { Told } from '../../../../core/server-identity.ts';
import type { ApiClient, RawAnswer, RequestParts } from '../../feed/api-client.ts';
import { ApiError } from '../../feed/api-error.ts';
import { createAccess, type Access, type Left, type StandIn } from './access.ts';
import { atHomeOf, whereKnown, type AtHome } from './known-server.ts';
import { keepRefreshToken, removeRefreshToken, type TokenOwner } from './refresh-secret.ts';
import { isDeactivated, statusOf } from './refusals.ts';
import type { SecretStore } from './secrets.ts';
import type { ServerCheck } from './server-check.ts';

export type { StandIn, TokenOwner };

/** A sign-in that the server has accepted, to be taken up or not. */
export interface Granted {
  me: Answer<'me'>;
  /** The server's description of itself. */
  told: Told;
  /** It has no capabilities (404), like a server of level 1. */
  lacksCapabilities: boolean;
  pair: TokenPair;
}

/**
 * Requests as the signed-in account: the access token is renewed when it is old or refused, one
 * renewal at a time. None goes out, and no token, before it is known that the account's own server
 * answers.
 */
export interface Auth {
  /** Throws ApiError; `signed-out` when the server wants a new sign-in. */
  request<R extends RouteName>(route: R, parts?: RequestParts): Promise<Answer<R>>;
  /** As `request`, for an answer that is parsed elsewhere. */
  requestBytes(route: RouteName, parts?: RequestParts): Promise<RawAnswer>;
  /** Opens the event stream; `onAsk` is called before. Throws ApiError. */
  openEvents(signal: AbortSignal, onAsk: () => void): Promise<Readable>;
  /**
   * Checks email and password with the server. An account at work meanwhile goes on under its own
   * name. Throws ApiError.
   */
  signIn(email: string, password: string): Promise<Granted>;
  /** Names the account whose stored token is used from now on. */
  use(owner: TokenOwner): void;
  /** Stores the tokens of a sign-in, so that it can be taken up. */
  keep(owner: TokenOwner, signedIn: Granted): Promise<void>;
  /** Takes a sign-in up: its tokens are used from now on. */
  take(owner: TokenOwner, signedIn: Granted): void;
  /** Removes the tokens of a sign-in that is not taken up. */
  drop(owner: TokenOwner): Promise<void>;
  signOut(): Promise<void>;
}

export interface AuthParts {
  api: ApiClient;
  check: ServerCheck;
  secrets: SecretStore;
  clock: Clock;
  standIn: StandIn | null;
}

export function createAuth(parts: AuthParts): Auth {
  const { api, check, secrets } = parts;
  const atHome = atHomeOf(check);
  const access = createAccess({ ...parts, atHome });

  async function request<R extends RouteName>(
    route: R,
    requested?: RequestParts,
  ): Promise<Answer<R>> {
    const known = route === 'capabilities' ? await toldOpenly(check) : null;
    // It is what the check asks for, and what it says is what the check heard.
    if (known !== null) return known as Answer<R>;
    return withToken(access, atHome, (token) => api.request(route, { ...requested, token }));
  }

  return {
    request,
    requestBytes: (route, requested) =>
      withToken(access, atHome, (token) => api.requestBytes(route, { ...requested, token })),
    openEvents: (signal, onAsk) =>
      atHome(async () => {
        const token = await access.token();
        onAsk();
        return api.openEvents(token, signal);
      }),
    use: access.use,
    signIn: (email, password) => whereKnown(() => signInAt(parts, email, password)),
    keep: (owner, { pair }) => keepRefreshToken(secrets, owner, pair.refresh_token),
    take(owner, { pair }) {
      check.accept();
      access.take(owner, pair);
    },
    drop: (owner) => removeRefreshToken(secrets, owner),
    async signOut() {
      const left = access.leave();
      if (left) await endSession(parts, atHome, left);
    },
  };
}

/**
 * The capabilities; null where an older server tells them only to those who are signed in. Throws
 * ApiError.
 */
async function toldOpenly(check: ServerCheck): Promise<Answer<'capabilities'> | null> {
  try {
    return await check.capabilities();
  } catch (error) {
    if (statusOf(error) === 401 || statusOf(error) === 403) return null;
    throw error;
  }
}

async function signInAt(
  { api, check }: AuthParts,
  email: string,
  password: string,
): Promise<Granted> {
  const identified = await check.identify();
  const pair = await api.request('login', { body: { email, password } });
  return { ...identified, pair, me: await api.request('me', { token: pair.access_token }) };
}

/** The server ends the session too where it can be reached; locally it is over already. */
async function endSession(
  { api, secrets }: AuthParts,
  atHome: AtHome,
  { owner, token }: Left,
): Promise<void> {
  await removeRefreshToken(secrets, owner);
  if (token !== null)
    await atHome(() => api.request('logout', { token, body: {} })).catch(() => undefined);
}

/** Sends with a good token, once more where the server has refused it. Throws ApiError. */
async function withToken<T>(
  access: Access,
  atHome: AtHome,
  ask: (token: string) => Promise<T>,
): Promise<T> {
  let used = '';
  const send = (): Promise<T> =>
    atHome(async () => {
      used = await access.token();
      return ask(used);
    });
  try {
    return await send();
  } catch (error) {
    if (isDeactivated(error)) throw new ApiError({ kind: 'signed-out', deactivated: true }, error);
    if (statusOf(error) !== 401) throw error;
  }
  access.refused(used);
  try {
    return await send();
  } catch (error) {
    if (statusOf(error) === 401) throw new ApiError({ kind: 'signed-out' }, error);
    throw error;
  }
}
