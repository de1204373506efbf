import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallOutput } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { coalesce } from '../../kit/coalesce.ts';
import type { Toasts } from '../../toasts.ts';

/** Every tag in use, the most used first; asked for by who shows them. */
export interface Tags {
  state: StoreApi<{ tags: CallOutput<'tags.list'> }>;
  refresh(): void;
  clear(): void;
}

export function createTags(desk: Desk, toasts: Toasts): Tags {
  const state = createStore<{ tags: CallOutput<'tags.list'> }>(() => ({ tags: [] }));
  let cleared = 0;
  return {
    state,
    refresh: coalesce(async () => {
      const since = cleared;
      try {
        const tags = await desk.call('tags.list', {});
        if (cleared === since) state.setState({ tags });
      } catch (error) {
        toasts.fail(error);
      }
    }),
    clear() {
      cleared += 1;
      state.setState({ tags: [] });
    },
  };
}
