import type { MacroItem } from '../../../contract/bridge.ts';
import { actionsOf, fillMacro, macroValues, type MacroValues } from '../../../core/macro.ts';
import { texts } from '../../texts.ts';
import type { Stores } from '../../stores.ts';

/** What the variables of a macro stand for in the open ticket; null without one. */
export function openValues({ thread, session }: Stores): MacroValues | null {
  const ticket = thread.state.getState().thread?.ticket;
  const account = session.state.getState().session?.account;
  if (!ticket || !account) return null;
  const { id, subject, status, priority, category } = ticket;
  return macroValues(
    { name: ticket.requester, email: ticket.requester_email },
    {
      id,
      subject,
      status: texts.status[status] ?? status,
      priority: texts.priority[priority] ?? priority,
      category: texts.category[category] ?? category,
    },
    account,
  );
}

/**
 * Inserts a macro at the caret of the open composer; `from`: in the place of what was typed to
 * choose it.
 */
export function insertMacro(stores: Stores, macro: MacroItem, from?: number): void {
  const { composer, thread, session } = stores;
  const { ticketId } = thread.state.getState();
  const values = openValues(stores);
  const me = session.state.getState().session?.account?.id;
  if (ticketId === null || !values || me === undefined) return;
  composer.insert(ticketId, composer.kind(ticketId), fillMacro(macro.text, values), {
    actions: actionsOf(macro.actions, me),
    ...(from === undefined ? {} : { from }),
  });
}

/**
 * For the palette: every macro, to be inserted into the open ticket's composer. Empty where none
 * can be.
 */
export function macroItems(stores: Stores): { id: string; title: string; run: () => void }[] {
  const ticket = stores.thread.state.getState().thread?.ticket;
  if (!ticket || (ticket.status === 'closed' && stores.composer.kind(ticket.id) === 'reply'))
    return [];
  return stores.macros.state.getState().macros.map((macro) => ({
    id: macro.id,
    title: macro.name,
    run: () => {
      insertMacro(stores, macro);
    },
  }));
}

/**
 * Opens the list of macros (`/`) or colleagues (`@`) at the caret, as if the sign had been typed
 * there.
 */
export function beginChoosing({ composer, thread }: Stores, sign: '/' | '@'): void {
  const { ticketId } = thread.state.getState();
  if (ticketId === null) return;
  const kind = composer.kind(ticketId);
  composer.insert(
    ticketId,
    kind,
    /\S$/u.test(composer.beforeCaret(ticketId, kind)) ? ` ${sign}` : sign,
  );
}
