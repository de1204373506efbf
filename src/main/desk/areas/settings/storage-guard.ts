import type { CallName, StorageState } from '../../../../contract/bridge.ts';
import { BridgeError, type BridgeErrorCode } from '../../../../contract/errors.ts';
import type { Clock } from '../../../../core/clock.ts';
import { createOneTimer } from '../../feed/one-timer.ts';
import { storageFaultOf, type StorageFault } from '../../sqlite/storage-fault.ts';

export interface StorageGuardParts {
  dir: string;
  clock: Clock;
  /** Opens what is only read for writing, and writes something. Throws while that cannot be. */
  tryWriting: () => void;
  /** Throws where a file is not the one that is open, and cannot be put back. */
  keepInPlace: () => void;
  /** It is another one now. */
  onState: () => void;
  /** Writing works again. `reading`: until now what was shown were copies. */
  onRecovered: (reading: boolean) => void;
}

/** Knows whether the data folder can be written to, and finds out when it can again. */
export interface StorageGuard {
  state(): StorageState;
  /** From now on the databases are copies in memory, for reading only. */
  onlyReading(error: unknown): void;
  /** Something failed. True where the data folder is why. */
  noticed(error: unknown): boolean;
  /** Turns a failed call's error into one that tells the user what it means for them. */
  explain(error: unknown): unknown;
  /** Throws BridgeError for a call that would write where nothing can be kept. */
  require(call: CallName): void;
  /**
   * Looks now, and while something is wrong again and again; called at least after each pull, since
   * a file may be moved without anybody writing.
   */
  look(): void;
  stop(): void;
}

/** How soon it is noticed that writing works again. */
const lookAgainMs = 3_000;

/**
 * Calls that may run while nothing can be written: what they write is worthless after this
 * process, or is written only when there is something new.
 */
const harmless = new Set<CallName>([
  'live.watch',
  'live.end',
  'session.get',
  'sync.get',
  'sync.detail',
  'sync.retry',
  'staff.list',
  'views.counts',
  'views.saved',
  'tags.list',
  'bulk.list',
  'bulk.get',
  'tickets.list',
  'thread.get',
  'thread.fetch',
  'thread.markRead',
  'thread.similar',
  'search.query',
  'search.older',
  'search.recent',
  'search.remember',
  'customers.find',
  'compose.unit',
  'draft.versions',
  'outbox.list',
  'outbox.bin',
  'outbox.journal',
  'message.receipt',
  'settings.get',
  'storage.get',
  'about.get',
  'window.front',
  'macros.list',
  'presence.tell',
  'presence.get',
]);

export function createStorageGuard(parts: StorageGuardParts): StorageGuard {
  const { dir, onRecovered } = parts;
  const fault = createFault(parts, look);
  let reading = false;

  function look(): void {
    fault.lookAgain();
    if (fault.stopped()) return;
    const before = fault.now();
    const found = tryFiles(parts, before);
    if (found !== null) {
      fault.set(found);
      return;
    }
    const wasReading = reading;
    reading = false;
    fault.set(null);
    if (before !== null) onRecovered(wasReading);
  }

  return {
    state: () => ({ fault: fault.now(), reading }),
    onlyReading(error) {
      reading = true;
      fault.set(storageFaultOf(error, dir) ?? 'failed');
    },
    noticed(error) {
      const found = storageFaultOf(error, dir);
      if (found !== null) fault.set(found);
      return found !== null;
    },
    explain: (error) => explained(error, dir),
    require(call) {
      if (reading && !harmless.has(call)) throw new BridgeError(codes[fault.now() ?? 'failed']);
    },
    look,
    stop: fault.stop,
  };
}

/** The fault that is known, looked at again and again until it is over. */
function createFault({ clock, onState }: StorageGuardParts, look: () => void) {
  const timer = createOneTimer(clock);
  let fault: StorageFault | null = null;

  function lookAgain(): void {
    if (fault === null) timer.cancel();
    else timer.set(look, lookAgainMs);
  }

  return {
    now: () => fault,
    lookAgain,
    set(next: StorageFault | null) {
      if (next === fault) return;
      fault = next;
      lookAgain();
      if (next !== null) console.warn(`The data folder cannot be written to: ${next}`);
      onState();
    },
    stop: timer.stop,
    stopped: timer.stopped,
  };
}

/** The fault that the files have now; writing is tried only where it failed before. */
function tryFiles(
  { dir, keepInPlace, tryWriting }: StorageGuardParts,
  before: StorageFault | null,
): StorageFault | null {
  try {
    keepInPlace();
    if (before !== null) tryWriting();
    return null;
  } catch (error) {
    return storageFaultOf(error, dir) ?? 'failed';
  }
}

function explained(error: unknown, dir: string): unknown {
  const found = storageFaultOf(error, dir);
  return found === null ? error : new BridgeError(codes[found], { cause: error });
}

const codes: Record<StorageFault, BridgeErrorCode> = {
  full: 'disk-full',
  'read-only': 'storage-read-only',
  held: 'storage-held',
  gone: 'storage-gone',
  swapped: 'storage-gone',
  failed: 'storage-failed',
};
