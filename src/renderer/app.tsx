import { useEffect, useState } from 'react';
import { Composer } from './features/composer/composer.tsx';
import { Details } from './features/details/details.tsx';
import { TicketList } from './features/inbox/ticket-list.tsx';
import { Notifications } from './features/notifications/notifications.tsx';
import { OutboxPanel } from './features/outbox/outbox-panel.tsx';
import { SearchBox } from './features/search/search-box.tsx';
import { SignIn } from './features/sign-in/sign-in.tsx';
import { SyncStatus } from './features/sync-status/sync-status.tsx';
import { ThreadPane } from './features/thread/thread-pane.tsx';
import { AccountMenu } from './features/views/account-menu.tsx';
import { Views } from './features/views/views.tsx';
import { installShortcuts } from './shortcuts.ts';
import { useStoreOf, useStores } from './stores/context.tsx';
import { texts } from './texts.ts';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { ToastStack } from './ui/toasts.tsx';

/** The window: sign-in, or the rail, the list, the thread and its details. */
export function App() {
  const { session, gone, askedToSignIn } = useStoreOf((s) => s.session, (state) => state);
  const { session: store, toasts } = useStores();
  const shown = useStoreOf((s) => s.toasts, (state) => state.toasts);
  if (!session) return <div className="blank" aria-busy="true" />;
  return (
    <>
      {gone && <div className="gone" role="alert">{texts.gone}</div>}
      {session.state === 'signed-out' ? <SignIn /> : <Desk key={session.account?.id} />}
      {askedToSignIn && <SignIn onCancel={() => { store.askToSignIn(false); }} />}
      <ToastStack toasts={shown} onDismiss={toasts.dismiss} dismissLabel={texts.closePanel} />
    </>
  );
}

function Desk() {
  const stores = useStores();
  const [details, setDetails] = useState(false);
  useEffect(() => installShortcuts(stores), [stores]);
  useFront();
  const boundary = { title: texts.crashed[0], hint: texts.crashed[1], reload: texts.reload };
  return (
    <div className={details ? 'app with-details' : 'app'}>
      <div className="rail">
        <AccountMenu />
        <SearchBox />
        <Views />
        <div className="rail-end"><Notifications /><SyncStatus /></div>
      </div>
      <ErrorBoundary {...boundary}><TicketList /></ErrorBoundary>
      <ErrorBoundary {...boundary}><ThreadPane composer={<Composer />} onToggleDetails={() => { setDetails((open) => !open); }} /></ErrorBoundary>
      <ErrorBoundary {...boundary}><Details /></ErrorBoundary>
      <OutboxPanel />
    </div>
  );
}

/** Tells the desk which ticket is in front of the agent, so that it raises no banner for that one. */
function useFront(): void {
  const { desk } = useStores();
  const ticketId = useStoreOf((s) => s.thread, (state) => state.ticketId);
  useEffect(() => {
    const tell = (): void => { desk.call('window.front', { ticket_id: ticketId, focused: document.hasFocus() && !document.hidden }).catch(() => undefined); };
    tell();
    const events = ['focus', 'blur'] as const;
    for (const name of events) window.addEventListener(name, tell);
    document.addEventListener('visibilitychange', tell);
    return () => {
      for (const name of events) window.removeEventListener(name, tell);
      document.removeEventListener('visibilitychange', tell);
    };
  }, [desk, ticketId]);
}
