import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CallInput, CallName, CallOutput } from '../../src/contract/bridge.ts';
import { bridgeCalls } from '../../src/contract/bridge.ts';
import type { BridgeErrorCode } from '../../src/contract/errors.ts';
import { BridgeError } from '../../src/contract/errors.ts';
import type { Clock } from '../../src/core/clock.ts';
import { handleCall } from '../../src/main/bridge/handle.ts';
import type { Desk } from '../../src/main/desk/index.ts';
import { openDesk } from '../../src/main/desk/index.ts';
import type { SecretStore } from '../../src/main/sync/secrets.ts';
import type { Chance } from './chance.ts';
import type { Line } from './network.ts';
import { simulatedServer } from './network.ts';
import { closeUnder } from './sqlite-hook.ts';
import type { Trace } from './trace.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One agent's computer: a real desk on real files, which can crash. */
export interface Machine {
  readonly name: string;
  readonly line: Line;
  /** A call through the bridge; `killed` when the machine crashed before it answered. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Outcome<CallOutput<N>>>;
  /** What a reading call answers at once, without time passing; null on an error or a dead machine. */
  look<N extends Reading>(name: N, input: CallInput<N>): CallOutput<N> | null;
  /** Whether the desk has said anything since this was asked last; what it shows cannot have changed without. */
  hasNews(): boolean;
  /** As after kill -9: what stands in the files is all that is left. */
  crash(): void;
  /** Whether it has been killed in this history. */
  wasKilled(): boolean;
  /** The kill falls after this many more writes to SQLite, in the middle of whatever runs then. */
  crashAfterWrites(writes: number): void;
  /** Told of each write by the world; answers whether a kill has just fallen. */
  written(file: string): void;
  /** After a crash: opens the desk again on what is left. True when there was something to do. */
  recover(): boolean;
  restart(): Promise<void>;
  jumpClock(ms: number): void;
  end(): void;
}

/** Calls that only read and answer without waiting. */
export type Reading = 'session.get' | 'sync.get' | 'outbox.list' | 'tickets.list' | 'thread.get' | 'staff.list' | 'settings.get';
export type Outcome<T> = { kind: 'value'; value: T } | { kind: 'error'; code: BridgeErrorCode } | { kind: 'killed' };

export interface MachineParts { name: string; home: string; time: VirtualTime; chance: Chance; line: Line; trace: Trace; startedAt: number }

const patienceMs = 180_000;
/** Shared memory is rebuilt from the log by whoever opens the files next, and the lock ends with its process. */
const survives = (file: string): boolean => !file.endsWith('-shm') && !file.startsWith('desk.lock');

export function createMachine({ name, home, time, chance, line, trace, startedAt }: MachineParts): Machine {
  const secrets = new Map<string, string>();
  let skew = 0;
  let run = 0;
  let writesLeft: number | null = null;
  let life = { alive: true };
  let news = true;
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
      setTimer: (fire, ms) => time.plan(ms, () => { if (mine.alive) fire(); }),
    };
    const opened = openDesk({
      dataDir: folder(run), server: simulatedServer, clock, random: chance.random, secrets: secretsOf(alive), standIn: null, transport: line.transport(alive),
    });
    news = true;
    opened.events.listen(() => { news = true; });
    return opened;
  }

  /** The operating system's secret store: it outlives a crash, but a dead process cannot write to it. */
  function secretsOf(alive: () => boolean): SecretStore {
    return {
      kind: 'os',
      get: (account) => Promise.resolve(secrets.get(account) ?? null),
      set(account, secret) { if (alive()) secrets.set(account, secret); return Promise.resolve(); },
      remove(account) { if (alive()) secrets.delete(account); return Promise.resolve(); },
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
    for (const file of readdirSync(from)) if (survives(file)) copyFileSync(join(from, file), join(to, file));
    trace.add(`${time.now()} ${name} killed`);
  }

  return {
    name, line, crash,
    wasKilled: () => run > 0,
    async call<N extends CallName>(call: N, input: CallInput<N>): Promise<Outcome<CallOutput<N>>> {
      const mine = life;
      if (!desk || !mine.alive) return { kind: 'killed' };
      let result: Awaited<ReturnType<typeof handleCall>> | null = null;
      const answer = handleCall(desk.handlers, 'own window', call, input).then((value) => { result = value; });
      // A killed process never answers, so the wait is for either.
      const held = (): boolean => result !== null || !mine.alive;
      if (!(await time.runWhile(held, time.now() + patienceMs))) throw new Error(`${name}: ${call} did not answer in ${patienceMs} ms`);
      if (!mine.alive) return { kind: 'killed' };
      await answer;
      // Set by the handler above; the compiler does not see through the promise.
      const settled = result as unknown as Awaited<ReturnType<typeof handleCall>>;
      if (!settled.ok) return { kind: 'error', code: settled.error.code };
      // The handlers' type ties each call to its output.
      return { kind: 'value', value: settled.value as CallOutput<N> };
    },
    look<N extends Reading>(name: N, input: CallInput<N>): CallOutput<N> | null {
      if (!desk || !life.alive) return null;
      // The handlers' type ties each call to its input and output; the compiler cannot follow a name through the map.
      const handler = desk.handlers[name] as unknown as (input: CallInput<N>) => CallOutput<N>;
      try {
        // Handlers take what the bridge has parsed.
        return handler(bridgeCalls[name].input.parse(input) as CallInput<N>);
      } catch (error) {
        if (error instanceof BridgeError) return null;
        throw error;
      }
    },
    hasNews() {
      const had = news;
      news = false;
      return had;
    },
    crashAfterWrites(writes) { writesLeft = writes; },
    written(file) {
      if (writesLeft === null || !life.alive || !file.startsWith(folder(run))) return;
      writesLeft -= 1;
      if (writesLeft <= 0) crash();
    },
    recover() {
      if (life.alive) return false;
      closeUnder(`${folder(run - 1)}/`);
      rmSync(folder(run - 1), { recursive: true, force: true });
      life = { alive: true };
      desk = open();
      trace.add(`${time.now()} ${name} opened again`);
      return true;
    },
    async restart() {
      if (!desk || !life.alive) return;
      const mine = life;
      let closed = false;
      const closing = desk.close().then(() => { closed = true; });
      if (!(await time.runWhile(() => closed || !mine.alive, time.now() + patienceMs))) throw new Error(`${name}: close did not end in ${patienceMs} ms`);
      if (!mine.alive) return;
      await closing;
      mine.alive = false;
      life = { alive: true };
      desk = open();
      trace.add(`${time.now()} ${name} restarted`);
    },
    jumpClock(ms) { skew += ms; },
    end() {
      life.alive = false;
      desk = null;
      line.abandon();
      closeUnder(`${folder(run)}/`);
    },
  };
}
