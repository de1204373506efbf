import { namesOf, ownerOf, type Focus, type Press } from '../../core/keys.ts';
import type { SettingsStore } from '../areas/settings/settings-store.ts';
import { texts } from '../texts.ts';
import type { Command, CommandId } from './command.ts';

export type Shortcuts = Readonly<Record<string, string | null>>;

/** The key of a command: the agent's own, else the one that it comes with; null: none. */
export function keyFor(command: Command, own: Shortcuts): string | null {
  return Object.hasOwn(own, command.id) ? (own[command.id] ?? null) : command.key;
}

/**
 * The command that a press is for, and whether it runs; null: the press is for something else.
 * `names`: what the press is called, where it may be the second key of a sequence.
 */
export function pressedCommand(
  commands: readonly Command[],
  press: Press,
  focus: Focus,
  own: Shortcuts,
  isOffered: (command: Command) => boolean,
  names: readonly string[] = namesOf(press),
): { command: Command; isDue: boolean } | null {
  if (ownerOf(press, focus) !== 'commands') return null;
  const command = commandOf(commands, names, own, isOffered);
  // Held down it is still this command's key, and does nothing more.
  return command && { command, isDue: press.repeat !== true || command.repeats === true };
}

/**
 * By the first of a press's names that a command has: what the key writes goes before its place.
 */
function commandOf(
  commands: readonly Command[],
  names: readonly string[],
  own: Shortcuts,
  isOffered: (command: Command) => boolean,
): Command | null {
  const has = (command: Command, name: string): boolean =>
    keyFor(command, own) === name || command.fixedKey === name;
  const found = names.map((name) =>
    commands.find((command) => has(command, name) && isOffered(command)),
  );
  return found.find((command) => command !== undefined) ?? null;
}

/** The key to show beside a command; null: it has none. */
export function keyShown(
  commands: readonly Command[],
  settings: SettingsStore,
  id: CommandId,
): string | null {
  const command = commands.find((one) => one.id === id);
  return command ? keyFor(command, shortcutsOf(settings)) : null;
}

export function shortcutsOf(settings: SettingsStore): Shortcuts {
  return settings.state.getState().settings?.shortcuts ?? {};
}

/** Another command that has this key. */
export function clashOf(
  commands: readonly Command[],
  key: string,
  command: Command,
  own: Shortcuts,
): Command | null {
  return commands.find((other) => other !== command && keyFor(other, own) === key) ?? null;
}

/**
 * Keys that the window, its fields and its lists need themselves; Enter stays with the control that
 * has the focus.
 */
const editing = ['Escape', 'Tab', 'Enter', 'Space', 'Backspace', 'Delete', 'Insert'];
const moving = ['Home', 'End', 'PageUp', 'PageDown', String.raw`Arrow\w+`];
const withMod = [String.raw`[ACVXYZRTWNQ+\-=0]`, 'Enter', String.raw`Arrow\w+`];
const takenKeys = [
  String.raw`(?:Shift\+)?(?:${[...editing, ...moving].join('|')})`,
  String.raw`Mod\+(?:Shift\+)?(?:${withMod.join('|')})`,
  String.raw`F\d+`,
  'CapsLock',
  'ContextMenu',
];
const taken = new RegExp(`^(?:${takenKeys.join('|')})$`);

/** The keys of a card that waits for the agent: a command would take them away from it. */
const onCards = /^[GMTWC1-9]$/;

/** Whether a command may be given this key. */
export function canBeShortcut(key: string): boolean {
  return key.length <= 40 && !taken.test(key) && !onCards.test(key);
}

/**
 * The agent's own keys with this one changed. One that equals what the command comes with is none
 * of their own.
 */
export function withKey(
  own: Shortcuts,
  command: Command,
  key: string | null,
): Record<string, string | null> {
  const { [command.id]: _before, ...others } = own;
  return key === command.key ? { ...others } : { ...others, [command.id]: key };
}

/** A key as it is printed on this platform's keyboards. */
export function keyName(key: string, mac = navigator.platform.startsWith('Mac')): string {
  const { keyNames } = texts;
  const parts = key === '+' ? ['+'] : key.split(/(?<=.)\+(?=.)/);
  const named = parts.map((part) =>
    mac && part === 'Mod' ? '⌘' : mac && part === 'Shift' ? '⇧' : (keyNames[part] ?? part),
  );
  return named.join(mac ? '' : '+');
}
