import {
  bridgeCalls,
  liveQueries,
  type CallResult,
  type Dependence,
  type LiveName,
  type Touched,
} from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import type { Clock, Timer } from '../../core/clock.ts';
import type { Events } from './events.ts';
import { factsOf, type Facts } from './live-facts.ts';

interface LiveParts {
  clock: Clock;
  events: Pick<Events, 'emit'>;
  /** The account whose data the queries read; null: nobody's. */
  account: () => string | null;
  /** Runs a query; `last` is what it returned before, where the window has that. */
  run: (name: LiveName, input: never, last: unknown) => unknown;
  /** Turns the error that a query has thrown into one for the window. */
  explain: (error: unknown) => BridgeError;
}

/** The queries that windows watch, and the number of commits. */
export interface LiveQueries {
  /** Runs a call of a window; `touch` knows then who has made the commits in it. */
  by<T>(window: string | undefined, act: () => T): T;
  /** The window whose call runs now. */
  asking(): string | undefined;
  /** To be called after a commit: what depends on it is run again soon. */
  touch(touched: Touched): void;
  /** Grows with every commit. */
  revision(): number;
  /** Returns the result now; without a window nothing is watched. Throws what the query throws. */
  watch(asked: Asked): unknown;
  end(ended: readonly number[] | 'all'): void;
  /** The window has gone. */
  left(window: string): void;
  stop(): void;
}

export interface Asked {
  id: number;
  name: string;
  input?: unknown;
  ended: readonly number[] | 'all';
}

interface Watched {
  window: string;
  id: number;
  name: LiveName;
  input: never;
  account: string | null;
  /**
   * The last result that the window has; null: none, since the last run failed or there was none.
   */
  last: { value: unknown } | null;
  told: Facts | null;
  /** Whether to run it again; 'own' if only its own window has saved drafts since. */
  due: 'no' | 'own' | 'yes';
}

/** More than a window shows at once. */
const mostOfWindow = 40;
/** Between two runs for what no window has done (ms), and as a multiple of what one took. */
const pauseMs = 50;
const pauseTimes = 4;

export function createLiveQueries(parts: LiveParts): LiveQueries {
  const watched = createWatchedSet();
  let revision = 0;
  let window: string | undefined;

  const runs = createRuns(parts.clock, () => {
    for (const one of watched.all()) if (one.due !== 'no') runAgain(one, { ...parts, revision });
  });

  function end(ended: readonly number[] | 'all'): void {
    if (window !== undefined) watched.end(window, ended);
  }

  return {
    revision: () => revision,
    asking: () => window,
    by(of, act) {
      const before = window;
      window = of;
      try {
        return act();
      } finally {
        window = before;
      }
    },
    touch(touched) {
      revision += 1;
      const due = [...watched.all()].filter((one) => depends(one, touched));
      for (const one of due) makeDue(one, isOwnDraft(one, touched, window));
      if (due.length > 0) runs.plan(window !== undefined);
    },
    watch({ id, name, input, ended }) {
      end(ended);
      const asked = askedOf(name, input);
      const account = parts.account();
      if (window === undefined) return parts.run(asked.name, asked.input, null);
      const one: Watched = { ...asked, window, id, account, last: null, told: null, due: 'no' };
      watched.add(one);
      return runFirst(one, parts);
    },
    end,
    left(of) {
      watched.end(of, 'all');
    },
    stop() {
      runs.stop();
      watched.clear();
    },
  };
}

/** The queries that windows watch, by window. */
interface WatchedSet {
  all(): Iterable<Watched>;
  /** Throws BridgeError 'invalid-input' where its window watches too many. */
  add(one: Watched): void;
  end(window: string, ended: readonly number[] | 'all'): void;
  clear(): void;
}

function createWatchedSet(): WatchedSet {
  const watched = new Map<string, Watched>();
  const keyOf = (of: string, id: number): string => `${of} ${id}`;
  const ofWindow = (of: string): Watched[] =>
    [...watched.values()].filter((one) => one.window === of);
  return {
    all: () => watched.values(),
    add(one) {
      if (ofWindow(one.window).length >= mostOfWindow)
        throw new BridgeError('invalid-input', { message: 'too many live queries' });
      watched.set(keyOf(one.window, one.id), one);
    },
    end(window, ended) {
      const ids = ended === 'all' ? ofWindow(window).map(({ id }) => id) : ended;
      for (const id of ids) watched.delete(keyOf(window, id));
    },
    clear() {
      watched.clear();
    },
  };
}

function makeDue(one: Watched, isOwn: boolean): void {
  if (isOwn && one.told?.drafts) one.told = { ...one.told, drafts: null };
  one.due = isOwn && one.due !== 'yes' ? 'own' : 'yes';
}

/** Throws what the query throws. */
function runFirst(one: Watched, { run, explain }: Pick<LiveParts, 'run' | 'explain'>): unknown {
  try {
    const value = run(one.name, one.input, null);
    one.last = { value };
    one.told = factsOf(one.name, { ok: true, value });
    return value;
  } catch (error) {
    one.told = factsOf(one.name, { ok: false, error: explain(error).toShape() });
    throw error;
  }
}

/**
 * When queries run again: for what a window has done at once, for the rest of the world after a
 * pause that grows with the time that the last run took.
 */
function createRuns(
  clock: Clock,
  run: () => void,
): { plan: (soon: boolean) => void; stop: () => void } {
  let timer: Timer | null = null;
  let isSoon = false;
  let restUntil = 0;

  function runDue(): void {
    timer = null;
    const began = clock.monotonic();
    run();
    const took = clock.monotonic() - began;
    restUntil = began + took + Math.max(pauseMs, pauseTimes * took);
  }
  return {
    plan(soon) {
      if (timer && (isSoon || !soon)) return;
      timer?.cancel();
      isSoon = soon;
      timer = clock.setTimer(runDue, soon ? 0 : Math.max(0, restUntil - clock.monotonic()));
    },
    stop: () => timer?.cancel(),
  };
}

/** Throws BridgeError 'invalid-input'. */
function askedOf(name: string, input: unknown): Pick<Watched, 'name' | 'input'> {
  if (!Object.hasOwn(liveQueries, name))
    throw new BridgeError('invalid-input', { message: 'not a live query' });
  const known = name as LiveName;
  const parsed = bridgeCalls[known].input.safeParse(input);
  if (!parsed.success) throw new BridgeError('invalid-input', { message: parsed.error.message });
  // Name and input belong together; the compiler cannot follow that through the map.
  return { name: known, input: parsed.data as never };
}

function depends({ name, input }: Watched, { topics, tickets }: Touched): boolean {
  const on: Dependence = liveQueries[name];
  if (topics.some((topic) => on.topics.includes(topic))) return true;
  if (!topics.some((topic) => on.ofItsTicket?.includes(topic))) return false;
  return tickets === 'all' || tickets.includes((input as { ticket_id: string }).ticket_id);
}

function isOwnDraft(one: Watched, { topics }: Touched, window: string | undefined): boolean {
  return one.window === window && topics.every((topic) => topic === 'drafts');
}

interface RunParts extends LiveParts {
  revision: number;
}

/** Runs a query again, and pushes the result to its window where it differs. */
function runAgain(one: Watched, { account, run, explain, events, revision }: RunParts): void {
  const isOwn = one.due === 'own';
  one.due = 'no';
  if (one.account !== account()) return;
  const result = resultOf(() => run(one.name, one.input, one.last?.value ?? null), explain);
  // Its account is opened again in a moment, and everything run then.
  if (!result.ok && result.error.code === 'not-signed-in') return;
  const facts = factsOf(one.name, result);
  const before = one.told;
  one.told = facts;
  one.last = result.ok ? { value: result.value } : null;
  const isNews = before?.others !== facts.others || (!isOwn && before.drafts !== facts.drafts);
  if (isNews) events.emit('live.changed', { id: one.id, revision, result }, one.window);
}

function resultOf(run: () => unknown, explain: LiveParts['explain']): CallResult {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    return { ok: false, error: explain(error).toShape() };
  }
}
