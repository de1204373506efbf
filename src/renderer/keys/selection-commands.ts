import { neighbour, type Stores } from '../stores.ts';
import type { Command } from './command.ts';
import { hasTicket } from './open-ticket.ts';

/** Which tickets the next command is for. */
export const selectionCommands: readonly Command[] = [
  {
    id: 'select',
    group: 'ticket',
    scope: 'tickets',
    key: 'X',
    available: hasTicket,
    run: ({ selection, inbox }) => {
      const { selected } = inbox.state.getState();
      if (selected !== null) selection.toggle(selected);
    },
  },
  {
    id: 'extendNext',
    group: 'move',
    scope: 'tickets',
    key: 'Shift+J',
    repeats: true,
    available: hasTicket,
    run: (stores) => {
      extend(stores, 1);
    },
  },
  {
    id: 'extendPrevious',
    group: 'move',
    scope: 'tickets',
    key: 'Shift+K',
    repeats: true,
    available: hasTicket,
    run: (stores) => {
      extend(stores, -1);
    },
  },
  { id: 'selectAll', group: 'move', scope: 'tickets', key: 'Mod+A', run: selectAll },
  {
    id: 'clearSelection',
    group: 'move',
    scope: 'tickets',
    key: 'Escape',
    available: ({ selection }) => selection.count() > 0,
    run: ({ selection }) => {
      selection.clear();
    },
  },
];

/**
 * Picks the ticket that the agent is at, goes on by one and picks that too. Opens none: an opened
 * ticket counts as read.
 */
function extend(stores: Stores, step: 1 | -1): void {
  const { selected } = stores.inbox.state.getState();
  const next = neighbour(stores, step);
  stores.selection.add([selected, next].filter((id) => id !== null));
  if (next !== null) stores.inbox.select(next);
}

function selectAll({ selection, inbox, search }: Stores): void {
  const { query, hits } = search.state.getState();
  selection.pickLoaded(
    query.trim() === '' ? inbox.state.getState().rows : hits.map((hit) => hit.row),
  );
}
