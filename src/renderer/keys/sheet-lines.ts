import { texts } from '../texts.ts';
import type { Command } from './command.ts';
import { commandGroups, type CommandGroup } from './command-groups.ts';
import { keyFor, type Shortcuts } from './keys.ts';

/** A line of the sheet of shortcuts. */
export interface SheetLine {
  label: string;
  keys: readonly string[];
  /** Other words that it is looked for by. */
  synonyms: string;
}

/**
 * By group. A command without a key has its place where keys are changed; the sheet is about keys.
 */
export function sheetLines(
  commands: readonly Command[],
  own: Shortcuts,
): { group: CommandGroup; lines: SheetLine[] }[] {
  const lineOf = (command: Command): SheetLine => ({
    label: texts.commands[command.id],
    keys: [keyFor(command, own), command.fixedKey ?? null].filter((key) => key !== null),
    synonyms: texts.synonyms[command.id] ?? '',
  });
  return commandGroups.map((group) => ({
    group,
    lines: [
      ...commands.filter((command) => command.group === group).map(lineOf),
      ...fixedLines(group),
    ].filter(({ keys }) => keys.length > 0),
  }));
}

/** Keys that belong to no command. */
function fixedLines(group: CommandGroup): SheetLine[] {
  const { arrows, escape, send } = texts.shortcuts.other;
  if (group === 'move')
    return [
      { label: arrows, keys: ['ArrowUp', 'ArrowDown'], synonyms: '' },
      { label: escape, keys: ['Escape'], synonyms: '' },
    ];
  return group === 'write' ? [{ label: send, keys: ['Mod+Enter'], synonyms: '' }] : [];
}
