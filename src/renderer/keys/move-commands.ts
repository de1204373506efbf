import type { Outbox } from '../areas/outbox/outbox-store.ts';
import type { Actions } from '../areas/triage/actions.ts';
import type { Navigation } from '../navigation.ts';
import { areDetailsOver, type Panels } from '../panels.ts';
import { goBack } from '../panes.ts';
import type { Command } from './command.ts';
import { hasTicket } from './open-ticket.ts';

interface MoveParts {
  navigation: Navigation;
  actions: Actions;
  outbox: Outbox;
  panels: Panels;
}

/** Through the list and into the conversation. */
export function moveCommands({ navigation, actions, outbox, panels }: MoveParts): Command[] {
  return [
    stepCommand('next', 'J', navigation),
    stepCommand('previous', 'K', navigation),
    {
      id: 'read',
      group: 'move',
      scope: 'tickets',
      key: 'Enter',
      available: () => hasTicket(actions),
      run: () => {
        read(panels);
      },
    },
    {
      id: 'back',
      group: 'move',
      scope: 'tickets',
      key: null,
      available: () => canGoBack(panels),
      run: () => {
        goBack(panels);
      },
    },
    {
      id: 'search',
      group: 'move',
      scope: 'everywhere',
      key: '/',
      run: () => {
        outbox.hide();
        panels.showPane('list');
        focusSearch();
      },
    },
    {
      id: 'filter',
      group: 'move',
      scope: 'tickets',
      key: 'Shift+F',
      run: () => {
        panels.showPane('list');
        document.querySelector<HTMLElement>('.filter-button')?.click();
      },
    },
  ];
}

function stepCommand(id: 'next' | 'previous', key: string, navigation: Navigation): Command {
  return {
    id,
    group: 'move',
    scope: 'tickets',
    key,
    repeats: true,
    run: () => {
      const next = navigation.neighbour(id === 'next' ? 1 : -1);
      if (next !== null) navigation.goToTicket(next);
    },
  };
}

/** The last query is selected, so that typing replaces it. */
function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('input[type=search]');
  field?.focus();
  field?.select();
}

/** Only what can be seen takes the focus. */
function read(panels: Panels): void {
  panels.showPane('ticket');
  document.querySelector<HTMLElement>('[role=log]')?.focus();
}

/** By Escape too, as what it goes back from is left (see listener.ts). */
export function canGoBack(panels: Panels): boolean {
  const state = panels.state.getState();
  return areDetailsOver(state) || (state.room === 'one' && state.pane === 'ticket');
}
