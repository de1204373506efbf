import type { TokenPair } from '../../contract/api.ts';
import type { Account } from '../../contract/bridge.ts';
import type { ClientAnswer as Answer, ClientRouteName as RouteName } from '../../contract/level1.ts';
import type { Clock } from '../../core/clock.ts';
import { saysDeactivated } from '../../core/trouble.ts';
import type { ApiClient, RawAnswer, RequestParts } from './api-client.ts';
import { ApiError } from './api-error.ts';
import type { SecretStore } from './secrets.ts';

/** Requests as the signed-in account: the access token is renewed when it is old or refused, one renewal at a time. */
export interface Auth {
  /** Throws ApiError; `signed-out` when the server wants a new sign-in. */
  request<R extends RouteName>(route: R, parts?: RequestParts): Promise<Answer<R>>;
  /** The same for an answer that is parsed elsewhere. */
  requestBytes(route: RouteName, parts?: RequestParts): Promise<RawAnswer>;
  /** A token that is good now. Throws ApiError. */
  token(): Promise<string>;
  /** Checks email and password with the server and keeps the tokens for when `use` names their account. Throws ApiError. */
  signIn(email: string, password: string): Promise<Answer<'me'>>;
  /** Names the account whose stored token is used from now on. */
  use(account: Account | null): void;
  signOut(): Promise<void>;
}

interface Access { token: string; goodUntil: number }
/** Renew this long before the end, so that a request under way does not meet it. */
const marginMs = 30_000;

/** Nothing but a sign-in helps then; the token stays, since the account may be put back. */
const isDeactivated = (error: unknown): boolean => error instanceof ApiError && error.failure.kind === 'status' && saysDeactivated(error.failure.status, error.failure.detail);

/** A sign-in that may be repeated without asking: the demo's, whose password is public. */
export interface StandIn { email: string; password: string }

export function createAuth(api: ApiClient, secrets: SecretStore, clock: Clock, standIn: StandIn | null = null): Auth {
  let account: Account | null = null;
  let access: Access | null = null;
  /** From the last sign-in. Whoever is at work meanwhile goes on under their own name. */
  let granted: { owner: string; access: Access } | null = null;
  let renewal: Promise<string> | null = null;

  const accessOf = (pair: TokenPair): Access => ({ token: pair.access_token, goodUntil: clock.monotonic() + pair.expires_in * 1000 - marginMs });

  function accept(pair: TokenPair): string {
    access = accessOf(pair);
    return pair.access_token;
  }

  async function renew(owner: Account): Promise<string> {
    const refreshToken = await secrets.get(owner.id);
    if (refreshToken === null) return signInAgain(owner);
    let pair: TokenPair;
    try {
      pair = await api.request('refresh', { body: { refresh_token: refreshToken } });
    } catch (error) {
      const refused = error instanceof ApiError && error.failure.kind === 'status' && (error.failure.status === 401 || error.failure.status === 403 || error.failure.status === 422);
      if (!refused) throw error;
      if (isDeactivated(error)) throw new ApiError({ kind: 'signed-out', deactivated: true }, error);
      await secrets.remove(owner.id);
      return signInAgain(owner);
    }
    // Stored before use: a crash now must not leave only a token that is already spent.
    await secrets.set(owner.id, pair.refresh_token);
    return accept(pair);
  }

  async function signInAgain(owner: Account): Promise<string> {
    if (standIn?.email !== owner.email) throw new ApiError({ kind: 'signed-out' });
    const pair = await api.request('login', { body: standIn });
    await secrets.set(owner.id, pair.refresh_token);
    return accept(pair);
  }

  function renewOnce(): Promise<string> {
    if (!account) return Promise.reject(new ApiError({ kind: 'signed-out' }));
    renewal ??= renew(account).finally(() => { renewal = null; });
    return renewal;
  }

  function token(): Promise<string> {
    if (access && clock.monotonic() < access.goodUntil) return Promise.resolve(access.token);
    return renewOnce();
  }

  async function withToken<T>(ask: (token: string) => Promise<T>): Promise<T> {
    const used = await token();
    try {
      return await ask(used);
    } catch (error) {
      if (isDeactivated(error)) throw new ApiError({ kind: 'signed-out', deactivated: true }, error);
      if (!(error instanceof ApiError) || error.failure.kind !== 'status' || error.failure.status !== 401) throw error;
      // Another request may have renewed it in the meantime.
      if (access?.token === used) access = null;
      try {
        return await ask(await token());
      } catch (again) {
        if (again instanceof ApiError && again.failure.kind === 'status' && again.failure.status === 401) throw new ApiError({ kind: 'signed-out' }, again);
        throw again;
      }
    }
  }

  return {
    request: (route, parts) => withToken((good) => api.request(route, { ...parts, token: good })),
    requestBytes: (route, parts) => withToken((good) => api.requestBytes(route, { ...parts, token: good })),
    token,
    use(next) {
      if (next?.id !== account?.id) access = null;
      account = next;
      if (granted && granted.owner === next?.id) access = granted.access;
      granted = null;
    },
    async signIn(email, password) {
      const pair = await api.request('login', { body: { email, password } });
      const me = await api.request('me', { token: pair.access_token });
      await secrets.set(me.id, pair.refresh_token);
      granted = { owner: me.id, access: accessOf(pair) };
      return me;
    },
    async signOut() {
      if (!account) return;
      const owner = account;
      const last = access;
      account = null;
      access = null;
      await secrets.remove(owner.id);
      // The server ends the session too where it can be reached; locally it is over already.
      if (last) await api.request('logout', { token: last.token, body: {} }).catch(() => undefined);
    },
  };
}
