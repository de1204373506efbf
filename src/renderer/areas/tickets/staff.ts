import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StaffMember } from '../../../contract/entities.ts';
import type { Desk } from '../../bridge/client.ts';
import { coalesce } from '../../kit/coalesce.ts';

/** Colleagues, for names and for assigning. */
export interface Staff {
  state: StoreApi<{ members: StaffMember[] }>;
  refresh(): void;
  clear(): void;
}

export function createStaff(desk: Desk): Staff {
  const state = createStore<{ members: StaffMember[] }>(() => ({ members: [] }));
  let cleared = 0;
  return {
    state,
    refresh: coalesce(async () => {
      const since = cleared;
      const members = await desk.call('staff.list', {}).catch(() => null);
      // A first sync announces every page; an equal list is no news.
      if (
        cleared === since &&
        members &&
        JSON.stringify(members) !== JSON.stringify(state.getState().members)
      )
        state.setState({ members });
    }),
    clear() {
      cleared += 1;
      state.setState({ members: [] });
    },
  };
}
