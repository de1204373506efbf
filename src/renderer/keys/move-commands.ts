import { goToTicket, neighbour, type Stores } from '../stores.ts';
import { areDetailsOver } from '../panels.ts';
import { goBack } from '../panes.ts';
import type { Command } from './command.ts';
import { hasTicket } from './open-ticket.ts';

/** Through the list and into the conversation. */
export const moveCommands: readonly Command[] = [
  {
    id: 'next',
    group: 'move',
    scope: 'tickets',
    key: 'J',
    repeats: true,
    run: (stores) => {
      go(stores, 1);
    },
  },
  {
    id: 'previous',
    group: 'move',
    scope: 'tickets',
    key: 'K',
    repeats: true,
    run: (stores) => {
      go(stores, -1);
    },
  },
  { id: 'read', group: 'move', scope: 'tickets', key: 'Enter', available: hasTicket, run: read },
  { id: 'back', group: 'move', scope: 'tickets', key: null, available: canGoBack, run: goBack },
  { id: 'search', group: 'move', scope: 'everywhere', key: '/', run: search },
];

/** What was looked for before is chosen, so that typing replaces it. */
function search({ outbox, panels }: Stores): void {
  outbox.hide();
  panels.showPane('list');
  const field = document.querySelector<HTMLInputElement>('input[type=search]');
  field?.focus();
  field?.select();
}

/** Only what can be seen takes the focus. */
function read({ panels }: Stores): void {
  panels.showPane('ticket');
  document.querySelector<HTMLElement>('[role=log]')?.focus();
}

/** By Escape too, as what it goes back from is left (see listener.ts). */
export function canGoBack({ panels }: Stores): boolean {
  const state = panels.state.getState();
  return areDetailsOver(state) || (state.room === 'one' && state.pane === 'ticket');
}

function go(stores: Stores, step: 1 | -1): void {
  const next = neighbour(stores, step);
  if (next !== null) goToTicket(stores, next);
}
