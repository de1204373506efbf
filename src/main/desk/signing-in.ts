import type { Account, SessionState } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import type { Fit, Told } from '../../core/server-identity.ts';
import {
  accountAt,
  currentAccount,
  forgetCurrentAccount,
  rememberAccount,
  type StoredAccount,
} from './areas/session/accounts.ts';
import type { Auth, Granted, StandIn, TokenOwner } from './areas/session/auth.ts';
import { takeOver } from './areas/session/elsewhere.ts';
import { hasSaidBefore, judgeServer } from './areas/session/judge.ts';
import { checkAccount, signInFailure } from './areas/session/session.ts';
import type { AtWork } from './at-work.ts';
import type { WriteDb } from './sqlite/connection.ts';

/** Signs agents in and out, and judges whether the server is still the account's own. */
export interface SigningIn {
  /** Goes on with who was signed in; else with the demo's own sign-in, unless only `reading`. */
  begin(reading: boolean): void;
  signIn: (credentials: StandIn) => Promise<SessionState>;
  signOut: () => Promise<SessionState>;
  /** Work that waits for another server goes on here. */
  takeWorkOver: (accountKey: string) => Promise<SessionState>;
  /** Compares the server's own description of itself with the account that works. */
  judge(told: Told): Fit;
  /** The server that was here before another one answered at its address. */
  displaced(): string | null;
}

interface SigningInParts {
  outboxDb: WriteDb;
  /** Scheme, host and port. */
  server: string;
  standIn: StandIn | null;
  auth: Auth;
  atWork: AtWork;
  session: () => SessionState;
  /** Throws BridgeError while the folder is only read: what is written then is not kept. */
  requireWriting: () => void;
  on: {
    /** The signed-in account has changed. */
    changed: () => void;
    fault: (error: unknown) => void;
  };
}

export const tokenOwner = ({ key, account, oldSecret }: StoredAccount): TokenOwner => ({
  key,
  email: account.email,
  oldSecret,
});

export function createSigningIn(parts: SigningInParts): SigningIn {
  const { outboxDb, server, standIn, atWork, on } = parts;
  const judging = createJudging(parts);
  const writing = (act: () => Promise<SessionState>): Promise<SessionState> =>
    atWork.inTurn(() => {
      // Here, since the folder may have been opened for reading while the turn was waited for.
      parts.requireWriting();
      return act();
    });
  const signIn = async ({ email, password }: StandIn): Promise<SessionState> => {
    const { granted, account } = await grant(parts, email, password);
    return writing(() => comeIn(parts, judging, granted, account));
  };
  return {
    begin(reading) {
      const known = atWork.whose() ?? currentAccount(outboxDb, server);
      if (known) atWork.enterAgain(known);
      else if (standIn && !reading) void signIn(standIn).catch(on.fault);
    },
    signIn,
    signOut: () => writing(() => signOut(parts)),
    takeWorkOver: (accountKey) => writing(() => takeWorkOver(parts, accountKey)),
    judge: judging.judge,
    displaced: judging.displaced,
  };
}

/** Asks the server for a session. */
async function grant(
  { auth, atWork, outboxDb, server }: SigningInParts,
  email: string,
  password: string,
): Promise<{ granted: Granted; account: Account }> {
  const granted = await auth.signIn(email, password).catch((error: unknown) => {
    throw signInFailure(error);
  });
  const account = checkAccount(granted.me);
  if (atWork.closed()) throw new BridgeError('not-signed-in');
  if (isNotItself(granted, hasSaidBefore(outboxDb, server)))
    throw new BridgeError('unexpected-answer');
  return { granted, account };
}

/**
 * Whether a server that can say which one it is has not said so just now. One 404 is a gateway's in
 * the middle of a deploy: taken for another server, what waits for this one would be out of sight.
 */
function isNotItself({ told, me, lacksCapabilities }: Granted, hasSaidSo: boolean): boolean {
  // A role in `/auth/me` and capabilities came together: a server of level 1 has neither.
  return told === null && me.role !== undefined && (lacksCapabilities || hasSaidSo);
}

/** In turn. */
async function comeIn(
  parts: SigningInParts,
  judging: Judging,
  granted: Granted,
  account: Account,
): Promise<SessionState> {
  const { auth, atWork, outboxDb, server, session } = parts;
  const stored = accountAt(outboxDb, account, server, granted.told);
  await auth.keep(tokenOwner(stored), granted);
  const accept = (): void => {
    rememberAccount(outboxDb, account, server, granted.told);
    auth.take(tokenOwner(stored), granted);
    judging.over();
  };
  const work = atWork.now();
  if (work && atWork.whose()?.key === stored.key) {
    accept();
    atWork.belongsTo(stored);
    work.sync.retry();
  } else await changeTo(parts, stored, accept);
  return session();
}

/**
 * In turn. A sign-in of which the agent hears that it failed must not work later without them, so
 * it is accepted once its work is open. Where that fails, the account before works on.
 */
async function changeTo(
  { auth, atWork, on }: SigningInParts,
  next: StoredAccount,
  accept: () => void,
): Promise<void> {
  const before = atWork.whose();
  try {
    await atWork.leave();
    if (atWork.closed()) throw new BridgeError('not-signed-in');
    atWork.enterFirst(next, accept);
  } catch (error) {
    await goBack().catch(on.fault);
    throw error;
  }

  async function goBack(): Promise<void> {
    await atWork.leave();
    if (before?.key !== next.key) await auth.drop(tokenOwner(next));
    // Where that one cannot be opened either, the guard of the folder opens it later.
    if (before && !atWork.closed()) atWork.enterAgain(before);
  }
}

/** In turn. */
async function signOut({
  auth,
  atWork,
  outboxDb,
  session,
  on,
}: SigningInParts): Promise<SessionState> {
  // First: an account that cannot be signed out works on.
  forgetCurrentAccount(outboxDb);
  try {
    await atWork.leave();
    // The cache, a copy of the server's data, must not be there for the next user of this
    // computer; unsent work stays in outbox.db.
    atWork.dropCache();
    await auth.signOut();
  } finally {
    atWork.belongsTo(null);
    on.changed();
  }
  return session();
}

/** In turn. */
async function takeWorkOver(
  { atWork, outboxDb, session }: SigningInParts,
  accountKey: string,
): Promise<SessionState> {
  atWork.here();
  const mine = atWork.whose();
  if (!mine) throw new BridgeError('not-signed-in');
  await atWork.leave();
  if (atWork.closed()) throw new BridgeError('not-signed-in');
  try {
    takeOver(outboxDb, mine, accountKey);
  } finally {
    atWork.enter(mine);
  }
  return session();
}

interface Judging {
  judge(told: Told): Fit;
  displaced(): string | null;
  /** Somebody has signed in at the server that is there now. */
  over(): void;
}

function createJudging({ outboxDb, server, atWork, on }: SigningInParts): Judging {
  let displaced: string | null = null;

  /** Another server answers: it gets nothing of the one before, and shows nothing of it. */
  async function displace(serverKey: string): Promise<void> {
    if (displaced !== null || atWork.closed()) return;
    displaced = serverKey;
    console.warn(`Another server than before answers at ${server}; nothing is sent to it.`);
    // Left at once, and again in turn: something may just be opening it.
    await Promise.all([atWork.leave(), atWork.inTurn(() => forget(serverKey))]);
  }

  async function forget(serverKey: string): Promise<void> {
    // Somebody has signed in at the other server meanwhile.
    if (atWork.whose()?.server.key !== serverKey) return;
    await atWork.leave();
    atWork.belongsTo(null);
    forgetCurrentAccount(outboxDb);
    on.changed();
  }

  return {
    judge(told) {
      const mine = atWork.whose();
      if (!mine) return 'same';
      const { key } = mine.server;
      const fit = judgeServer(outboxDb, mine, server, told, on.fault);
      if (fit === 'other') void displace(key).catch(on.fault);
      return fit;
    },
    displaced: () => displaced,
    over() {
      displaced = null;
    },
  };
}
