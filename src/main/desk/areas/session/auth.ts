import type { Readable } from 'node:stream';
import type { TokenPair } from '../../../../contract/api.ts';
import type {
  ClientAnswer as Answer,
  ClientRouteName as RouteName,
} from '../../../../contract/level1.ts';
import type { Clock } from '../../../../core/clock.ts';
import type { Told } from '../../../../core/server-identity.ts';
import { saysDeactivated } from '../../../../core/trouble.ts';
import type { ApiClient, RawAnswer, RequestParts } from '../../feed/api-client.ts';
import { ApiError } from '../../feed/api-error.ts';
import { NoConnectionError } from '../../feed/connections.ts';
import type { SecretStore } from './secrets.ts';
import type { ServerCheck } from './server-check.ts';

/** Whose tokens are used: an account of one server. */
export interface TokenOwner {
  /** The name of its secret. */
  key: string;
  email: string;
  /** The name that its secret had before; null for none. */
  oldSecret: string | null;
}

/** A sign-in that the server has accepted, to be taken up or not. */
interface SignedIn {
  me: Answer<'me'>;
  /** What the server says of itself. */ told: Told;
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
  /** The same for an answer that is parsed elsewhere. */
  requestBytes(route: RouteName, parts?: RequestParts): Promise<RawAnswer>;
  /** Opens the event stream; `onAsk` is called before. Throws ApiError. */
  openEvents(signal: AbortSignal, onAsk: () => void): Promise<Readable>;
  /**
   * Checks email and password with the server. Whoever is at work meanwhile goes on under their own
   * name. Throws ApiError.
   */
  signIn(email: string, password: string): Promise<SignedIn>;
  /** Names the account whose stored token is used from now on. */
  use(owner: TokenOwner): void;
  /** Takes a sign-in up: its tokens are stored, and used from now on. */
  take(owner: TokenOwner, signedIn: SignedIn): Promise<void>;
  signOut(): Promise<void>;
}

interface Access {
  token: string;
  goodUntil: number;
}
/**
 * More requests at once than there are; each needs a connection of its own, which a question opens.
 */
const mostQuestions = 50;
/** Renew this long before the end, so that a request under way does not meet it. */
const marginMs = 30_000;

/** Nothing but a sign-in helps then; the token stays, since the account may be put back. */
const isDeactivated = (error: unknown): boolean =>
  error instanceof ApiError &&
  error.failure.kind === 'status' &&
  saysDeactivated(error.failure.status, error.failure.detail);

/** A sign-in that may be repeated without asking: the demo's, whose password is public. */
export interface StandIn {
  email: string;
  password: string;
}

export interface AuthParts {
  api: ApiClient;
  check: ServerCheck;
  secrets: SecretStore;
  clock: Clock;
  standIn: StandIn | null;
}

export function createAuth({ api, check, secrets, clock, standIn }: AuthParts): Auth {
  let account: TokenOwner | null = null;
  let access: Access | null = null;
  let renewal: Promise<string> | null = null;

  const accessOf = (pair: TokenPair): Access => ({
    token: pair.access_token,
    goodUntil: clock.monotonic() + pair.expires_in * 1000 - marginMs,
  });

  function accept(pair: TokenPair): string {
    access = accessOf(pair);
    return pair.access_token;
  }

  /**
   * Asks who is there, and sends; again where another request has taken the connection on which
   * that was said.
   */
  async function whereKnown<T>(askAndSend: () => Promise<T>): Promise<T> {
    for (let questions = 1; ; questions += 1) {
      try {
        return await askAndSend();
      } catch (error) {
        if (!(error instanceof NoConnectionError)) throw error;
        if (questions >= mostQuestions) throw new ApiError({ kind: 'unreachable' }, error);
      }
    }
  }

  /** The same, where it is to be the account's own server. */
  function atHome<T>(send: () => Promise<T>): Promise<T> {
    return whereKnown(async () => {
      await check.confirm();
      return send();
    });
  }

  async function secretOf({ key, oldSecret }: TokenOwner): Promise<string | null> {
    return (await secrets.get(key)) ?? (oldSecret === null ? null : await secrets.get(oldSecret));
  }

  async function store({ key, oldSecret }: TokenOwner, refreshToken: string): Promise<void> {
    await secrets.set(key, refreshToken);
    if (oldSecret !== null) await secrets.remove(oldSecret);
  }

  async function removeSecret({ key, oldSecret }: TokenOwner): Promise<void> {
    await secrets.remove(key);
    if (oldSecret !== null) await secrets.remove(oldSecret);
  }

  async function renew(owner: TokenOwner): Promise<string> {
    const refreshToken = await secretOf(owner);
    if (refreshToken === null) return signInAgain(owner);
    let pair: TokenPair;
    try {
      pair = await atHome(() => api.request('refresh', { body: { refresh_token: refreshToken } }));
    } catch (error) {
      const refused =
        error instanceof ApiError &&
        error.failure.kind === 'status' &&
        (error.failure.status === 401 ||
          error.failure.status === 403 ||
          error.failure.status === 422);
      if (!refused) throw error;
      if (isDeactivated(error))
        throw new ApiError({ kind: 'signed-out', deactivated: true }, error);
      await removeSecret(owner);
      return signInAgain(owner);
    }
    // Stored before use: a crash now must not leave only a token that is already spent.
    await store(owner, pair.refresh_token);
    return accept(pair);
  }

  async function signInAgain(owner: TokenOwner): Promise<string> {
    if (standIn?.email !== owner.email) throw new ApiError({ kind: 'signed-out' });
    const pair = await atHome(() => api.request('login', { body: standIn }));
    await store(owner, pair.refresh_token);
    return accept(pair);
  }

  function renewOnce(): Promise<string> {
    if (!account) return Promise.reject(new ApiError({ kind: 'signed-out' }));
    renewal ??= renew(account).finally(() => {
      renewal = null;
    });
    return renewal;
  }

  /** Only after `confirm`. */
  function token(): Promise<string> {
    if (access && clock.monotonic() < access.goodUntil) return Promise.resolve(access.token);
    return renewOnce();
  }

  async function withToken<T>(ask: (token: string) => Promise<T>): Promise<T> {
    let used = '';
    const send = (): Promise<T> =>
      atHome(async () => {
        used = await token();
        return ask(used);
      });
    try {
      return await send();
    } catch (error) {
      if (isDeactivated(error))
        throw new ApiError({ kind: 'signed-out', deactivated: true }, error);
      if (
        !(error instanceof ApiError) ||
        error.failure.kind !== 'status' ||
        error.failure.status !== 401
      )
        throw error;
      // Another request may have renewed it in the meantime.
      if (access?.token === used) access = null;
      try {
        return await send();
      } catch (again) {
        if (
          again instanceof ApiError &&
          again.failure.kind === 'status' &&
          again.failure.status === 401
        )
          throw new ApiError({ kind: 'signed-out' }, again);
        throw again;
      }
    }
  }

  async function request<R extends RouteName>(route: R, parts?: RequestParts): Promise<Answer<R>> {
    // It is what the check asks for, and what it says is what the check heard.
    if (route === 'capabilities') {
      try {
        return (await check.capabilities()) as Answer<R>;
      } catch (error) {
        // Some older servers tell what they have only to those who are signed in.
        const closed =
          error instanceof ApiError &&
          error.failure.kind === 'status' &&
          (error.failure.status === 401 || error.failure.status === 403);
        if (!closed) throw error;
      }
    }
    return withToken((good) => api.request(route, { ...parts, token: good }));
  }

  return {
    request,
    requestBytes: (route, parts) =>
      withToken((good) => api.requestBytes(route, { ...parts, token: good })),
    openEvents: (signal, onAsk) =>
      atHome(async () => {
        const good = await token();
        onAsk();
        return api.openEvents(good, signal);
      }),
    use(next) {
      if (next.key !== account?.key) access = null;
      account = next;
    },
    signIn: (email, password) =>
      whereKnown(async () => {
        const told = await check.identify();
        const pair = await api.request('login', { body: { email, password } });
        return { told, pair, me: await api.request('me', { token: pair.access_token }) };
      }),
    async take(owner, { pair }) {
      await store(owner, pair.refresh_token);
      check.accept();
      account = owner;
      accept(pair);
    },
    async signOut() {
      if (!account) return;
      const owner = account;
      const last = access;
      account = null;
      access = null;
      await removeSecret(owner);
      // The server ends the session too where it can be reached; locally it is over already.
      if (last)
        await atHome(() => api.request('logout', { token: last.token, body: {} })).catch(
          () => undefined,
        );
    },
  };
}
