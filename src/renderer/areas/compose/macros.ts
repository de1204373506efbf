import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MacroItem } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { createFollowing } from '../../bridge/following.ts';

/** Canned replies, as the desk has them. */
export interface Macros {
  state: StoreApi<{ macros: MacroItem[] }>;
  begin(): void;
  clear(): void;
}

export function createMacros(desk: Pick<Desk, 'watch'>): Macros {
  const state = createStore<{ macros: MacroItem[] }>(() => ({ macros: [] }));
  const list = createFollowing(
    desk,
    'macros.list',
    {},
    {
      value(macros) {
        state.setState({ macros });
      },
      // Known macros stay.
      error: () => undefined,
    },
  );
  return {
    state,
    begin: list.begin,
    clear() {
      list.end();
      state.setState({ macros: [] });
    },
  };
}
