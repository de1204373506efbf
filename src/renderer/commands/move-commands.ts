import type { Stores } from '../stores/desk.ts';
import { neighbour, openTicket } from '../stores/desk.ts';
import type { Command } from './command.ts';
import { hasTicket } from './open-ticket.ts';

/** Through the list and into the conversation. */
export const moveCommands: readonly Command[] = [
  { id: 'next', group: 'move', scope: 'tickets', key: 'J', repeats: true, run: (stores) => { go(stores, 1); } },
  { id: 'previous', group: 'move', scope: 'tickets', key: 'K', repeats: true, run: (stores) => { go(stores, -1); } },
  { id: 'read', group: 'move', scope: 'tickets', key: 'Enter', available: hasTicket, run: () => { document.querySelector<HTMLElement>('[role=log]')?.focus(); } },
  { id: 'search', group: 'move', scope: 'everywhere', key: '/', run: search },
];

/** What was looked for before is chosen, so that typing replaces it. */
function search({ outbox }: Stores): void {
  outbox.hide();
  const field = document.querySelector<HTMLInputElement>('input[type=search]');
  field?.focus();
  field?.select();
}

function go(stores: Stores, step: 1 | -1): void {
  const next = neighbour(stores, step);
  if (next !== null) openTicket(stores, next);
}
