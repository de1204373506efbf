import type { TicketFieldChange, TicketRow } from '../../../contract/bridge.ts';
import { withChange } from '../../../core/overlay.ts';
import { inView, passes } from '../../../core/views.ts';
import type { Search } from '../search/search-store.ts';
import type { Session } from '../session/session-store.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { Inbox } from './list/inbox.ts';
import type { Staff } from './staff.ts';

/** An action, as far as it decides where the agent is after it. */
interface Action {
  isOn: (ticketId: string) => boolean;
  change: TicketFieldChange;
  /** Goes on though the ticket stays in the view: the name of the command says so. */
  always?: boolean;
}

/**
 * Decides where an action leaves the agent: at the next ticket, or on the one that they acted on.
 * One rule for the keys, the pickers, the details, the composer and bulk changes.
 */
export interface AfterAction {
  /**
   * To be asked before the action is handed to the desk, since the next ticket is that of the list
   * that the agent saw. Returns what takes them there.
   */
  plan(action: Action): () => void;
}

interface AfterActionParts {
  settings: SettingsStore;
  inbox: Inbox;
  search: Search;
  session: Session;
  staff: Staff;
  openTicketId: () => string | null;
  neighbour: (step: 1) => string | null;
  goTo: (ticketId: string) => void;
}

const staying = (): void => undefined;

export function createAfterAction(parts: AfterActionParts): AfterAction {
  const { settings, openTicketId, goTo } = parts;
  return {
    plan(action) {
      const open = openTicketId();
      if (open === null || !action.isOn(open)) return staying;
      if (settings.state.getState().settings?.after_action === 'stay') return staying;
      if (!action.always && !leavesView(open, action.change, parts)) return staying;
      const next = nextBeside(action, parts);
      if (next === null) return staying;
      return () => {
        // The agent may have gone elsewhere while a message was on its way to the desk.
        if (openTicketId() === open) goTo(next);
      };
    },
  };
}

/** Whether the change takes the ticket out of the view that is shown. A search holds all tickets. */
function leavesView(
  ticketId: string,
  change: TicketFieldChange,
  { inbox, search, session, staff }: AfterActionParts,
): boolean {
  const { rows, view, filter } = inbox.state.getState();
  const row = rows.find(({ id }) => id === ticketId);
  if (!row || search.active() || view === 'drafts') return false;
  const { session: now, sync } = session.state.getState();
  const gone = new Set(
    staff.state
      .getState()
      .members.filter((member) => !member.is_active)
      .map(({ id }) => id),
  );
  const time = Date.now() - (sync?.clock_ahead_ms ?? 0);
  const isIn = (ticket: TicketRow): boolean =>
    inView(view, ticket, now?.account?.id ?? '', time, gone) && passes(filter, ticket, gone);
  return isIn(row) && !isIn(withChange(row, change));
}

/** The first ticket below the open one that the action is not on. */
function nextBeside(
  { isOn }: Action,
  { neighbour, inbox, search }: AfterActionParts,
): string | null {
  const next = neighbour(1);
  if (next === null || !isOn(next)) return next;
  const ids = search.active()
    ? search.state.getState().hits.map(({ row }) => row.id)
    : inbox.state.getState().rows.map(({ id }) => id);
  return ids.slice(ids.indexOf(next)).find((id) => !isOn(id)) ?? null;
}
