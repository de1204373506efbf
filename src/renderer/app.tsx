import { useEffect, useLayoutEffect, type ReactNode } from 'react';
import type { SessionState } from '../contract/bridge.ts';
import type { WindowProblem } from './bridge/known-desk.ts';
import { BulkDialog } from './areas/triage/bulk-dialog.tsx';
import { BulkLine } from './areas/triage/bulk-line.tsx';
import { installSources } from './areas/palette/palette-sources.ts';
import { Composer } from './areas/compose/composer.tsx';
import { Details } from './areas/tickets/details/details.tsx';
import { TicketList } from './areas/tickets/list/ticket-list.tsx';
import { Notifications } from './areas/notices/notifications.tsx';
import { NotSentCard } from './areas/outbox/not-sent/card.tsx';
import { TicketCards } from './areas/outbox/not-sent/ticket-cards.tsx';
import { OutboxScreen } from './areas/outbox/outbox-screen.tsx';
import { Elsewhere } from './areas/session/elsewhere.tsx';
import { Palette } from './areas/palette/palette.tsx';
import { Picker } from './areas/triage/pickers/picker.tsx';
import { SearchBox } from './areas/search/search-box.tsx';
import { SettingsDialog } from './areas/settings/settings-dialog.tsx';
import { ShortcutsSheet } from './keys/shortcuts-sheet.tsx';
import { ShortcutsSettings } from './keys/shortcuts-settings.tsx';
import { SignIn } from './areas/session/sign-in.tsx';
import { SignOutDialog } from './areas/session/sign-out-dialog.tsx';
import { Welcome } from './areas/session/welcome.tsx';
import { SyncStatus } from './areas/sync/sync-status.tsx';
import { ThreadPane } from './areas/tickets/thread/thread-pane.tsx';
import { UndoToasts } from './areas/triage/undo-toasts.tsx';
import { AccountMenu } from './areas/session/account-menu.tsx';
import { Views } from './areas/tickets/views/views.tsx';
import { useStoreOf, usePart } from './stores-context.tsx';
import { storageText, texts } from './texts.ts';
import { ComposerDivider, DetailsDivider, ListDivider } from './pane-dividers.tsx';
import { installPanes } from './panes.ts';
import { FoldButton, useRail } from './rail.tsx';
import { useTicketInSight } from './use-ticket-in-sight.ts';
import { useAppearance } from './appearance.ts';
import { afterPaint } from './kit/after-paint.ts';
import { ErrorBoundary } from './kit/error-boundary.tsx';
import { installKeepFocus } from './kit/keep-focus.ts';
import { ToastStack } from './kit/toasts.tsx';

/** The window: sign-in, or the rail, the list, the thread and its details. */
export function App() {
  const { session, problem, askedToSignIn } = useStoreOf(
    (s) => s.session,
    (state) => state,
  );
  const store = usePart((s) => s.session);
  const toasts = usePart((s) => s.toasts);
  const shown = useStoreOf(
    (s) => s.toasts,
    (state) => state.toasts,
  );
  const language = useAppearance();
  if (!session) return <div className="blank" aria-busy="true" />;
  return (
    <>
      <Banner problem={problem} storage={session.storage} />
      {session.state === 'signed-out' ? (
        <SignIn notice={<Elsewhere />} />
      ) : (
        <Desk key={`${session.account?.id} ${language}`} />
      )}
      {askedToSignIn && (
        <SignIn
          onCancel={() => {
            store.askToSignIn(false);
          }}
        />
      )}
      <ToastStack toasts={shown} onDismiss={toasts.dismiss} dismissLabel={texts.closePanel}>
        {session.state !== 'signed-out' && <UndoToasts />}
      </ToastStack>
    </>
  );
}

/** A line across the window: it cannot reach the desk, or the desk cannot store anything. */
function Banner({
  problem,
  storage,
}: {
  problem: WindowProblem | null;
  storage: SessionState['storage'];
}) {
  const alert = problem
    ? `${texts.errors[problem].sentence} ${texts.errors[problem].remedy}`
    : storageText(storage);
  if (alert === null) return null;
  return (
    <div className="gone" role="alert" title={alert}>
      {alert}
    </div>
  );
}

function Desk() {
  const details = useStoreOf(
    (s) => s.panels,
    (state) => state.detailsToggled,
  );
  const outboxShown = useStoreOf(
    (s) => s.outbox,
    (state) => state.shown,
  );
  const isAlone =
    useStoreOf(
      (s) => s.panels,
      (state) => state.room === 'one' && state.pane === 'ticket',
    ) && !outboxShown;
  useInstalled();
  useRail();
  useFront();
  usePresence();
  return (
    <div className={details ? 'app with-details' : 'app'}>
      <Rail isAlone={isAlone} />
      <Panes isAlone={isAlone} isCovered={outboxShown} />
      {outboxShown && (
        <main className="contents">
          <Boundary>
            <OutboxScreen
              notice={<Elsewhere />}
              card={(item, behind) => <NotSentCard item={item} behind={behind} place="outbox" />}
            />
          </Boundary>
        </main>
      )}
      <SettingsDialog shortcuts={<ShortcutsSettings />} />
      <BulkDialog />
      <SignOutDialog />
      <OpenPanel />
    </div>
  );
}

/** Listeners of the page, for as long as the agent is signed in. */
function useInstalled(): void {
  const panels = usePart((s) => s.panels);
  const palette = usePart((s) => s.palette);
  const paletteSources = usePart((s) => s.paletteSources);
  const commandKeys = usePart((s) => s.commandKeys);
  useEffect(() => commandKeys.install(), [commandKeys]);
  useEffect(() => installSources(palette, paletteSources), [palette, paletteSources]);
  useLayoutEffect(() => installPanes(panels), [panels]);
  useEffect(() => installKeepFocus(['#message', '#tickets']), []);
}

/** `isAlone`: the ticket has the window to itself, and the state of the sync with it. */
function Rail({ isAlone }: { isAlone: boolean }) {
  return (
    <header className="rail">
      <AccountMenu />
      <FoldButton />
      <SearchBox />
      <Views />
      <div className="rail-end">
        <Notifications />
        {!isAlone && <SyncStatus />}
      </div>
    </header>
  );
}

/** List, thread and details. Covered, they are out of reach for the keyboard too. */
function Panes({ isAlone, isCovered }: { isAlone: boolean; isCovered: boolean }) {
  const panels = usePart((s) => s.panels);
  return (
    <div className="panes" inert={isCovered}>
      <Boundary>
        <TicketList foot={<ListFoot />} />
      </Boundary>
      <ListDivider />
      <Boundary>
        <ThreadPane
          cards={<TicketCards />}
          composer={<Composer divider={<ComposerDivider />} />}
          greeting={<Welcome />}
          sync={isAlone && <SyncStatus />}
          onToggleDetails={panels.toggleDetails}
        />
      </Boundary>
      <DetailsDivider />
      <Boundary>
        <Details />
      </Boundary>
    </div>
  );
}

/** Below the list, which greets the agent where it stands alone. */
function ListFoot() {
  const isAlone = useStoreOf(
    (s) => s.panels,
    (state) => state.room === 'one',
  );
  return (
    <>
      {isAlone && <Welcome />}
      <BulkLine />
    </>
  );
}

/** An error in one part leaves the others as they are. */
function Boundary({ children }: { children: ReactNode }) {
  const [title, hint] = texts.crashed;
  return <ErrorBoundary {...{ title, hint, reload: texts.reload }}>{children}</ErrorBoundary>;
}

/** The panel that is open over the window. */
function OpenPanel() {
  const panel = useStoreOf(
    (s) => s.panels,
    (state) => state.panel,
  );
  const number = useStoreOf(
    (s) => s.panels,
    (state) => state.number,
  );
  switch (panel?.kind) {
    case 'palette':
      return <Palette key={number} panel={panel} />;
    case 'picker':
      return <Picker key={number} panel={panel} />;
    case 'shortcuts':
      return <ShortcutsSheet key={number} panel={panel} />;
    case undefined:
      return null;
  }
}

/**
 * Tells the desk which ticket is in front of the agent, so that it raises no banner for that one.
 */
function useFront(): void {
  const desk = usePart((s) => s.desk);
  const ticketId = useTicketInSight();
  useEffect(() => {
    const tell = (): void => {
      desk
        .call('window.front', {
          ticket_id: ticketId,
          focused: document.hasFocus() && !document.hidden,
        })
        .catch(() => undefined);
    };
    const callOff = afterPaint(tell);
    const events = ['focus', 'blur'] as const;
    for (const name of events) window.addEventListener(name, tell);
    document.addEventListener('visibilitychange', tell);
    return () => {
      callOff();
      for (const name of events) window.removeEventListener(name, tell);
      document.removeEventListener('visibilitychange', tell);
    };
  }, [desk, ticketId]);
}

/**
 * Tells colleagues which ticket is in front of the agent while the window can be seen and someone
 * is at it.
 */
function usePresence(): void {
  const presence = usePart((s) => s.presence);
  const ticketId = useTicketInSight();
  useEffect(() => {
    const tell = (): void => {
      presence.front(document.hidden ? null : ticketId);
    };
    const leave = (): void => {
      presence.front(null);
    };
    const callOff = afterPaint(tell);
    document.addEventListener('visibilitychange', tell);
    // Captured: what is composed for a script of many signs reaches nothing in the page.
    for (const name of activity)
      window.addEventListener(name, presence.active, { passive: true, capture: true });
    window.addEventListener('pagehide', leave);
    return () => {
      callOff();
      document.removeEventListener('visibilitychange', tell);
      for (const name of activity)
        window.removeEventListener(name, presence.active, { capture: true });
      window.removeEventListener('pagehide', leave);
    };
  }, [presence, ticketId]);
}

const activity = ['keydown', 'pointermove', 'wheel'] as const;
