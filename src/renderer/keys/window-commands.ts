import type { Session } from '../areas/session/session-store.ts';
import type { SignOut } from '../areas/session/sign-out-store.ts';
import type { SyncDetails } from '../areas/sync/sync-detail.ts';
import type { Desk } from '../bridge/client.ts';
import type { Command } from './command.ts';

interface WindowParts {
  desk: Desk;
  session: Session;
  syncDetails: SyncDetails;
  signOut: SignOut;
}

/** The window's connection and account. */
export function windowCommands(parts: WindowParts): Command[] {
  const { desk, session, syncDetails, signOut } = parts;
  return [
    {
      id: 'tryNow',
      group: 'app',
      scope: 'everywhere',
      key: null,
      available: () => session.state.getState().sync?.phase === 'offline',
      run: () => {
        syncDetails.retry();
      },
    },
    // The page that opens another of its own origin hands its session on to it.
    {
      id: 'newWindow',
      group: 'app',
      scope: 'everywhere',
      key: null,
      available: () => desk.shell === 'loopback',
      run: () => {
        window.open(location.pathname, '_blank', 'popup,width=1280,height=800');
      },
    },
    {
      id: 'signOut',
      group: 'app',
      scope: 'everywhere',
      key: null,
      run: () => {
        void signOut.ask();
      },
    },
  ];
}
