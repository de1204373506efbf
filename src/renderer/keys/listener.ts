import { namesOf, ownerOf, type Focus } from '../../core/keys.ts';
import type { JustSent } from '../areas/compose/just-sent.ts';
import type { Outbox } from '../areas/outbox/outbox-store.ts';
import type { SettingsStore } from '../areas/settings/settings-store.ts';
import type { ThreadStore } from '../areas/tickets/thread/thread.ts';
import { pressShortcutIn } from '../kit/item-keys.ts';
import { focusAt, selectRead } from '../kit/keys.ts';
import type { Navigation } from '../navigation.ts';
import { isTicketInSight, type Panels } from '../panels.ts';
import { goBack } from '../panes.ts';
import type { Command } from './command.ts';
import { createCommandsInTurn, type CommandsInTurn } from './commands-in-turn.ts';
import { installHeldKeys } from './held-keys.ts';
import { createKeySequence, type KeySequence } from './key-sequence.ts';
import { keyFor, keyShown, pressedCommand, shortcutsOf } from './keys.ts';
import { canGoBack } from './move-commands.ts';

/** The window's one listener for keys. */
export interface CommandKeys {
  /** Runs commands by their keys, wherever `ownerOf` gives a press to them. */
  install(): () => void;
  /** Whether the key of the undo command would reach it, with the focus where it is. */
  undoWorks(): boolean;
}

interface KeyParts {
  commands: readonly Command[];
  navigation: Pick<Navigation, 'isListComing' | 'isListed' | 'whenListed'>;
  settings: SettingsStore;
  outbox: Outbox;
  panels: Panels;
  thread: ThreadStore;
  justSent: JustSent;
}

type RunParts = KeyParts & { sequence: KeySequence; inTurn: CommandsInTurn };

export function createCommandKeys(parts: KeyParts): CommandKeys {
  const sequence = createKeySequence();
  const inTurn = createCommandsInTurn({
    list: parts.navigation,
    isOffered: (command) => isInSight(command, parts) && isAvailable(command),
  });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented) return;
    const focus = focusOf(event.target, parts);
    const owner = ownerOf(event, focus);
    if (owner === 'platform' && namesOf(event).includes('Mod+A')) {
      selectRead();
      event.preventDefault();
    }
    if (owner === 'commands' && run(event, focus, { ...parts, sequence, inTurn }))
      event.preventDefault();
  }

  return {
    install() {
      window.addEventListener('keydown', onKeyDown);
      const uninstallHeldKeys = installHeldKeys();
      return () => {
        uninstallHeldKeys();
        window.removeEventListener('keydown', onKeyDown);
      };
    },
    undoWorks() {
      const { place, passes = [] } = focusOf(document.activeElement, parts);
      return passes.length > 0 || place === 'page' || place === 'control';
    },
  };
}

/** The composer that a message has just left passes on the keys that take it back. */
function focusOf(target: EventTarget | null, parts: KeyParts): Focus {
  const { commands, settings, thread, justSent } = parts;
  const focus = focusAt(target);
  const passesOn =
    target instanceof Element &&
    target.id === 'message' &&
    justSent.isIn(thread.state.getState().ticketId);
  const undo = keyShown(commands, settings, 'undo');
  return passesOn ? { ...focus, passes: ['Mod+Z', ...(undo === null ? [] : [undo])] } : focus;
}

/** Does what the press is for; false where it is for nothing. */
function run(event: KeyboardEvent, focus: Focus, parts: RunParts): boolean {
  const { outbox, panels } = parts;
  const isCovered = outbox.state.getState().shown;
  if (isCovered && runInOutbox(event, outbox)) return true;
  if (!isCovered && namesOf(event).includes('Escape') && canGoBack(panels)) {
    goBack(panels);
    return true;
  }
  if (runCommand(event, focus, parts)) return true;
  // The card of the open ticket has keys of its own, which no command has.
  if (
    !isCovered &&
    isTicketInSight(panels.state.getState()) &&
    pressShortcutIn(document.querySelector('main [data-card]'), event)
  )
    return true;
  return begins(event, parts);
}

function begins(event: KeyboardEvent, { commands, settings, sequence }: RunParts): boolean {
  const own = shortcutsOf(settings);
  const keys = commands.flatMap((command) => [keyFor(command, own), command.fixedKey ?? null]);
  return sequence.begin(event, keys);
}

function runCommand(event: KeyboardEvent, focus: Focus, parts: RunParts): boolean {
  const { commands, settings, sequence, inTurn } = parts;
  // Whether a command that waits can do something is known only in its turn.
  const isOffered = (command: Command): boolean =>
    isInSight(command, parts) && (inTurn.waits(command.scope) || isAvailable(command));
  const names = sequence.namesOf(event);
  const pressed = pressedCommand(commands, event, focus, shortcutsOf(settings), isOffered, names);
  if (pressed?.isDue) inTurn.run(pressed.command);
  return pressed !== null;
}

/** A screen over the tickets disables their commands: nothing may happen to one that is not seen. */
const isInSight = ({ scope }: Command, { outbox }: Pick<KeyParts, 'outbox'>): boolean =>
  scope === 'everywhere' || !outbox.state.getState().shown;

const isAvailable = ({ available }: Command): boolean => available?.() ?? true;

const moves = new Set(['J', 'K', 'ArrowDown', 'ArrowUp']);

/** The keys of the outbox screen, where it covers the tickets. */
function runInOutbox(event: KeyboardEvent, outbox: Outbox): boolean {
  const names = namesOf(event);
  if (names.some((name) => moves.has(name))) {
    document.querySelector<HTMLElement>('.outbox-list [data-item]')?.focus();
    return true;
  }
  if (!names.includes('Escape')) return false;
  outbox.hide();
  return true;
}
