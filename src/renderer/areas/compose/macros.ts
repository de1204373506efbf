import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MacroItem } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { coalesce } from '../../kit/coalesce.ts';

/** Canned replies, as the desk has them. */
export interface Macros {
  state: StoreApi<{ macros: MacroItem[] }>;
  refresh(): void;
  clear(): void;
}

export function createMacros(desk: Desk): Macros {
  const state = createStore<{ macros: MacroItem[] }>(() => ({ macros: [] }));
  let cleared = 0;
  return {
    state,
    refresh: coalesce(async () => {
      const since = cleared;
      const macros = await desk.call('macros.list', {}).catch(() => null);
      if (
        cleared === since &&
        macros &&
        JSON.stringify(macros) !== JSON.stringify(state.getState().macros)
      )
        state.setState({ macros });
    }),
    clear() {
      cleared += 1;
      state.setState({ macros: [] });
    },
  };
}
