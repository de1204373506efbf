import type { Macros } from './areas/compose/macros.ts';
import type { Outbox } from './areas/outbox/outbox-store.ts';
import type { PresenceStore } from './areas/presence/presence-store.ts';
import type { SettingsStore } from './areas/settings/settings-store.ts';
import type { Inbox } from './areas/tickets/list/inbox.ts';
import type { Staff } from './areas/tickets/staff.ts';
import type { SavedViews } from './areas/tickets/views/saved-views-store.ts';
import type { Bulks } from './areas/triage/bulks.ts';
import { when } from './kit/when.ts';

interface FirstListParts {
  inbox: Inbox;
  settings: SettingsStore;
}

/**
 * Resolves once the list and the agent's settings are here, so that the window is drawn once and as
 * they want it, and at the latest after two seconds.
 */
export async function firstList({ inbox, settings }: FirstListParts): Promise<void> {
  await new Promise<void>((done) => {
    inbox.whenLoaded(done);
  });
  await new Promise<void>((done) => {
    when(() => settings.state.getState().settings !== null, [settings.state], done);
  });
}

interface RestParts {
  outbox: Outbox;
  staff: Staff;
  macros: Macros;
  savedViews: SavedViews;
  bulks: Bulks;
  presence: PresenceStore;
}

/** Begins everything that the first picture of a signed-in window does without. */
export function beginRest(parts: RestParts): void {
  const { outbox, staff, macros, savedViews, bulks, presence } = parts;
  for (const store of [outbox, staff, macros, savedViews]) store.begin();
  bulks.load();
  presence.load();
}
