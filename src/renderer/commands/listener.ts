import type { Stores } from '../stores/desk.ts';
import { pressShortcutIn } from '../ui/item-keys.ts';
import { isTyping, keyOf } from '../ui/keys.ts';
import { commandAt } from './keys.ts';

/** Runs commands by their keys. Plain keys are dead while typing; a key is matched by what it writes, not by its place on the keyboard. */
export function installCommandKeys(stores: Stores): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || document.querySelector('dialog[open], .pop:popover-open')) return;
    const key = keyOf(event);
    if (key === null || (isTyping(event.target) && !key.startsWith('Mod+'))) return;
    // Enter belongs to a focused button first.
    if (key === 'Enter' && event.target instanceof HTMLButtonElement) return;
    if (run(stores, key)) event.preventDefault();
  };
  window.addEventListener('keydown', listener);
  return () => { window.removeEventListener('keydown', listener); };
}

function run(stores: Stores, key: string): boolean {
  const covered = stores.outbox.state.getState().shown;
  if (covered && ['J', 'K', 'ArrowDown', 'ArrowUp'].includes(key)) { document.querySelector<HTMLElement>('.outbox-list [data-item]')?.focus(); return true; }
  if (key === 'Escape' && covered) { stores.outbox.hide(); return true; }
  const command = commandAt(stores, key);
  // What covers the tickets takes their commands away: nothing may happen to one that is not seen.
  if (command && (command.scope === 'everywhere' || !covered)) { command.run(stores); return true; }
  // With a selection the keys of its bar stand before those of one ticket.
  if (!covered && pressShortcutIn(document.querySelector('[data-selection]'), key)) return true;
  // The card of the open ticket has keys of its own, which no command has.
  return !covered && pressShortcutIn(document.querySelector('main [data-card]'), key);
}
