import '@fontsource-variable/inter/index.css';
import './kit/tokens.css';
import './kit/components.css';
import './kit/layout.css';
import './kit/overlays.css';
import './kit/outbox.css';
import './kit/settings.css';
import './kit/density.css';
import './kit/lists.css';
import './areas/tickets/list/rows.css';
import './areas/tickets/list/leaving.css';
import './areas/tickets/list/row-menu.css';
import './areas/session/session.css';
import './kit/composing.css';
import './kit/panels.css';
import './kit/narrow.css';
import './kit/print.css';
import { createRoot } from 'react-dom/client';
import type { StaffdeskBridge } from '../contract/bridge.ts';
import { App } from './app.tsx';
import type { Composer } from './areas/compose/composer-store.ts';
import { watchMachine } from './areas/sync/machine.ts';
import type { SyncDetails } from './areas/sync/sync-detail.ts';
import { createDesk } from './bridge/client.ts';
import { EntryError } from './bridge/entry.ts';
import { createLoopbackBridge } from './bridge/loopback.ts';
import { composeWindow } from './composition.ts';
import type { PlaceMemory } from './last-place.ts';
import { firstList } from './loading.ts';
import { PartsProvider } from './stores-context.tsx';
import { texts } from './texts.ts';
import { afterPaint, inboxPainted } from './kit/after-paint.ts';
import { EmptyState } from './kit/empty-state.tsx';
import { installCompositionGuard } from './kit/keys.ts';

declare global {
  interface Window {
    staffdesk?: StaffdeskBridge;
  }
}

const rootElement = document.getElementById('root');
if (!rootElement) throw new Error('index.html has no #root');
installCompositionGuard(document);
const root = createRoot(rootElement);

start().catch((error: unknown) => {
  console.error(error);
  const [title, hint] = texts.entry[error instanceof EntryError ? error.problem : 'no-key'];
  root.render(<EmptyState title={title} hint={hint} />);
});

async function start(): Promise<void> {
  const { staffdesk } = window;
  const loopback = staffdesk ? null : createLoopbackBridge();
  await loopback?.enter();
  const bridge = staffdesk ?? loopback;
  if (!bridge) throw new Error('There is no bridge to the desk');
  const desk = createDesk(bridge, afterPaint);
  const parts = composeWindow(desk, afterPaint);
  const { session, toasts } = parts;
  loopback?.onProblem(session.setProblem);
  // First what tells of changes: whatever is asked after that need not be asked again.
  await loopback?.listening();
  await session.load();
  const askAnew = (): void => {
    desk.renew();
    session.load().catch(toasts.fail);
  };
  loopback?.onReconnect(askAnew);
  followPage(parts);
  const signedIn = session.state.getState().session?.state !== 'signed-out';
  if (signedIn) await firstList(parts);
  root.render(
    <PartsProvider value={parts}>
      <App />
    </PartsProvider>,
  );
  if (!signedIn) return;
  afterPaint(() => {
    // For whoever measures a start, in either shell.
    performance.mark(inboxPainted);
  });
}

interface PageParts {
  composer: Composer;
  lastPlace: PlaceMemory;
  syncDetails: SyncDetails;
}

/** Follows the page to its end, and the network of the machine. */
function followPage({ composer, lastPlace, syncDetails }: PageParts): void {
  // First while the connection to the desk is known to be one: by 'pagehide' the browser may have
  // cut the stream, and nothing is said to a program that may not be the desk.
  for (const name of ['beforeunload', 'pagehide'])
    window.addEventListener(name, () => {
      composer.leave();
      lastPlace.leave();
    });
  watchMachine({ page: document, network: window }, syncDetails.retry);
}
