import { BridgeError } from '../../contract/errors.ts';
import type { StoredAccount } from './areas/session/accounts.ts';
import { createCacheInspection, type CacheInspection } from './cache-inspection.ts';
import type { SignedIn } from './signed-in.ts';
import { removeCache, setAsideCache } from './sqlite/cache-file.ts';
import type { FileCheck } from './sqlite/file-check.ts';
import { sameFile } from './sqlite/file-identity.ts';

/** The one account that works in the data folder, opened and closed. */
export interface AtWork {
  /** Null while nobody is signed in, and while the account is closed and opened again. */
  now(): SignedIn | null;
  /** Throws BridgeError 'not-signed-in' in place of null. */
  here(): SignedIn;
  /** As `here`, but waits for the cache where it is being renewed: nobody has signed out. */
  soon(): SignedIn | Promise<SignedIn>;
  /** Resolves once the cache is there again; null where it is not being renewed. */
  opening(): Promise<void> | null;
  /** The account that works here, also while it is closed and opened again. */
  whose(): StoredAccount | null;
  /** Sets that alone. */
  belongsTo(account: StoredAccount | null): void;
  /** Opens it; in turn. Where that throws, it has not become the one that works here. */
  enter(account: StoredAccount): void;
  /**
   * Where an earlier run, or an earlier stay of this account, may have left something in its undo
   * window.
   */
  enterAgain(account: StoredAccount): void;
  /** As `enterAgain`, once `accept` has run with its work open; closed again where that throws. */
  enterFirst(account: StoredAccount, accept: () => void): void;
  /** In turn, or a stay that begins meanwhile is left open beside the next one. */
  leave(): Promise<void>;
  /**
   * Runs one after the other what opens and closes the work of an account, whatever of it is asked
   * for meanwhile. Two stays at once would both send what waits.
   */
  inTurn: <T>(act: () => Promise<T>) => Promise<T>;
  /** Begins with an empty cache; what waits, is written or is held stays. */
  renewCache(): Promise<void>;
  /** Renews the cache where another file has taken its place. */
  renewIfSwapped(): void;
  /** Takes the cache away. */
  dropCache(): void;
  /** After a bad end, or when a read met damage: a cache that is bad is renewed (R12). */
  inspectCache(): void;
  /** The key of the rows of an account that was signed in since the start. */
  keyOf(accountId: string): string | undefined;
  closed(): boolean;
  /** Nobody enters any more. */
  close(): Promise<void>;
}

interface AtWorkParts {
  cachePath: string;
  /** Looks through a database file on another thread; absent where there are no threads. */
  checkFile: ((path: string) => FileCheck) | undefined;
  open: (account: StoredAccount) => SignedIn;
  /** Nothing can be written. */
  reading: () => boolean;
  /** The account is open, and has not begun to sync. */
  onOpened: () => void;
  /**
   * The cache could not be renewed: shows what there is. Throws any error that is not a fault of
   * storage.
   */
  onRefused: (error: unknown) => void;
  onFault: (error: unknown) => void;
}

export function createAtWork(parts: AtWorkParts): AtWork {
  const { cachePath, onFault } = parts;
  let closed = false;
  const inTurn = createTurns();
  const inspection = createCacheInspection({
    checkFile: parts.checkFile,
    path: cachePath,
    onFault,
    onDamaged: () => inTurn(() => renewal.renew(setAsideCache)),
  });
  const stay = createStay(parts, inspection);
  const renewal = createRenewal(parts, stay, () => closed);

  return {
    ...stay,
    soon: renewal.soon,
    opening: renewal.opening,
    inTurn,
    renewCache: () => inTurn(() => renewal.renew(removeCache)),
    renewIfSwapped() {
      if (renewal.isSwapped()) void inTurn(renewal.renewIfSwapped).catch(onFault);
    },
    dropCache() {
      removeCache(cachePath);
    },
    inspectCache: inspection.begin,
    closed: () => closed,
    async close() {
      closed = true;
      await stay.leave();
      // Calls that were under way find the desk closed.
      await inTurn(stay.leave);
    },
  };
}

/** Closes the account, and opens it with another cache. */
interface Renewal extends Pick<AtWork, 'soon' | 'opening'> {
  /** `drop` takes the old file away. */
  renew(drop: (path: string) => void): Promise<void>;
  isSwapped(): boolean;
  renewIfSwapped(): Promise<void>;
}

function createRenewal(
  { cachePath, onRefused }: Pick<AtWorkParts, 'cachePath' | 'onRefused'>,
  stay: Stay,
  isClosed: () => boolean,
): Renewal {
  let renewing: Promise<void> | null = null;

  async function renew(drop: (path: string) => void): Promise<void> {
    const mine = closeAndOpen(drop);
    renewing = mine.catch(() => undefined);
    try {
      await mine;
    } finally {
      renewing = null;
    }
  }

  async function closeAndOpen(drop: (path: string) => void): Promise<void> {
    const held = stay.here().held.left();
    await stay.leave();
    const owner = stay.whose();
    if (isClosed() || !owner) return;
    try {
      drop(cachePath);
      stay.enter(owner);
    } catch (error) {
      onRefused(error);
    }
    if (held.length > 0) stay.here().held.resume(held);
  }

  function isSwapped(): boolean {
    const work = stay.now();
    return work !== null && !sameFile(cachePath, work.cache.file);
  }

  return {
    renew,
    isSwapped,
    async renewIfSwapped() {
      if (isSwapped()) await renew(() => undefined);
    },
    opening: () => (stay.now() ? null : renewing),
    soon: () => (renewing && !stay.now() ? hereAfter(renewing, stay) : stay.here()),
  };
}

/** Throws BridgeError 'not-signed-in' where another account, or none, is here by then. */
async function hereAfter(renewing: Promise<void>, stay: Stay): Promise<SignedIn> {
  const owner = stay.whose();
  await renewing;
  if (stay.whose() !== owner) throw new BridgeError('not-signed-in');
  return stay.here();
}

/** The account that is here, and its comings and goings. */
type Stay = Pick<
  AtWork,
  'now' | 'here' | 'whose' | 'belongsTo' | 'enter' | 'enterAgain' | 'enterFirst' | 'leave' | 'keyOf'
>;

function createStay(
  { open, onOpened, reading, onFault }: AtWorkParts,
  inspection: Pick<CacheInspection, 'begin' | 'stop'>,
): Stay {
  let work: SignedIn | null = null;
  let owner: StoredAccount | null = null;
  let leaving: Promise<void> = Promise.resolve();
  const wereHere = new Map<string, string>();

  function begin(account: StoredAccount, opened: SignedIn): void {
    owner = account;
    wereHere.set(account.account.id, account.key);
    work = opened;
    onOpened();
    if (reading()) return;
    opened.sync.start();
    if (opened.cache.unclean) inspection.begin();
  }

  function beginAgain(account: StoredAccount, opened: SignedIn): void {
    begin(account, opened);
    if (!reading()) sendLeft(opened, onFault);
  }

  async function leave(): Promise<void> {
    inspection.stop();
    const left = work;
    work = null;
    if (left) leaving = left.close();
    // Also one that is closing already: nothing may be closed under it.
    await leaving;
  }

  return {
    now: () => work,
    here() {
      if (!work) throw new BridgeError('not-signed-in');
      return work;
    },
    whose: () => owner,
    belongsTo(account) {
      owner = account;
    },
    enter(account) {
      begin(account, open(account));
    },
    enterAgain(account) {
      beginAgain(account, open(account));
    },
    enterFirst(account, accept) {
      const opened = open(account);
      try {
        accept();
      } catch (error) {
        leaving = opened.close().catch(onFault);
        throw error;
      }
      beginAgain(account, opened);
    },
    leave,
    keyOf: (accountId) => wereHere.get(accountId),
  };
}

function sendLeft({ held }: SignedIn, onFault: (error: unknown) => void): void {
  try {
    held.sendLeft();
  } catch (error) {
    // They stay held, and the agent is shown them.
    onFault(error);
  }
}

function createTurns(): AtWork['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = last.then(act);
    last = mine.catch(() => undefined);
    return mine;
  };
}
