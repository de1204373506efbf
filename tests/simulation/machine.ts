import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  bridgeCalls,
  type CallInput,
  type CallName,
  type CallOutput,
} from '../../src/contract/bridge.ts';
import { BridgeError, type BridgeErrorCode } from '../../src/contract/errors.ts';
import type { Clock } from '../../src/core/clock.ts';
import { handleCall } from '../../src/main/shell/bridge/handle.ts';
import { openDesk, type Desk } from '../../src/main/desk/desk.ts';
import type { SecretStore } from '../../src/main/desk/areas/session/secrets.ts';
import type { Chance } from './chance.ts';
import { awayInstallation, origins, type Line } from './network.ts';
import { closeUnder } from './sqlite-hook.ts';
import { faultyPath, setStorageFaults, type StorageFault } from './storage-faults.ts';
import type { Trace } from './trace.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One agent's computer: a real desk on real files, which can crash. */
export interface Machine {
  readonly name: string;
  /** The server that whoever sits there has signed in to. */
  at: Place;
  /** The same as its files say it, for when a kill has left that open. */
  signedInTo(): Place | null;
  /** Whether its outbox has this operation waiting, whoever is signed in. */
  keeps(operationId: string): boolean;
  /** The server that its requests reach now. */
  reaches(): Place;
  readonly line: Line;
  /** A call through the bridge; `killed` when the machine crashed before it answered. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Outcome<CallOutput<N>>>;
  /**
   * What a reading call answers at once, without time passing; null on an error or a dead machine.
   */
  look<N extends Reading>(name: N, input: CallInput<N>): CallOutput<N> | null;
  /**
   * Whether the desk has said anything since this was asked last; what it shows cannot have changed
   * without.
   */
  hasNews(): boolean;
  /** As after kill -9: what stands in the files is all that is left. */
  crash(): void;
  /** Whether a desk that runs here has this file open. */
  lives(path: string): boolean;
  /** Whether it has been killed in this history. */
  wasKilled(): boolean;
  /** The kill falls after this many more writes to SQLite, in the middle of whatever runs then. */
  crashAfterWrites(writes: number): void;
  /** Told of each write by the world; answers whether a kill has just fallen. */
  written(file: string): void;
  /** After a crash: opens the desk again on what is left. True when there was something to do. */
  recover(): boolean;
  /** Ends and starts again, with the server at this address from then on. */
  restart(at?: string): Promise<void>;
  jumpClock(ms: number): void;
  /** From now on its disk refuses; null ends that. */
  breakStorage(fault: DiskFault | null): void;
  /** Ends this fault, if no other one has come. */
  mendStorage(fault: DiskFault): void;
  /** Keeps the data folder as it is now, as a backup program does. */
  copyFolder(): FolderCopy;
  /** Killed, and these files of the copy put in place of its own. */
  restoreFolder(copy: FolderCopy, files: readonly DataFile[]): void;
  /**
   * Puts a file of the copy in place of the one that the desk has open; false when no desk runs.
   */
  swapFile(copy: FolderCopy, file: DataFile): boolean;
  end(): void;
}

type Place = 'home' | 'away';
export const dataFiles = ['outbox.db', 'cache.db'] as const;
export type DataFile = (typeof dataFiles)[number];
/** A storage fault of one machine, wherever its folder lies. */
interface DiskFault extends Omit<StorageFault, 'path'> {
  files: readonly DataFile[];
}
/** `at`: virtual ms. */
export interface FolderCopy {
  dir: string;
  at: number;
}

/** Calls that only read and answer without waiting. */
type Reading =
  | 'session.get'
  | 'sync.get'
  | 'outbox.list'
  | 'outbox.bin'
  | 'tickets.list'
  | 'thread.get'
  | 'draft.versions'
  | 'staff.list'
  | 'settings.get';
export type Outcome<T> =
  | { kind: 'value'; value: T }
  | { kind: 'error'; code: BridgeErrorCode }
  | { kind: 'killed' };

export interface MachineParts {
  name: string;
  home: string;
  time: VirtualTime;
  chance: Chance;
  line: Line;
  trace: Trace;
  startedAt: number;
  onExit: (error: unknown) => void;
}

const patienceMs = 180_000;
/**
 * Shared memory is rebuilt from the log by whoever opens the files next, and the lock ends with its
 * process.
 */
const survives = (file: string): boolean => !file.endsWith('-shm') && !file.startsWith('desk.lock');

export function createMachine({
  name,
  home,
  time,
  chance,
  line,
  trace,
  startedAt,
  onExit,
}: MachineParts): Machine {
  const secrets = new Map<string, string>();
  let skew = 0;
  let run = 0;
  let writesLeft: number | null = null;
  let life = { alive: true };
  let news = true;
  let disk: DiskFault | null = null;
  let copies = 0;
  let server: string = origins.home;
  let desk: Desk | null = open();

  function folder(number: number): string {
    return join(home, `${name}-${number}`);
  }

  function open(): Desk {
    const mine = life;
    const alive = (): boolean => mine.alive;
    const bootedAt = time.now();
    const clock: Clock = {
      now: () => startedAt + time.now() + skew,
      monotonic: () => time.now() - bootedAt,
      setTimer: (fire, ms) =>
        time.plan(ms, () => {
          if (mine.alive) runTimer(fire, mine);
        }),
    };
    const opened = openDesk({
      dataDir: folder(run),
      server,
      clock,
      random: chance.random,
      secrets: secretsOf(alive),
      standIn: null,
      transport: line.transport(alive),
    });
    news = true;
    opened.events.listen(() => {
      news = true;
    });
    return opened;
  }

  /** What a timer throws ends a real process. */
  function runTimer(fire: () => void, mine: typeof life): void {
    try {
      fire();
    } catch (error) {
      if (mine.alive) onExit(error);
    }
  }

  /** Read from a copy: whoever opens a database writes to it. */
  function inOutbox<T>(read: (file: string) => T): T {
    const aside = join(home, `${name}-aside`);
    mkdirSync(aside);
    try {
      copyInto(folder(run), aside, (file) => file.startsWith('outbox.db') && survives(file));
      return read(join(aside, 'outbox.db'));
    } finally {
      rmSync(aside, { recursive: true });
    }
  }
  const signedInTo = (): Place | null => inOutbox(placeIn);

  /**
   * Starts the desk on what lies in its folder. A disk that refuses may keep it from starting:
   * whoever sits there tries again later.
   */
  function start(how: string): void {
    machine.at = signedInTo() ?? machine.at;
    life = { alive: true };
    try {
      desk = open();
      trace.add(`${time.now()} ${name} ${how}`);
    } catch (error) {
      life.alive = false;
      desk = null;
      closeUnder(`${folder(run)}/`);
      if (faultyPath(error) === null) throw error;
      trace.add(`${time.now()} ${name} does not start`);
    }
  }

  function wearDisk(): void {
    const worn = disk;
    setStorageFaults(
      name,
      worn === null ? [] : worn.files.map((file) => ({ ...worn, path: join(folder(run), file) })),
    );
  }

  /**
   * Puts these files of a copy in place of what lies in a folder; what the copy does not have is
   * gone.
   */
  function place(copy: FolderCopy, to: string, files: readonly DataFile[]): void {
    const belongs = (file: string): boolean => files.some((data) => file.startsWith(data));
    for (const file of readdirSync(to)) if (belongs(file)) rmSync(join(to, file));
    copyInto(copy.dir, to, belongs);
  }

  /**
   * The operating system's secret store: it outlives a crash, but a dead process cannot write to
   * it.
   */
  function secretsOf(alive: () => boolean): SecretStore {
    return {
      kind: 'os',
      get: (account) => Promise.resolve(secrets.get(account) ?? null),
      set(account, secret) {
        if (alive()) secrets.set(account, secret);
        return Promise.resolve();
      },
      remove(account) {
        if (alive()) secrets.delete(account);
        return Promise.resolve();
      },
    };
  }

  function crash(): void {
    if (!life.alive) return;
    life.alive = false;
    writesLeft = null;
    line.abandon();
    const from = folder(run);
    run += 1;
    const to = folder(run);
    mkdirSync(to, { recursive: true });
    copyInto(from, to, survives);
    wearDisk();
    trace.add(`${time.now()} ${name} killed`);
  }

  const machine: Machine = {
    name,
    line,
    crash,
    signedInTo,
    keeps: (operationId) => inOutbox((file) => waitsIn(file, operationId)),
    at: 'home',
    reaches: () => (server === origins.away || line.isRerouted() ? 'away' : 'home'),
    lives: (path) => life.alive && path.startsWith(folder(run)),
    wasKilled: () => run > 0,
    async call<N extends CallName>(call: N, input: CallInput<N>): Promise<Outcome<CallOutput<N>>> {
      const mine = life;
      if (!desk) return { kind: 'error', code: 'shell-gone' };
      if (!mine.alive) return { kind: 'killed' };
      let result: Awaited<ReturnType<typeof handleCall>> | null = null;
      const answer = handleCall(desk, 'own window', call, input).then((value) => {
        result = value;
      });
      // A killed process never answers, so the wait is for either.
      const held = (): boolean => result !== null || !mine.alive;
      if (!(await time.runWhile(held, time.now() + patienceMs)))
        throw new Error(`${name}: ${call} did not answer in ${patienceMs} ms`);
      if (!mine.alive) return { kind: 'killed' };
      await answer;
      // Set by the handler above; the compiler does not see through the promise.
      const settled = result as unknown as Awaited<ReturnType<typeof handleCall>>;
      if (!settled.ok) return { kind: 'error', code: settled.error.code };
      // The handlers' type ties each call to its output.
      return { kind: 'value', value: settled.value as CallOutput<N> };
    },
    look<N extends Reading>(reading: N, input: CallInput<N>): CallOutput<N> | null {
      if (!desk || !life.alive) return null;
      // The handlers' type ties each call to its input and output; the compiler cannot follow a
      // name through the map.
      const handler = desk.handlers[reading] as unknown as (input: CallInput<N>) => CallOutput<N>;
      try {
        // Handlers take what the bridge has parsed.
        const seen: unknown = handler(bridgeCalls[reading].input.parse(input) as CallInput<N>);
        if (!(seen instanceof Promise)) return seen as CallOutput<N>;
        // The cache is being renewed: nothing can be seen before the next step.
        seen.catch(() => undefined);
        return null;
      } catch (error) {
        if (error instanceof BridgeError || faultyPath(error) !== null) return null;
        throw error;
      }
    },
    hasNews() {
      const had = news;
      news = false;
      return had;
    },
    crashAfterWrites(writes) {
      writesLeft = writes;
    },
    written(file) {
      if (writesLeft === null || !life.alive || !file.startsWith(folder(run))) return;
      writesLeft -= 1;
      if (writesLeft <= 0) crash();
    },
    recover() {
      if (life.alive) return false;
      closeUnder(`${folder(run - 1)}/`);
      rmSync(folder(run - 1), { recursive: true, force: true });
      start('opened again');
      return life.alive;
    },
    async restart(at = server) {
      server = at;
      if (!desk || !life.alive) return;
      const mine = life;
      let closed = false;
      void desk
        .close()
        .catch((error: unknown) => {
          if (mine.alive) onExit(error);
        })
        .finally(() => {
          closed = true;
        });
      if (!(await time.runWhile(() => closed || !mine.alive, time.now() + patienceMs)))
        throw new Error(`${name}: close did not end in ${patienceMs} ms`);
      if (!mine.alive) return;
      mine.alive = false;
      closeUnder(`${folder(run)}/`);
      start('restarted');
    },
    jumpClock(ms) {
      skew += ms;
    },
    breakStorage(fault) {
      disk = fault;
      wearDisk();
    },
    mendStorage(fault) {
      if (disk !== fault) return;
      disk = null;
      wearDisk();
    },
    copyFolder() {
      copies += 1;
      const dir = join(home, `${name}-copy-${copies}`);
      mkdirSync(dir);
      copyInto(folder(run), dir, survives);
      return { dir, at: time.now() };
    },
    restoreFolder(copy, files) {
      crash();
      place(copy, folder(run), files);
      line.forgetPages();
      trace.add(`${time.now()} ${name} set back to a copy of ${copy.at}: ${files.join(', ')}`);
    },
    swapFile(copy, file) {
      if (!life.alive) return false;
      place(copy, folder(run), [file]);
      return true;
    },
    end() {
      life.alive = false;
      desk = null;
      disk = null;
      wearDisk();
      line.abandon();
      closeUnder(`${folder(run)}/`);
    },
  };
  return machine;
}

function waitsIn(file: string, operationId: string): boolean {
  const db = new Database(file);
  try {
    return (
      db
        .prepare("select 1 from operations where id = ? and state not in ('acked', 'discarded')")
        .get(operationId) !== undefined
    );
  } finally {
    db.close();
  }
}

/** Whose account an outbox file says is signed in; null for nobody's. */
function placeIn(file: string): Place | null {
  const db = new Database(file);
  try {
    const server = db
      .prepare<
        [],
        { address: string; installation: string | null }
      >(`select address, installation from servers
      where key = (select server_key from accounts where key = (select value from settings where name = 'current-account'))`)
      .get();
    if (!server) return null;
    return server.address === origins.away || server.installation === awayInstallation
      ? 'away'
      : 'home';
  } finally {
    db.close();
  }
}

function copyInto(from: string, to: string, which: (file: string) => boolean): void {
  for (const file of readdirSync(from))
    if (which(file)) copyFileSync(join(from, file), join(to, file));
}
