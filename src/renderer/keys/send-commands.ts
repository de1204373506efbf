import type { SendFinish } from '../../contract/bridge.ts';
import type { Stores } from '../stores.ts';
import { beginChoosing } from '../areas/compose/macro-use.ts';
import { canSend, sendOpen } from '../areas/compose/sending.ts';
import { focusTickets } from '../panes.ts';
import { isTyping } from '../kit/keys.ts';
import type { Command } from './command.ts';

/** What is done with what is being written. */
export const sendCommands: readonly Command[] = [
  {
    id: 'send',
    group: 'write',
    scope: 'tickets',
    key: 'Mod+Enter',
    available: (stores) => canSend(stores) && !isWritingElsewhere(),
    run: (stores) => {
      sendAndStay(stores, null);
    },
  },
  {
    id: 'replyAndClose',
    group: 'write',
    scope: 'tickets',
    key: 'Mod+Shift+Enter',
    available: (stores) => canReply(stores),
    run: (stores) => {
      sendAndStay(stores, 'close');
    },
  },
  {
    id: 'replyAndWait',
    group: 'write',
    scope: 'tickets',
    key: null,
    available: (stores) =>
      canReply(stores) && stores.session.state.getState().sync?.abilities.changes !== false,
    run: (stores) => {
      sendAndStay(stores, 'wait');
    },
  },
  {
    id: 'insertMacro',
    group: 'write',
    scope: 'tickets',
    key: 'Mod+/',
    available: canInsertMacro,
    run: (stores) => {
      beginChoosing(stores, '/');
    },
  },
];

/**
 * Sends what is written; the focus stays in the composer, or goes to the list where that has gone.
 */
export function sendAndStay(stores: Stores, finish: SendFinish | null): void {
  void sendOpen(stores, finish).then((sent) => {
    if (sent)
      requestAnimationFrame(() => {
        const field = finish === null ? document.getElementById('message') : null;
        if (field) field.focus();
        else focusTickets();
      });
  });
}

function canReply(stores: Stores): boolean {
  const { ticketId } = stores.thread.state.getState();
  return (
    ticketId !== null &&
    stores.composer.kind(ticketId) === 'reply' &&
    canSend(stores) &&
    !isWritingElsewhere()
  );
}

function canInsertMacro({ thread, composer, session }: Stores): boolean {
  const ticket = thread.state.getState().thread?.ticket;
  return (
    ticket !== undefined &&
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
