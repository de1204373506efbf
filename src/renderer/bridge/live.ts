import type { z } from 'zod';
import {
  bridgeCalls,
  CallResult,
  type CallInput,
  type CallName,
  type CallOutput,
  type EventPayload,
  type LiveName,
} from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';

/** Hears the results of a live query: the first one, and each that differs from the one before. */
export interface OnResult<T> {
  /** `revision`: how much the desk had committed; null: it does not say. */
  value(value: T, revision: number | null): void;
  error(error: unknown): void;
}

/** A query that is watched. */
export interface Live<N extends LiveName> {
  /** Watches another question in its place. */
  ask(input: CallInput<N>): void;
  /** Asks again, since the last result was an error. */
  again(): void;
  end(): void;
}

export interface Watching {
  watch<N extends LiveName>(name: N, input: CallInput<N>, on: OnResult<CallOutput<N>>): Live<N>;
  /** The desk may have lost what this window watches: asks for all of it again. */
  renew(): void;
}

interface Watched {
  /** As the desk knows it now; null: it is over. */
  id: number | null;
  name: LiveName;
  input: object;
  on: OnResult<never>;
  /** Something was pushed, so that a first result that arrives later is an old one. */
  isPushed: boolean;
}

type Pushed = EventPayload<'live.changed'>;
type Call = (name: CallName, input: object) => Promise<{ value: unknown; revision: number | null }>;

interface WatchingParts {
  call: Call;
  listen: (heard: (payload: Pushed) => void) => void;
  soon: Soon;
}

/** Runs what nobody waits for once the agent's last decision can be seen. */
export type Soon = (work: () => void) => void;

export function createWatching({ call, listen, soon }: WatchingParts): Watching {
  const questions = createQuestions(call);
  listen(newestOfEach(soon, questions.take));
  return {
    renew: questions.renew,
    watch(name, input, on) {
      const one: Watched = { id: null, name, input, on, isPushed: false };
      questions.begin(one);
      return {
        ask(next) {
          one.input = next;
          questions.begin(one);
        },
        again() {
          questions.begin(one);
        },
        end() {
          questions.end(one);
        },
      };
    },
  };
}

/** Hands on what is pushed, soon and together: the newest result of each question is enough. */
function newestOfEach(soon: Soon, takeAll: (all: Pushed[]) => void): (payload: Pushed) => void {
  const pushed = new Map<number, Pushed>();
  return (payload) => {
    const isFirst = pushed.size === 0;
    pushed.set(payload.id, payload);
    if (!isFirst) return;
    soon(() => {
      const all = [...pushed.values()];
      pushed.clear();
      takeAll(all);
    });
  };
}

/** The questions that are watched, by the number that the desk knows each by. */
interface Questions {
  /** Asks, in place of the question that this one asked before. */
  begin(one: Watched): void;
  end(one: Watched): void;
  renew(): void;
  take(all: readonly Pushed[]): void;
}

function createQuestions(call: Call): Questions {
  const watched = new Map<number, Watched>();
  const ended = createEnded();
  let serial = 0;

  function end(one: Watched): void {
    if (one.id === null) return;
    watched.delete(one.id);
    ended.add(one.id);
    one.id = null;
  }

  function begin(one: Watched): void {
    end(one);
    const id = (serial += 1);
    Object.assign(one, { id, isPushed: false });
    watched.set(id, one);
    ask(one, id, ended.tell(), call);
  }

  return {
    begin,
    end,
    renew() {
      ended.addAll();
      const all = [...watched.values()];
      for (const one of all) begin(one);
    },
    take(all) {
      for (const payload of all) takePushed(watched.get(payload.id), payload);
      const over = all.map(({ id }) => id).filter((id) => !watched.has(id) && !ended.has(id));
      if (over.length > 0) call('live.end', { ended: over }).catch(() => undefined);
    },
  };
}

/** The questions that are over, of which the desk is told with the next one. */
interface Ended {
  add(id: number): void;
  /** All that this window has asked until now. */
  addAll(): void;
  has(id: number): boolean;
  /** Returns what to tell the desk, once. */
  tell(): number[] | 'all';
}

function createEnded(): Ended {
  // The desk may know of questions from before this page was loaded.
  let ended: number[] | 'all' = 'all';
  return {
    add(id) {
      if (ended !== 'all') ended.push(id);
    },
    addAll() {
      ended = 'all';
    },
    has: (id) => ended === 'all' || ended.includes(id),
    tell() {
      const over = ended;
      ended = [];
      return over;
    },
  };
}

/** Asks the desk, and takes the first result unless a newer one was pushed before it. */
function ask(one: Watched, id: number, ended: number[] | 'all', call: Call): void {
  const isAwaited = (): boolean => one.id === id && !one.isPushed;
  call('live.watch', { id, name: one.name, input: one.input, ended }).then(
    ({ value, revision }) => {
      if (isAwaited()) take(one, { ok: true, value }, revision);
    },
    (error: unknown) => {
      if (isAwaited()) one.on.error(error);
    },
  );
}

function takePushed(one: Watched | undefined, { result, revision }: Pushed): void {
  const parsed = CallResult.safeParse(result);
  if (!one || !parsed.success) return;
  one.isPushed = true;
  take(one, parsed.data, revision);
}

function take({ name, on }: Watched, result: CallResult, revision: number | null): void {
  if (!result.ok) {
    on.error(new BridgeError(result.error.code));
    return;
  }
  const schema: z.ZodType = bridgeCalls[name].output;
  const parsed = schema.safeParse(result.value);
  if (parsed.success) on.value(parsed.data as never, revision);
  else on.error(new BridgeError('internal', { message: `${name}: ${parsed.error.message}` }));
}
