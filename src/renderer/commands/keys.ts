import type { Stores } from '../stores/desk.ts';
import type { Command, CommandId } from './command.ts';
import { commands } from './commands.ts';

type Shortcuts = Readonly<Record<string, string | null>>;

/** The key of a command: the agent's own, else the one that it comes with; null: none. */
export function keyFor(command: Command, own: Shortcuts): string | null {
  return Object.hasOwn(own, command.id) ? (own[command.id] ?? null) : command.key;
}

/** The command that a key stands for, where it is offered now. */
export function commandAt(stores: Stores, key: string): Command | null {
  const own = shortcutsOf(stores);
  return commands.find((command) => keyFor(command, own) === key && (command.available?.(stores) ?? true)) ?? null;
}

/** The key to show beside a command; null: it has none. */
export function keyShown(stores: Stores, id: CommandId): string | null {
  const command = commands.find((one) => one.id === id);
  return command ? keyFor(command, shortcutsOf(stores)) : null;
}

function shortcutsOf({ settings }: Stores): Shortcuts {
  return settings.state.getState().settings?.shortcuts ?? {};
}
