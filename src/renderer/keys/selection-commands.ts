import type { Search } from '../areas/search/search-store.ts';
import type { Inbox } from '../areas/tickets/list/inbox.ts';
import type { Actions } from '../areas/triage/actions.ts';
import type { Selection } from '../areas/triage/selection.ts';
import type { Navigation } from '../navigation.ts';
import type { Command } from './command.ts';
import { hasTicket } from './open-ticket.ts';

interface SelectionParts {
  selection: Selection;
  inbox: Inbox;
  search: Search;
  navigation: Navigation;
  actions: Actions;
}

/** Which tickets the next command is for. */
export function selectionCommands(parts: SelectionParts): Command[] {
  const { selection, inbox, search, actions } = parts;
  return [
    {
      id: 'select',
      group: 'ticket',
      scope: 'tickets',
      key: 'X',
      available: () => hasTicket(actions),
      run: () => {
        const { selected } = inbox.state.getState();
        if (selected !== null) selection.toggle(selected);
      },
    },
    extendCommand('extendNext', 'Shift+J', parts),
    extendCommand('extendPrevious', 'Shift+K', parts),
    {
      id: 'selectAll',
      group: 'move',
      scope: 'tickets',
      key: 'Mod+A',
      run: () => {
        const { query, hits } = search.state.getState();
        const isSearching = query.trim() !== '';
        selection.pickLoaded(
          isSearching ? hits.map(({ row }) => row) : inbox.state.getState().rows,
        );
      },
    },
    {
      id: 'clearSelection',
      group: 'move',
      scope: 'tickets',
      key: 'Escape',
      available: () => selection.count() > 0,
      run: () => {
        selection.clear();
      },
    },
  ];
}

/**
 * Picks the ticket that the agent is at, goes on by one and picks that too. Opens none: an opened
 * ticket counts as read.
 */
function extendCommand(
  id: 'extendNext' | 'extendPrevious',
  key: string,
  { selection, inbox, navigation, actions }: SelectionParts,
): Command {
  return {
    id,
    group: 'move',
    scope: 'tickets',
    key,
    repeats: true,
    available: () => hasTicket(actions),
    run: () => {
      const { selected } = inbox.state.getState();
      const next = navigation.neighbour(id === 'extendNext' ? 1 : -1);
      selection.add([selected, next].filter((ticketId) => ticketId !== null));
      if (next !== null) inbox.select(next);
    },
  };
}
