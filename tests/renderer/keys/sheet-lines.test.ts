import { describe, expect, test } from 'vitest';
import { commandGroups } from '../../../src/renderer/keys/command-groups.ts';
import { canBeShortcut, keyFor, pressedCommand, withKey } from '../../../src/renderer/keys/keys.ts';
import { sheetLines } from '../../../src/renderer/keys/sheet-lines.ts';
import { de } from '../../../src/renderer/catalogues/de.ts';
import { en } from '../../../src/renderer/catalogues/en.ts';
import { quietWindow } from '../../helpers/quiet-window.ts';

const { commands } = quietWindow();
/** A key that no command comes with. */
const free = 'Q';
const press = {
  key: 'q',
  code: 'KeyQ',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
};
const labelsWith = (key: string, own: Record<string, string | null>): string[] =>
  sheetLines(commands, own).flatMap(({ lines }) =>
    lines.filter(({ keys }) => keys.includes(key)).map(({ label }) => label),
  );

describe('every command', () => {
  test('can be given a key that is free', () => {
    expect(canBeShortcut(free)).toBe(true);
    expect(labelsWith(free, {})).toEqual([]);
  });

  test.each(commands.map((command) => [command.id, command] as const))(
    '%s has a name, a place among the shortcuts, and takes the key that the agent gives it',
    (id, command) => {
      expect(en.commands[id]).not.toBe('');
      expect(de.commands[id]).not.toBe('');
      expect(commandGroups).toContain(command.group);
      const own = withKey({}, command, free);
      expect(keyFor(command, own)).toBe(free);
      expect(labelsWith(free, own)).toEqual([en.commands[id]]);
      const pressed = pressedCommand(
        commands,
        { ...press, getModifierState: () => false },
        { place: 'page' },
        own,
        () => true,
      );
      expect(pressed?.command.id).toBe(id);
    },
  );

  test('that comes with a key stands in the sheet with it', () => {
    const shown = sheetLines(commands, {}).flatMap(({ lines }) => lines);
    const isShown = ({ id, key }: (typeof commands)[number]): boolean =>
      key === null ||
      shown.some(({ label, keys }) => label === en.commands[id] && keys.includes(key));
    expect(commands.filter((command) => !isShown(command)).map(({ id }) => id)).toEqual([]);
  });
});
