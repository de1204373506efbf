import type { Calls } from '../../handlers.ts';
import type { Presence } from './presence.ts';

export const presenceCalls = (
  presence: Pick<Presence, 'tell' | 'view'>,
): Calls<'presence.tell' | 'presence.get'> => ({
  'presence.tell': (doing) => {
    presence.tell(doing);
    return {};
  },
  'presence.get': () => presence.view(),
});
