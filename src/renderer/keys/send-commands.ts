import type { SendFinish } from '../../contract/bridge.ts';
import type { Composer } from '../areas/compose/composer-store.ts';
import type { MacroUse } from '../areas/compose/macro-use.ts';
import { canSend, type Sending } from '../areas/compose/sending.ts';
import type { Session } from '../areas/session/session-store.ts';
import type { ThreadStore } from '../areas/tickets/thread/thread.ts';
import { isTyping } from '../kit/keys.ts';
import type { Choice, Command, CommandId } from './command.ts';
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
  const canSendText = (): boolean => canSendHere(parts);
  const canSendReply = (): boolean => canReply(parts);
  const canWait = (): boolean =>
    canSendReply() && session.state.getState().sync?.abilities.changes !== false;
  return [
    sendCommand({ id: 'send', key: 'Mod+Enter', finish: null }, canSendText, sending),
    sendCommand(
      { id: 'replyAndClose', key: 'Mod+Shift+Enter', finish: 'close' },
      canSendReply,
      sending,
    ),
    sendCommand({ id: 'replyAndWait', key: null, finish: 'wait' }, canWait, sending),
    {
      id: 'insertMacro',
      group: 'write',
      scope: 'tickets',
      key: 'Mod+/',
      available: () => canInsertMacro(parts),
      choices: { known: () => macroChoices(macroUse) },
      run: () => {
        macroUse.beginChoosing('/');
      },
    },
  ];
}

/** As the palette lists them beside its commands. */
function macroChoices(macroUse: MacroUse): Choice[] {
  return macroUse.offered().map((macro) => ({
    id: `macro ${macro.id}`,
    label: macro.name,
    run: () => {
      macroUse.insert(macro);
    },
  }));
}

/** A way to send the text; `finish`: what is done to the ticket with it. */
interface Way {
  id: CommandId;
  key: string | null;
  finish: SendFinish | null;
}

function sendCommand(
  { id, key, finish }: Way,
  available: () => boolean,
  sending: Sending,
): Command {
  return {
    id,
    group: 'write',
    scope: 'tickets',
    key,
    available,
    run: () => {
      sending.sendAndStay(finish);
    },
  };
}

interface WritingParts {
  composer: Composer;
  thread: ThreadStore;
  session: Session;
}

function canSendHere(parts: WritingParts): boolean {
  return canSend(parts) && !isWritingElsewhere();
}

function canReply(parts: WritingParts): boolean {
  const { ticketId } = parts.thread.state.getState();
  return ticketId !== null && parts.composer.kind(ticketId) === 'reply' && canSendHere(parts);
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
