import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StaffMember } from '../../../contract/wire/entities.ts';
import type { Desk } from '../../bridge/client.ts';
import { createFollowing } from '../../bridge/following.ts';

/** Colleagues, for names and for assigning. */
export interface Staff {
  state: StoreApi<{ members: StaffMember[] }>;
  begin(): void;
  clear(): void;
}

export function createStaff(desk: Pick<Desk, 'watch'>): Staff {
  const state = createStore<{ members: StaffMember[] }>(() => ({ members: [] }));
  const staff = createFollowing(
    desk,
    'staff.list',
    {},
    {
      value(members) {
        state.setState({ members });
      },
      // Names that are known stay.
      error: () => undefined,
    },
  );
  return {
    state,
    begin: staff.begin,
    clear() {
      staff.end();
      state.setState({ members: [] });
    },
  };
}
