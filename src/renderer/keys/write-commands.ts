import type { Composer } from '../areas/compose/composer-store.ts';
import type { ThreadStore } from '../areas/tickets/thread/thread.ts';
import type { Actions } from '../areas/triage/actions.ts';
import type { Panels } from '../panels.ts';
import type { Command } from './command.ts';
import { hasTicket, type Allowed } from './open-ticket.ts';

interface WriteParts {
  actions: Actions;
  thread: ThreadStore;
  panels: Panels;
  composer: Composer;
  allowed: Allowed;
}

/** Begins a reply or an internal note in the open ticket. */
export function writeCommands({ actions, allowed, ...parts }: WriteParts): Command[] {
  return [
    {
      id: 'reply',
      group: 'write',
      scope: 'tickets',
      key: 'R',
      available: () => hasTicket(actions),
      run: () => {
        write('reply', parts);
      },
    },
    {
      id: 'note',
      group: 'write',
      scope: 'tickets',
      key: 'N',
      available: () => hasTicket(actions),
      run: () => {
        if (allowed('notes')) write('note', parts);
      },
    },
  ];
}

interface ComposerParts {
  thread: ThreadStore;
  panels: Panels;
  composer: Composer;
}

function write(kind: 'reply' | 'note', { thread, panels, composer }: ComposerParts): void {
  const { ticketId } = thread.state.getState();
  if (ticketId === null) return;
  panels.showPane('ticket');
  composer.setKind(ticketId, kind);
  composer.showCaret(ticketId, kind);
}
