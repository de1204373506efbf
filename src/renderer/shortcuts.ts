import type { Stores } from './stores/desk.ts';
import { openTicket } from './stores/desk.ts';
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
  const actions: Record<string, () => void> = {
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
    '/': () => { document.querySelector<HTMLElement>('input[type=search]')?.focus(); },
    Enter: () => { document.querySelector<HTMLElement>('[role=log]')?.focus(); },
    Escape: () => { stores.outbox.hide(); },
  };
  const listener = (event: KeyboardEvent): void => {
    if (isTyping(event.target)) return;
    const key = shortcutKey(event);
    // Enter and Escape belong to a focused button first.
    if (key === null || (key === 'Enter' && event.target instanceof HTMLButtonElement)) return;
    const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
    if (!action) return;
    event.preventDefault();
    action();
  };
  window.addEventListener('keydown', listener);
  return () => { window.removeEventListener('keydown', listener); };
}
