import { describe, expect, test } from 'vitest';
import { isOfComposition, namesOf, ownerOf, type Focus, type Press } from '../../src/core/keys.ts';

const press = (extra: Partial<Press> = {}): Press => ({
  key: 'e',
  code: 'KeyE',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...extra,
});
const altGr = (key: string): boolean => key === 'AltGraph';

describe('a key press is named', () => {
  test.each<[string, Partial<Press>, string[]]>([
    ['by its letter', {}, ['E']],
    ['with Caps Lock as without', { key: 'E' }, ['E']],
    ['with Shift', { key: 'E', shiftKey: true }, ['Shift+E']],
    [
      'by a sign without Shift, which only some keyboards need',
      { key: '?', shiftKey: true },
      ['?'],
    ],
    ['with Ctrl', { key: 'K', ctrlKey: true, shiftKey: true }, ['Mod+Shift+K']],
    ['with Cmd', { key: 'k', metaKey: true }, ['Mod+K']],
    ['by the character on Dvorak, whatever stands on the key', { key: 'h', code: 'KeyJ' }, ['H']],
    ['by the sign on Dvorak', { key: ';', code: 'KeyZ' }, [';']],
    ['by its place too where it writes Cyrillic', { key: 'о', code: 'KeyJ' }, ['О', 'J']],
    [
      'by its place too with Shift',
      { key: 'О', code: 'KeyJ', shiftKey: true },
      ['Shift+О', 'Shift+J'],
    ],
    ['by its place too with Ctrl', { key: 'л', code: 'KeyK', ctrlKey: true }, ['Mod+Л', 'Mod+K']],
    ['by its place too where it writes Greek', { key: 'ξ', code: 'KeyJ' }, ['Ξ', 'J']],
    ['by its place too where it writes Hebrew', { key: 'ח', code: 'KeyJ' }, ['ח', 'J']],
    ['by its place too where it writes two letters', { key: 'لا', code: 'KeyB' }, ['لا', 'B']],
    [
      'by its place too where it writes a tone mark',
      { key: '\u0E48', code: 'KeyJ' },
      ['\u0E48', 'J'],
    ],
    ['by its place too where it writes a native digit', { key: '१', code: 'Digit1' }, ['१', '1']],
    ['by the comma of its place', { key: 'б', code: 'Comma', ctrlKey: true }, ['Mod+Б', 'Mod+,']],
    ['by the letter that is meant by a full-width one', { key: 'ｊ', code: 'KeyJ' }, ['J']],
    [
      'by the sign that is meant by a full-width one',
      { key: '？', code: 'Slash', shiftKey: true },
      ['?'],
    ],
    ['by an umlaut alone', { key: 'ü', code: 'BracketLeft' }, ['Ü']],
    ['without turning ß into two letters', { key: 'ß', code: 'Minus' }, ['ß']],
    ['as I on a Turkish keyboard', { key: 'i', code: 'Quote' }, ['I']],
    ['by a word', { key: 'ArrowDown', code: 'ArrowDown', shiftKey: true }, ['Shift+ArrowDown']],
    ['as Space', { key: ' ', code: 'Space' }, ['Space']],
    ['by nothing with Alt', { altKey: true }, []],
    ['by nothing with AltGr', { getModifierState: altGr }, []],
    [
      'by nothing with AltGr on Windows',
      { key: '€', ctrlKey: true, altKey: true, getModifierState: altGr },
      [],
    ],
    ['by nothing while composing', { isComposing: true }, []],
    [
      'by nothing when it ends a composition in WebKit',
      { key: 'Enter', code: 'Enter', keyCode: 229 },
      [],
    ],
    ['by nothing where the input method has it', { key: 'Process' }, []],
    ['by nothing for an accent that waits', { key: 'Dead' }, []],
    ...['Shift', 'AltGraph', 'CapsLock', 'NumLock', 'Fn', 'Meta'].map(
      (key): [string, Partial<Press>, string[]] => [
        `by nothing for ${key} alone`,
        { key, code: key },
        [],
      ],
    ),
  ])('%s', (_rule, extra, names) => {
    expect(namesOf(press(extra))).toEqual(names);
  });
});

describe('a key press belongs', () => {
  const text: Focus = { place: 'text' };
  const page: Focus = { place: 'page' };
  const enter = { key: 'Enter', code: 'Enter' };
  test.each<[string, Partial<Press>, Focus, string]>([
    ['to the input method, wherever the focus is', { isComposing: true }, page, 'composition'],
    [
      'to the input method in WebKit, after the composition',
      { ...enter, keyCode: 229 },
      text,
      'composition',
    ],
    ['to the field that is written in', {}, text, 'field'],
    [
      'to the field with AltGr, which types a sign there',
      { key: '/', code: 'Digit7', ctrlKey: true, altKey: true, getModifierState: altGr },
      text,
      'field',
    ],
    ['to the field for what edits text', { key: 'z', code: 'KeyZ', ctrlKey: true }, text, 'field'],
    [
      'to the field for what edits text on a Cyrillic keyboard',
      { key: 'я', code: 'KeyZ', ctrlKey: true },
      text,
      'field',
    ],
    [
      'to the field for moving by words',
      { key: 'ArrowLeft', code: 'ArrowLeft', ctrlKey: true },
      text,
      'field',
    ],
    [
      'to the field for Ctrl on a Mac, which moves and deletes there',
      { key: 'k', code: 'KeyK', ctrlKey: true },
      { ...text, mac: true },
      'field',
    ],
    [
      'to the commands for Cmd on a Mac',
      { key: 'k', code: 'KeyK', metaKey: true },
      { ...text, mac: true },
      'commands',
    ],
    [
      'to the commands for Ctrl and a letter',
      { key: 'k', code: 'KeyK', ctrlKey: true },
      text,
      'commands',
    ],
    [
      'to the commands where the empty field passes it on',
      { key: 'z', code: 'KeyZ' },
      { ...text, passes: ['Z'] },
      'commands',
    ],
    [
      'to the empty field for the capital that begins a message',
      { key: 'Z', code: 'KeyZ', shiftKey: true },
      { ...text, passes: ['Z', 'Shift+Z'] },
      'field',
    ],
    [
      'to the empty field for the capital that Caps Lock writes',
      { key: 'Z', code: 'KeyZ' },
      { ...text, passes: ['Z'] },
      'field',
    ],
    [
      'to the commands for Ctrl and the key with Caps Lock',
      { key: 'Z', code: 'KeyZ', ctrlKey: true },
      { ...text, passes: ['Mod+Z'] },
      'commands',
    ],
    [
      'to the empty field while it is held down',
      { key: 'z', code: 'KeyZ', repeat: true },
      { ...text, passes: ['Z'] },
      'field',
    ],
    [
      'to the platform for selecting text that is read',
      { key: 'a', code: 'KeyA', ctrlKey: true },
      { ...page, reading: true },
      'platform',
    ],
    [
      'to the platform for copying it',
      { key: 'c', code: 'KeyC', ctrlKey: true },
      { ...page, reading: true },
      'platform',
    ],
    [
      'to the platform with a button beside it in focus',
      { key: 'a', code: 'KeyA', ctrlKey: true },
      { place: 'control', reading: true },
      'platform',
    ],
    [
      'to the commands for letters in text that is read',
      {},
      { ...page, reading: true },
      'commands',
    ],
    ['to the button that Enter presses', enter, { place: 'control' }, 'control'],
    [
      'to the button that Space presses',
      { key: ' ', code: 'Space' },
      { place: 'control' },
      'control',
    ],
    ['to the commands for a letter on a button', {}, { place: 'control' }, 'commands'],
    ['to what covers the window', {}, { place: 'covered' }, 'field'],
    ['to the platform with Alt', { altKey: true }, page, 'platform'],
    ['to the commands on the page', {}, page, 'commands'],
  ])('%s', (_rule, extra, focus, owner) => {
    expect(ownerOf(press(extra), focus)).toBe(owner);
  });
});

test('the key that begins a composition, those in it and the one that ends it are told from the same key without one', () => {
  expect(
    [{ isComposing: true }, { keyCode: 229 }, { key: 'Process' }].map((extra) =>
      isOfComposition(press(extra)),
    ),
  ).toEqual([true, true, true]);
  expect(isOfComposition(press({ key: 'Enter', keyCode: 13 }))).toBe(false);
});
