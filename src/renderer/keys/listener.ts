import { namesOf, ownerOf, type Focus } from '../../core/keys.ts';
import type { Stores } from '../stores.ts';
import { isTicketInSight } from '../panels.ts';
import { goBack } from '../panes.ts';
import { pressShortcutIn } from '../kit/item-keys.ts';
import { focusAt, selectRead } from '../kit/keys.ts';
import type { Command } from './command.ts';
import { installHeldKeys } from './held-keys.ts';
import { canGoBack } from './move-commands.ts';
import { keyShown, pressedCommand, shortcutsOf } from './keys.ts';

/** Runs commands by their keys, wherever `ownerOf` gives a press to them. */
export function installCommandKeys(stores: Stores): () => void {
  const listener = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const focus = focusOf(stores, event.target);
    const owner = ownerOf(event, focus);
    if (owner === 'platform' && namesOf(event).includes('Mod+A')) {
      selectRead();
      event.preventDefault();
    }
    if (owner === 'commands' && run(stores, event, focus)) event.preventDefault();
  };
  window.addEventListener('keydown', listener);
  const uninstallHeldKeys = installHeldKeys();
  return () => {
    uninstallHeldKeys();
    window.removeEventListener('keydown', listener);
  };
}

/** Whether the key of the command that undoes would reach it, with the focus where it is. */
export function undoKeyWorks(stores: Stores): boolean {
  const { place, passes = [] } = focusOf(stores, document.activeElement);
  return passes.length > 0 || place === 'page' || place === 'control';
}

/** The composer that a message has just left passes on the keys that take it back. */
function focusOf(stores: Stores, target: EventTarget | null): Focus {
  const focus = focusAt(target);
  const passesOn =
    target instanceof Element &&
    target.id === 'message' &&
    stores.justSent.isIn(stores.thread.state.getState().ticketId);
  const undo = keyShown(stores, 'undo');
  return passesOn ? { ...focus, passes: ['Mod+Z', ...(undo === null ? [] : [undo])] } : focus;
}

const moves = new Set(['J', 'K', 'ArrowDown', 'ArrowUp']);

function run(stores: Stores, event: KeyboardEvent, focus: Focus): boolean {
  const names = namesOf(event);
  const covered = stores.outbox.state.getState().shown;
  if (covered && names.some((name) => moves.has(name))) {
    document.querySelector<HTMLElement>('.outbox-list [data-item]')?.focus();
    return true;
  }
  if (covered && names.includes('Escape')) {
    stores.outbox.hide();
    return true;
  }
  if (!covered && names.includes('Escape') && canGoBack(stores)) {
    goBack(stores);
    return true;
  }
  // What covers the tickets takes their commands away: nothing may happen to one that is not seen.
  const isOffered = ({ scope, available }: Command): boolean =>
    (scope === 'everywhere' || !covered) && (available?.(stores) ?? true);
  const pressed = pressedCommand(event, focus, shortcutsOf(stores), isOffered);
  if (pressed?.isDue) pressed.command.run(stores);
  if (pressed) return true;
  // The card of the open ticket has keys of its own, which no command has.
  return (
    !covered &&
    isTicketInSight(stores.panels.state.getState()) &&
    pressShortcutIn(document.querySelector('main [data-card]'), event)
  );
}
