import type { presenceContract } from '../../../../contract/areas/presence.ts';
import type { CallsOf } from '../../handlers.ts';
import type { Presence } from './presence.ts';

export const presenceCalls = (
  presence: Pick<Presence, 'tell' | 'view'>,
): CallsOf<typeof presenceContract> => ({
  'presence.tell': (doing) => {
    presence.tell(doing);
    return {};
  },
  'presence.get': () => presence.view(),
});
