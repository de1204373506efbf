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

interface WatchingParts {
  call: (name: CallName, input: object) => Promise<{ value: unknown; revision: number | null }>;
  listen: (heard: (payload: EventPayload<'live.changed'>) => void) => void;
  soon: Soon;
}

/** Runs what nobody waits for once the agent's last decision can be seen. */
export type Soon = (work: () => void) => void;

export function createWatching({ call, listen, soon }: WatchingParts): Watching {
  const watched = new Map<number, Watched>();
  const pushed = new Map<number, EventPayload<'live.changed'>>();
  /** The desk is told with the next question. */
  let ended: number[] | 'all' = 'all';
  let serial = 0;

  function end(one: Watched): void {
    if (one.id === null) return;
    watched.delete(one.id);
    if (ended !== 'all') ended.push(one.id);
    one.id = null;
  }

  function begin(one: Watched): void {
    end(one);
    const id = (serial += 1);
    Object.assign(one, { id, isPushed: false });
    watched.set(id, one);
    const over = ended;
    ended = [];
    const isAwaited = (): boolean => one.id === id && !one.isPushed;
    call('live.watch', { id, name: one.name, input: one.input, ended: over }).then(
      ({ value, revision }) => {
        if (isAwaited()) take(one, { ok: true, value }, revision);
      },
      (error: unknown) => {
        if (isAwaited()) one.on.error(error);
      },
    );
  }

  function takePushed(): void {
    const all = [...pushed.values()];
    pushed.clear();
    for (const { id, revision, result } of all) {
      const one = watched.get(id);
      const parsed = CallResult.safeParse(result);
      if (!one || !parsed.success) continue;
      one.isPushed = true;
      take(one, parsed.data, revision);
    }
    const over = all.map(({ id }) => id).filter((id) => !watched.has(id) && !isToldSoon(id));
    if (over.length > 0) call('live.end', { ended: over }).catch(() => undefined);
  }
  const isToldSoon = (id: number): boolean => ended === 'all' || ended.includes(id);

  listen((payload) => {
    const isFirst = pushed.size === 0;
    // The newest result of each is enough.
    pushed.set(payload.id, payload);
    if (isFirst) soon(takePushed);
  });

  return {
    watch(name, input, on) {
      const one: Watched = { id: null, name, input, on, isPushed: false };
      begin(one);
      return {
        ask(next) {
          one.input = next;
          begin(one);
        },
        again() {
          begin(one);
        },
        end() {
          end(one);
        },
      };
    },
    renew() {
      ended = 'all';
      const all = [...watched.values()];
      for (const one of all) begin(one);
    },
  };
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
