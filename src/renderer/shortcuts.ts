import type { Stores } from './stores/desk.ts';
import { openTicket } from './stores/desk.ts';
import { pressShortcutIn } from './ui/item-keys.ts';
import { isTyping, shortcutKey } from './ui/keys.ts';

/** Triage without the mouse. Dead while typing; matched by the letter, not its place on the keyboard. */
export function installShortcuts(stores: Stores): () => void {
  const go = (step: 1 | -1): void => {
    const next = stores.inbox.neighbour(step);
    if (next !== null) openTicket(stores, next);
  };
  const write = (kind: 'reply' | 'note'): void => {
    const { ticketId } = stores.thread.state.getState();
    if (ticketId === null || (kind === 'note' && stores.session.state.getState().sync?.abilities.notes === false)) return;
    stores.composer.setKind(ticketId, kind);
    // After the field of that kind is drawn.
    requestAnimationFrame(() => document.getElementById('message')?.focus());
  };
  const enterOutbox = (): void => { document.querySelector<HTMLElement>('.outbox-list [data-item]')?.focus(); };
  const everywhere: Record<string, () => void> = {
    z: () => { void stores.undo.last(); },
    '/': () => { stores.outbox.hide(); document.querySelector<HTMLElement>('input[type=search]')?.focus(); },
    Escape: () => { stores.outbox.hide(); },
  };
  const onTickets: Record<string, () => void> = {
    ...everywhere,
    j: () => { go(1); }, k: () => { go(-1); },
    r: () => { write('reply'); }, n: () => { write('note'); },
    e: () => {
      const next = stores.inbox.neighbour(1);
      void stores.thread.close().then(() => { if (next !== null) openTicket(stores, next); });
    },
    i: () => {
      const me = stores.session.state.getState().session?.account?.id;
      if (me) void stores.thread.change({ assignee_id: me });
    },
    Enter: () => { document.querySelector<HTMLElement>('[role=log]')?.focus(); },
  };
  // It covers the tickets, and nothing may happen to one that is not seen.
  const onOutbox: Record<string, () => void> = { ...everywhere, j: enterOutbox, k: enterOutbox, ArrowDown: enterOutbox, ArrowUp: enterOutbox };

  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isTyping(event.target) || document.querySelector('dialog[open], .pop:popover-open')) return;
    const key = shortcutKey(event);
    // Enter belongs to a focused button first.
    if (key === null || (key === 'Enter' && event.target instanceof HTMLButtonElement)) return;
    const shown = stores.outbox.state.getState().shown;
    const actions = shown ? onOutbox : onTickets;
    const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
    if (action) action();
    // The card of the open ticket has keys of its own, none of which is one of the above.
    else if (shown || !pressShortcutIn(document.querySelector('main [data-card]'), key)) return;
    event.preventDefault();
  };
  window.addEventListener('keydown', listener);
  return () => { window.removeEventListener('keydown', listener); };
}
