import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { SearchHit } from '../../contract/bridge.ts';
import type { Desk } from '../bridge/client.ts';
import { coalesce } from './coalesce.ts';
import type { Toasts } from './toasts.ts';

interface State { query: string; /** What `hits` answers; differs from `query` while the next answer is under way. */ answered: string; hits: SearchHit[] }

/** Search on each keystroke; only the newest question's answer is shown. */
export interface Search {
  state: StoreApi<State>;
  type(query: string): void;
  refresh(): void;
}

const limit = 100;

export function createSearch(desk: Desk, toasts: Toasts): Search {
  const state = createStore<State>(() => ({ query: '', answered: '', hits: [] }));
  const ask = coalesce(async () => {
    const query = state.getState().query.trim();
    if (query === '') { state.setState({ hits: [], answered: '' }); return; }
    try {
      const { hits } = await desk.call('search.query', { query, limit });
      state.setState({ hits, answered: query });
    } catch (error) {
      toasts.fail(error);
    }
  });
  return {
    state,
    type(query) { state.setState({ query }); ask(); },
    refresh() { if (state.getState().query !== '') ask(); },
  };
}
