import type { Composer } from '../areas/compose/composer-store.ts';
import type { MacroUse } from '../areas/compose/macro-use.ts';
import { canSend, type Sending } from '../areas/compose/sending.ts';
import type { Session } from '../areas/session/session-store.ts';
import type { ThreadStore } from '../areas/tickets/thread/thread.ts';
import { isTyping } from '../kit/keys.ts';
import type { Command } from './command.ts';
import { openTicketOf } from './open-ticket.ts';

interface SendParts {
  composer: Composer;
  thread: ThreadStore;
  session: Session;
  sending: Sending;
  macroUse: MacroUse;
}

/** Commands on the text being written. */
export function sendCommands(parts: SendParts): Command[] {
  const { session, sending, macroUse } = parts;
  return [
    {
      id: 'send',
      group: 'write',
      scope: 'tickets',
      key: 'Mod+Enter',
      available: () => canSend(parts) && !isWritingElsewhere(),
      run: () => {
        sending.sendAndStay(null);
      },
    },
    {
      id: 'replyAndClose',
      group: 'write',
      scope: 'tickets',
      key: 'Mod+Shift+Enter',
      available: () => canReply(parts),
      run: () => {
        sending.sendAndStay('close');
      },
    },
    {
      id: 'replyAndWait',
      group: 'write',
      scope: 'tickets',
      key: null,
      available: () =>
        canReply(parts) && session.state.getState().sync?.abilities.changes !== false,
      run: () => {
        sending.sendAndStay('wait');
      },
    },
    {
      id: 'insertMacro',
      group: 'write',
      scope: 'tickets',
      key: 'Mod+/',
      available: () => canInsertMacro(parts),
      run: () => {
        macroUse.beginChoosing('/');
      },
    },
  ];
}

interface WritingParts {
  composer: Composer;
  thread: ThreadStore;
  session: Session;
}

function canReply(parts: WritingParts): boolean {
  const { ticketId } = parts.thread.state.getState();
  return (
    ticketId !== null &&
    parts.composer.kind(ticketId) === 'reply' &&
    canSend(parts) &&
    !isWritingElsewhere()
  );
}

function canInsertMacro({ thread, composer, session }: WritingParts): boolean {
  const ticket = openTicketOf(thread);
  return (
    ticket !== null &&
    session.state.getState().sync?.abilities.macros !== false &&
    !(ticket.status === 'closed' && composer.kind(ticket.id) === 'reply')
  );
}

/**
 * In another text field the key belongs to what is written there. The palette's own field is none.
 */
function isWritingElsewhere(): boolean {
  const { activeElement } = document;
  return (
    isTyping(activeElement) &&
    activeElement?.id !== 'message' &&
    activeElement?.closest('dialog') === null
  );
}
