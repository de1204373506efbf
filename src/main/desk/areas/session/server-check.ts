import type { Fit, Told } from '../../../../core/server-identity.ts';
import type { ClientAnswer as Answer } from '../../../../contract/wire/level1.ts';
import type { ApiClient } from '../../feed/api-client.ts';
import { ApiError } from '../../feed/api-error.ts';
import type { Connections } from '../../feed/connections.ts';

type Capabilities = Answer<'capabilities'>;

/**
 * Makes sure that nothing of an account goes to another server than its own, wherever the address
 * leads.
 */
export interface ServerCheck {
  /**
   * Resolves once it is known on this connection that the account's own server is there. Throws
   * ApiError, 'signed-out' when another one responds.
   */
  confirm(): Promise<void>;
  /**
   * As `confirm`, but asks again, and returns the answer. Throws ApiError; also for a server without
   * capabilities (404), once it is confirmed.
   */
  capabilities(): Promise<Capabilities>;
  /** Asks which server is at the address; the caller judges it. Throws ApiError. */
  identify(): Promise<Identified>;
  /** The server that was identified last is the account's. */
  accept(): void;
}

interface Identified {
  told: Told;
  /** It has no capabilities (404), like a server of level 1. */
  lacksCapabilities: boolean;
}

interface Found {
  told: Told;
  answer: Capabilities | null;
  failure: ApiError | null;
}
/** The state of the connections when a server had identified itself. */
interface Standing {
  opened: number;
  losses: number;
  told: Told;
}

/**
 * `judge`: how an answer fits the server of the account that is at work; it also notes what is new.
 */
export function createServerCheck(api: ApiClient, judge: (told: Told) => Fit): ServerCheck {
  const { connections } = api;
  const standing = createStanding(connections);
  /** Found and not handed out yet: a sign-in has just asked. */
  let unused: Found | null = null;

  async function ask(): Promise<Found> {
    const found = await whoIsThere(api);
    standing.identified(found.told);
    return found;
  }

  const check = untilLost(connections, async () => {
    const found = await ask();
    const fit = judge(found.told);
    // Some may still lead to the account's own server: what follows must not be for two.
    if (fit === 'other') connections.close();
    if (fit !== 'same') throw refusals[fit]();
    standing.accept();
    return found;
  });

  return {
    async confirm() {
      if (!standing.holds()) await check();
    },
    async capabilities() {
      const found = unused !== null && standing.holds() ? unused : await check();
      unused = null;
      if (found.answer) return found.answer;
      throw found.failure ?? new ApiError({ kind: 'bad-answer', why: 'no capabilities' });
    },
    async identify() {
      unused = await ask();
      const { told, failure } = unused;
      return { told, lacksCapabilities: failure !== null && isMissing(failure) };
    },
    accept: standing.accept,
  };
}

const refusals: Record<Exclude<Fit, 'same'>, () => ApiError> = {
  other: () => new ApiError({ kind: 'signed-out' }),
  unproven: () =>
    new ApiError({ kind: 'bad-answer', why: 'the server does not say any more which one it is' }),
};

/** Where the connections stood when a server identified itself, and when it was the account's. */
function createStanding(connections: Connections) {
  let confirmed: Standing | null = null;
  let identified: Standing | null = null;
  return {
    identified(told: Told) {
      identified = { opened: connections.opened(), losses: connections.losses(), told };
      connections.openFreely(told === null);
    },
    /** The server that was identified last is the account's. */
    accept() {
      confirmed = identified;
    },
    /** The next request goes to the account's own server. */
    holds: () => confirmed !== null && stands(confirmed, connections),
  };
}

/** One check at a time. One that began before the connections were lost is lost with them. */
function untilLost(connections: Connections, check: () => Promise<Found>): () => Promise<Found> {
  let running: { found: Promise<Found>; losses: number } | null = null;

  async function begin(): Promise<Found> {
    // After what runs now: that may be about to rebuild the connections, and would break a request
    // that has begun.
    await Promise.resolve();
    return check();
  }

  return () => {
    if (running?.losses === connections.losses()) return running.found;
    const mine = {
      losses: connections.losses(),
      found: begin().finally(() => {
        if (running === mine) running = null;
      }),
    };
    running = mine;
    return mine.found;
  };
}

/** Asks a server what it is; an older one does not say. Throws ApiError. */
async function whoIsThere(api: ApiClient): Promise<Found> {
  try {
    const answer = await api.request('capabilities');
    return { told: toldBy(answer), answer, failure: null };
  } catch (error) {
    if (error instanceof ApiError && saysNothing(error))
      return { told: null, answer: null, failure: error };
    throw error;
  }
}

/**
 * Whether the next request goes to the same server: a new connection may lead to another one. Where
 * a server does not say which one it is, asking each time would tell nothing.
 */
function stands({ opened, losses, told }: Standing, connections: Connections): boolean {
  if (losses !== connections.losses()) return false;
  return told === null || (opened === connections.opened() && connections.free());
}

/** An older server knows no capabilities (404), or gives them only to those who are signed in. */
function saysNothing({ failure }: ApiError): boolean {
  return (
    isMissing({ failure }) ||
    (failure.kind === 'status' && (failure.status === 401 || failure.status === 403))
  );
}

const isMissing = ({ failure }: Pick<ApiError, 'failure'>): boolean =>
  'status' in failure && failure.status === 404;

function toldBy({ server }: Capabilities): Told {
  return server ? { installation: server.id, history: server.history } : null;
}
