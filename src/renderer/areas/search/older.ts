import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OlderTicket } from '../../../contract/bridge.ts';
import type { BridgeErrorCode } from '../../../contract/errors.ts';
import { errorCode, type Desk } from '../../bridge/client.ts';

/** A search on the server and its result. */
type State =
  | { kind: 'none' }
  | ({ query: string } & (
      | { kind: 'asking' }
      | { kind: 'found'; tickets: OlderTicket[] }
      | { kind: 'failed'; error: BridgeErrorCode }
    ));

/**
 * The search among tickets that are not on this computer. It goes out only when the agent asks:
 * words being typed are their own.
 */
export interface Older {
  state: StoreApi<State>;
  ask(query: string): Promise<void>;
  clear(): void;
}

const mostFound = 50;

export function createOlder(desk: Pick<Desk, 'call'>): Older {
  const state = createStore<State>(() => ({ kind: 'none' }));
  return {
    state,
    async ask(query) {
      const asking: State = { kind: 'asking', query };
      const set = (next: State): void => {
        if (state.getState() === asking) state.setState(next, true);
      };
      state.setState(asking, true);
      try {
        set({
          kind: 'found',
          query,
          tickets: (await desk.call('search.older', { query, limit: mostFound })).tickets,
        });
      } catch (error) {
        set({ kind: 'failed', query, error: errorCode(error) });
      }
    },
    clear() {
      state.setState({ kind: 'none' }, true);
    },
  };
}
