import type { Inbox } from '../list/inbox.ts';
import type { Session } from '../../session/session-store.ts';

/**
 * The window of an agent starts in Mine; where the server cannot assign tickets that stays empty,
 * so there it starts in Open.
 */
export function watchStartView(session: Session, inbox: Pick<Inbox, 'state' | 'show'>): void {
  let begun: string | null = null;
  session.state.subscribe(({ session: now, sync }) => {
    const account = now?.account?.id ?? null;
    if (account === null) begun = null;
    // Until the server was asked once everything counts as possible.
    if (account === null || begun === account || !sync || sync.abilities.level === null) return;
    begun = account;
    if (!sync.abilities.assignment && inbox.state.getState().view === 'mine') inbox.show('open');
  });
}
