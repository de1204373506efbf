import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Focus, Place, Press } from '../../../src/core/keys.ts';
import type { Command } from '../../../src/renderer/keys/command.ts';
import { pressedCommand } from '../../../src/renderer/keys/keys.ts';
import { quietWindow } from '../../helpers/quiet-window.ts';

const { commands } = quietWindow();

/**
 * What each key of a keyboard writes, without and with Shift; the others write as in the United
 * States.
 */
type Layout = Readonly<Record<string, readonly [plain: string, shifted: string]>>;

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
function layout(written: string, others: Layout = {}): Layout {
  const keys = [...letters].map((letter, i): [string, [string, string]] => {
    const plain = [...written][i] ?? '';
    return [`Key${letter}`, [plain, plain.toUpperCase()]];
  });
  return {
    Slash: ['/', '?'],
    Comma: [',', '<'],
    Period: ['.', '>'],
    ...Object.fromEntries(keys),
    ...others,
  };
}
const latin = {
  qwerty: layout('abcdefghijklmnopqrstuvwxyz'),
  qwertz: layout('abcdefghijklmnopqrstuvwxzy', {
    Slash: ['-', '_'],
    Digit7: ['7', '/'],
    Minus: ['ß', '?'],
  }),
  azerty: layout('qbcdefghijkl,noparstuvzxyw', {
    Semicolon: ['m', 'M'],
    KeyM: [',', '?'],
    Period: [':', '/'],
    Comma: [';', '.'],
  }),
  // Of A to Z in order, as they stand on the keys of a QWERTY keyboard.
  dvorak: layout("axje.uidchtnmbrl'poygk,qf;", {
    Slash: ['z', 'Z'],
    BracketLeft: ['/', '?'],
    Semicolon: ['s', 'S'],
    Comma: ['w', 'W'],
    Period: ['v', 'V'],
  }),
};
const others = {
  cyrillic: layout('фисвуапршолдьтщзйкыегмцчня', {
    Slash: ['.', ','],
    Backslash: ['\\', '/'],
    Digit7: ['7', '?'],
    Comma: ['б', 'Б'],
  }),
  greek: layout('αβψδεφγηιξκλμνοπ;ρστθωςχυζ'),
};
const layouts: Readonly<Record<string, Layout>> = { ...latin, ...others };

interface Key {
  code: string;
  key: string;
  shiftKey: boolean;
}

/** How `name` is pressed on a keyboard; null: it has no such key. */
function keyFor(name: string, board: string): Key | null {
  const parts = name === '/' ? ['/'] : name.split('+').filter((part) => part !== 'Mod');
  const sign = parts.at(-1) ?? '';
  const withShift = parts.includes('Shift');
  if (sign.length > 1) return { code: sign, key: sign, shiftKey: withShift };
  if (board in others && /^[A-Z]$/.test(sign)) {
    const [plain = '', shifted = ''] = layouts[board]?.[`Key${sign}`] ?? [];
    return { code: `Key${sign}`, key: withShift ? shifted : plain, shiftKey: withShift };
  }
  for (const [code, [plain, shifted]] of Object.entries(layouts[board] ?? {})) {
    if (plain.toUpperCase() === sign)
      return { code, key: withShift ? shifted : plain, shiftKey: withShift };
    if (shifted === sign) return { code, key: sign, shiftKey: true };
  }
  return null;
}

const altGraph = (modifier: string): boolean => modifier === 'AltGraph';
const modes: Readonly<Record<string, Partial<Press>>> = {
  plain: {},
  composing: { isComposing: true, keyCode: 229 },
  "composed, in WebKit's order": { isComposing: false, keyCode: 229 },
  'taken by the input method': { key: 'Process', keyCode: 229 },
  AltGr: { getModifierState: altGraph },
  'AltGr on Windows': { ctrlKey: true, altKey: true, getModifierState: altGraph },
  Alt: { altKey: true },
};
const places: readonly (Focus & { name: string })[] = [
  ...(['text', 'control', 'page', 'covered'] satisfies Place[]).map((place) => ({
    name: place,
    place,
  })),
  { name: 'reading', place: 'page', reading: true },
  { name: 'a button beside selected text', place: 'control', reading: true },
  { name: 'the empty composer after a send', place: 'text', passes: ['Mod+Z', 'Z'] },
];

/**
 * Said anew from the rules, not from the code: whether a command of this key may have the press at
 * all.
 */
function mayHave(
  name: string,
  mode: string,
  { place, reading = false, passes }: Focus,
  isHeld: boolean,
): boolean {
  if (mode !== 'plain' || place === 'covered') return false;
  if (reading && name === 'Mod+A') return false;
  if (place === 'control') return name !== 'Enter';
  if (place !== 'text') return true;
  if (passes?.includes(name)) return !isHeld;
  return name.startsWith('Mod+') && !['Mod+A', 'Mod+Z'].includes(name);
}
/** Commands that only move. */
const movers = ['next', 'previous', 'extendNext', 'extendPrevious'];

interface Row {
  command: Command;
  name: string;
  board: string;
  mode: string;
  focus: Focus & { name: string };
  isHeld: boolean;
}

function rows(): Row[] {
  const named = commands.flatMap((command) =>
    [command.key, command.fixedKey ?? null].flatMap((name) =>
      name === null ? [] : [{ command, name }],
    ),
  );
  return named.flatMap((one) =>
    Object.keys(layouts).flatMap((board) =>
      Object.keys(modes).flatMap((mode) =>
        places.flatMap((focus) =>
          [false, true].map((isHeld) => ({ ...one, board, mode, focus, isHeld })),
        ),
      ),
    ),
  );
}

function pressOf({ name, board, mode, isHeld }: Row): Press | null {
  const key = keyFor(name, board);
  const ctrlKey = name.startsWith('Mod+');
  return (
    key && {
      ctrlKey,
      metaKey: false,
      altKey: false,
      isComposing: false,
      keyCode: 0,
      repeat: isHeld,
      ...key,
      ...modes[mode],
    }
  );
}

describe('every command, on every keyboard, in every place', () => {
  test('is run by its key exactly where the rule gives it the key, and once where it changes something', () => {
    let count = 0;
    for (const row of rows()) {
      const press = pressOf(row);
      if (!press) continue;
      count += 1;
      const { command, name, board, mode, focus, isHeld } = row;
      const told = `${command.id} (${name}) on ${board}, ${mode}, in ${focus.name}${isHeld ? ', held' : ''}`;
      const pressed = pressedCommand(commands, press, focus, {}, () => true);
      const expected = mayHave(name, mode, focus, isHeld)
        ? { id: command.id, isDue: !isHeld || movers.includes(command.id) }
        : null;
      expect(pressed && { id: pressed.command.id, isDue: pressed.isDue }, told).toEqual(expected);
    }
    expect(count).toBeGreaterThan(15_000);
  });

  test('has a key on every keyboard', () => {
    const missing = rows()
      .filter((row) => pressOf(row) === null)
      .map(({ name, board }) => `${name} on ${board}`);
    expect([...new Set(missing)]).toEqual([]);
  });

  test('is not run by the place of its key where the keyboard writes another Latin letter there', () => {
    for (const board of Object.values(latin)) {
      for (const [code, [key]] of Object.entries(board)) {
        const press: Press = {
          code,
          key,
          ctrlKey: false,
          metaKey: false,
          altKey: false,
          isComposing: false,
        };
        const pressed = pressedCommand(commands, press, { place: 'page' }, {}, () => true);
        expect(pressed?.command.key ?? key.toUpperCase(), code).toBe(key.toUpperCase());
      }
    }
  });

  test('gives a Cyrillic letter that the agent chose to its own command, and not to what its place has', () => {
    const press: Press = {
      code: 'KeyJ',
      key: 'о',
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      isComposing: false,
    };
    expect(
      pressedCommand(commands, press, { place: 'page' }, { assign: 'О' }, () => true)?.command.id,
    ).toBe('assign');
    expect(pressedCommand(commands, press, { place: 'page' }, {}, () => true)?.command.id).toBe(
      'next',
    );
    // One that is not offered now leaves the key to the other.
    expect(
      pressedCommand(
        commands,
        press,
        { place: 'page' },
        { assign: 'О' },
        ({ id }) => id !== 'assign',
      )?.command.id,
    ).toBe('next');
  });
});

test('no field of the window judges a composition on its own: one listener keeps it from all of them', () => {
  const files = globSync('src/renderer/**/*.{ts,tsx}');
  expect(files.length).toBeGreaterThan(100);
  expect(
    files.filter((file) => /isComposing|\b229\b|compositionend/.test(readFileSync(file, 'utf8'))),
  ).toEqual(['src/renderer/kit/keys.ts']);
});
