import type { Macros } from './areas/compose/macros.ts';
import type { Outbox } from './areas/outbox/outbox-store.ts';
import type { Search } from './areas/search/search-store.ts';
import type { Session } from './areas/session/session-store.ts';
import type { SettingsStore } from './areas/settings/settings-store.ts';
import type { Inbox } from './areas/tickets/list/inbox.ts';
import type { Staff } from './areas/tickets/staff.ts';
import type { ThreadStore } from './areas/tickets/thread/thread.ts';
import type { SavedViews } from './areas/tickets/views/saved-views-store.ts';

/** How long the first picture of the window waits for the settings (ms). */
const patienceMs = 2_000;

/** Asks again for everything that these tickets are part of; null: any ticket may have changed. */
export type Refresh = (ticketIds: readonly string[] | null) => void;

interface RefreshParts {
  session: Session;
  inbox: Inbox;
  savedViews: SavedViews;
  search: Search;
  outbox: Outbox;
  staff: Staff;
  macros: Macros;
  thread: ThreadStore;
}

/** Each store keeps at most one question under way. */
export function createRefresh(parts: RefreshParts): Refresh {
  const { session, inbox, savedViews, search, outbox, staff, macros, thread } = parts;
  return (ids) => {
    if (session.state.getState().session?.state === 'signed-out') return;
    for (const store of [inbox, savedViews, search, outbox]) store.refresh();
    if (ids === null) for (const store of [staff, macros]) store.refresh();
    thread.forget(ids);
    const open = thread.state.getState().ticketId;
    if (open !== null && (ids === null || ids.includes(open))) thread.refresh();
  };
}

interface FirstListParts {
  inbox: Inbox;
  settings: SettingsStore;
}

/**
 * Asks for the list; resolves once it and the agent's settings are here, so that the window is
 * drawn once and as they want it, and at the latest after two seconds.
 */
export async function firstList({ inbox, settings }: FirstListParts): Promise<void> {
  inbox.refresh();
  await new Promise<void>((done) => {
    inbox.whenLoaded(done);
  });
  if (settings.state.getState().settings !== null) return;
  await new Promise<void>((done) => {
    const timer = setTimeout(done, patienceMs);
    const end = settings.state.subscribe(() => {
      clearTimeout(timer);
      end();
      done();
    });
  });
}

interface RestParts {
  outbox: Outbox;
  staff: Staff;
  macros: Macros;
  savedViews: SavedViews;
}

/** Asks for everything that the first picture of a signed-in window does without. */
export function loadRest({ outbox, staff, macros, savedViews }: RestParts): void {
  for (const store of [outbox, staff, macros, savedViews]) store.refresh();
}
