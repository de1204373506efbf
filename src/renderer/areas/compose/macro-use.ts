import type { Account, MacroItem, TicketDetail } from '../../../contract/bridge.ts';
import {
  actionsOf,
  fillMacro,
  macroValues,
  unfilledIn,
  type MacroValues,
} from '../../../core/macro.ts';
import { texts } from '../../texts.ts';
import type { Session } from '../session/session-store.ts';
import type { ThreadStore } from '../tickets/thread/thread.ts';
import type { Composer } from './composer-store.ts';
import type { Macros } from './macros.ts';

/** Macros and mentions, as the open ticket's composer takes them. */
export interface MacroUse {
  /** The values of a macro's variables in the open ticket; null without one. */
  values(): MacroValues | null;
  /** The variables in a text that a macro has left without a value. */
  unfilled(text: string): { at: number; raw: string }[];
  /** Inserts a macro at the caret; `from`: in the place of what was typed to choose it. */
  insert(macro: MacroItem, from?: number): void;
  /** The macros that can be inserted now: none where the composer is locked. */
  offered(): readonly MacroItem[];
  /**
   * Opens the list of macros (`/`) or colleagues (`@`) at the caret, as if the sign had been typed
   * there.
   */
  beginChoosing(sign: '/' | '@'): void;
}

interface MacroUseParts {
  composer: Composer;
  thread: ThreadStore;
  session: Session;
  macros: Macros;
}

export function createMacroUse({ composer, thread, session, macros }: MacroUseParts): MacroUse {
  const account = (): Account | null => session.state.getState().session?.account ?? null;
  const ticket = (): TicketDetail | undefined => thread.state.getState().thread?.ticket;
  const values = (): MacroValues | null => valuesIn(ticket(), account());
  return {
    values,
    unfilled: (text) => unfilledIn(text, values() ?? {}, macros.state.getState().macros),
    insert(macro, from) {
      const { ticketId } = thread.state.getState();
      const filled = values();
      const agent = account()?.id;
      if (ticketId === null || !filled || agent === undefined) return;
      composer.insert(ticketId, composer.kind(ticketId), fillMacro(macro.text, filled), {
        actions: actionsOf(macro.actions, agent),
        ...(from === undefined ? {} : { from }),
      });
    },
    offered() {
      const shown = ticket();
      const isLocked = shown?.status === 'closed' && composer.kind(shown.id) === 'reply';
      return !shown || isLocked ? [] : macros.state.getState().macros;
    },
    beginChoosing(sign) {
      const { ticketId } = thread.state.getState();
      if (ticketId === null) return;
      const kind = composer.kind(ticketId);
      const isInWord = /\S$/u.test(composer.beforeCaret(ticketId, kind));
      composer.insert(ticketId, kind, isInWord ? ` ${sign}` : sign);
    },
  };
}

function valuesIn(ticket: TicketDetail | undefined, account: Account | null): MacroValues | null {
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
