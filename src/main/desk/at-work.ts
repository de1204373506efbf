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
  /** Opens it; in turn. */
  enter(account: StoredAccount): void;
  /**
   * Where an earlier run, or an earlier stay of this account, may have left something in its undo
   * window.
   */
  enterAgain(account: StoredAccount): void;
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
    onDamaged: () => inTurn(() => renewCache(setAsideCache)),
  });
  const stay = createStay(parts, inspection);
  let renewing: Promise<void> | null = null;

  function soon(): SignedIn | Promise<SignedIn> {
    if (stay.now() || renewing === null) return stay.here();
    const owner = stay.whose();
    return renewing.then(() => {
      if (stay.whose() !== owner) throw new BridgeError('not-signed-in');
      return stay.here();
    });
  }

  /** `drop` takes the old file away. */
  async function renewCache(drop: (path: string) => void): Promise<void> {
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
    if (closed || !owner) return;
    try {
      drop(cachePath);
      stay.enter(owner);
    } catch (error) {
      parts.onRefused(error);
    }
    if (held.length > 0) stay.here().held.resume(held);
  }

  function isSwapped(): boolean {
    const work = stay.now();
    return work !== null && !sameFile(cachePath, work.cache.file);
  }

  function renewIfSwapped(): void {
    if (!isSwapped()) return;
    void inTurn(async () => {
      if (isSwapped()) await renewCache(() => undefined);
    }).catch(onFault);
  }

  return {
    ...stay,
    soon,
    opening: () => (stay.now() ? null : renewing),
    inTurn,
    renewCache: () => inTurn(() => renewCache(removeCache)),
    renewIfSwapped,
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

/** The account that is here, and its comings and goings. */
type Stay = Pick<
  AtWork,
  'now' | 'here' | 'whose' | 'belongsTo' | 'enter' | 'enterAgain' | 'leave' | 'keyOf'
>;

function createStay(
  { open, onOpened, reading, onFault }: AtWorkParts,
  inspection: Pick<CacheInspection, 'begin' | 'stop'>,
): Stay {
  let work: SignedIn | null = null;
  let owner: StoredAccount | null = null;
  let leaving: Promise<void> = Promise.resolve();
  const wereHere = new Map<string, string>();

  function here(): SignedIn {
    if (!work) throw new BridgeError('not-signed-in');
    return work;
  }

  function enter(account: StoredAccount): void {
    owner = account;
    wereHere.set(account.account.id, account.key);
    work = open(account);
    onOpened();
    if (reading()) return;
    work.sync.start();
    if (work.cache.unclean) inspection.begin();
  }

  return {
    now: () => work,
    here,
    whose: () => owner,
    belongsTo(account) {
      owner = account;
    },
    enter,
    enterAgain(account) {
      enter(account);
      if (reading()) return;
      try {
        here().held.sendLeft();
      } catch (error) {
        // They stay held, and the agent is shown them.
        onFault(error);
      }
    },
    async leave() {
      inspection.stop();
      const left = work;
      work = null;
      if (left) leaving = left.close();
      // Also one that is closing already: nothing may be closed under it.
      await leaving;
    },
    keyOf: (accountId) => wereHere.get(accountId),
  };
}

function createTurns(): AtWork['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = last.then(act);
    last = mine.catch(() => undefined);
    return mine;
  };
}
