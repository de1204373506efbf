import type { CallName, CallResult, StaffdeskBridge } from '../../src/contract/bridge.ts';

type Run = (name: CallName, input: unknown) => Promise<CallResult>;

interface Watched {
  id: number;
  name: CallName;
  input: unknown;
  last: CallResult | null;
}

export interface LiveBridge extends StaffdeskBridge {
  /** Runs again what is watched, and pushes what differs. */
  changed(): Promise<void>;
}

/**
 * A bridge on calls that a test answers: a live query is its call, run again when the test says
 * that something has changed. `again`: how it is run, where that is not the same call.
 */
export function liveBridge(
  bridge: Pick<StaffdeskBridge, 'shell' | 'call' | 'on'>,
  again: (name: CallName, input: unknown, last: CallResult | null) => Promise<CallResult> = (
    name,
    input,
  ) => bridge.call(name, input),
): LiveBridge {
  const watched = new Map<number, Watched>();
  const listeners = new Set<(payload: unknown) => void>();
  let revision = 0;

  const watch: Run = async (_name, asked) => {
    const { id, name, input, ended } = asked as Pick<Watched, 'id' | 'name' | 'input'> & {
      ended: 'all' | number[];
    };
    for (const one of ended === 'all' ? watched.keys() : ended) watched.delete(one);
    const mine: Watched = { id, name, input, last: null };
    watched.set(id, mine);
    mine.last = await bridge.call(name, input);
    return mine.last;
  };

  return {
    shell: bridge.shell,
    call(name, input) {
      if (name === 'live.watch') return watch(name, input);
      if (name === 'live.end') return Promise.resolve({ ok: true, value: {} });
      return bridge.call(name, input);
    },
    on(name, listener) {
      if (name !== 'live.changed') return bridge.on(name, listener);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async changed() {
      revision += 1;
      for (const one of watched.values()) {
        const result = await again(one.name, one.input, one.last);
        if (JSON.stringify(result) === JSON.stringify(one.last)) continue;
        one.last = result;
        for (const listener of listeners) listener({ id: one.id, revision, result });
      }
    },
  };
}
