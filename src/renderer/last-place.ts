import type { LastPlace, StartPlace } from '../contract/bridge.ts';
import type { Session } from './areas/session/session-store.ts';
import type { Inbox } from './areas/tickets/list/inbox.ts';
import type { ThreadStore } from './areas/tickets/thread/thread.ts';
import type { Desk } from './bridge/client.ts';
import { isTicketInSight, type Panels } from './panels.ts';

/** Long enough that a walk through the list with J is remembered once, at its end (ms). */
const settledMs = 1_000;

interface PlaceParts {
  desk: Pick<Desk, 'call'>;
  session: Session;
  inbox: Pick<Inbox, 'state'>;
  thread: Pick<ThreadStore, 'state'>;
  panels: Panels;
}

export interface PlaceMemory {
  /** The page is going: what changed a moment ago is remembered now. */
  leave(): void;
}

/**
 * Remembers the view and the ticket that the agent has in front of them, a moment after they
 * change, so that the next window of their account begins there.
 */
export function rememberPlace({ desk, session, inbox, thread, panels }: PlaceParts): PlaceMemory {
  let account: string | null = null;
  let remembered = '';
  let timer: ReturnType<typeof setTimeout> | null = null;

  function here(): LastPlace {
    const { view, saved } = inbox.state.getState();
    const isInSight = isTicketInSight(panels.state.getState());
    return { view, saved, ticket_id: isInSight ? thread.state.getState().ticketId : null };
  }

  function remember(): void {
    timer = null;
    const place = here();
    if (JSON.stringify(place) === remembered) return;
    remembered = JSON.stringify(place);
    // Where it cannot be stored the next window begins elsewhere; the agent has lost nothing.
    desk.call('settings.set', { last_place: place }).catch(() => undefined);
  }

  function callOff(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  function moved(): void {
    callOff();
    if (account !== null) timer = setTimeout(remember, settledMs);
  }

  session.state.subscribe(({ session: now }) => {
    const next = now?.account?.id ?? null;
    if (next === account) return;
    account = next;
    callOff();
    remembered = JSON.stringify(now?.place ? asLast(now.place) : here());
  });
  inbox.state.subscribe((now, before) => {
    if (now.view !== before.view || now.saved !== before.saved) moved();
  });
  thread.state.subscribe((now, before) => {
    if (now.ticketId !== before.ticketId) moved();
  });
  panels.state.subscribe((now, before) => {
    if (isTicketInSight(now) !== isTicketInSight(before)) moved();
  });
  return {
    leave() {
      const isUnsettled = timer !== null;
      callOff();
      if (isUnsettled) remember();
    },
  };
}

const asLast = ({ query, saved, ticket_id }: StartPlace): LastPlace => ({
  view: query.view,
  saved,
  ticket_id,
});
