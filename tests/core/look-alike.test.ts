import { describe, expect, test } from 'vitest';
import { passesFor } from '../../src/core/look-alike.ts';

describe("a name passes for a colleague's", () => {
  test.each([
    ['the same', 'Maya Ruiz'],
    ['in capitals', 'MAYA RUIZ'],
    ['with an accent', 'Maya Ruíz'],
    ['with a capital i for an l', 'MiIa', 'Mila'],
    ['with a figure', 'Maya Ru1z'],
    ['in full width', 'Ｍａｙａ Ｒｕｉｚ'],
    ['in Cyrillic letters', 'М\u0430у\u0430 Ruiz'],
    ['with a Greek letter', 'M\u03B1ya Ruiz'],
    ['with a character that nobody sees', 'Ma\u200Bya Ru\u00ADiz'],
    ['with a hyphen', 'Maya-Ruiz'],
    ['in one word', 'MayaRuiz'],
    ['in the other order', 'Ruiz, Maya'],
    ['with a role', 'Maya Ruiz (Support)'],
    ['with a title', 'Dr. Maya Ruiz'],
    ['with blanks of all kinds', '\u00A0Maya\u2003 Ruiz '],
    ['with r and n for an m', 'Tirn Cook', 'Tim Cook'],
    ['in another script', 'иван петров', 'Иван Петров'],
    ['with two v for a w', 'VVilma Otto', 'Wilma Otto'],
  ])('%s', (_, name, other = 'Maya Ruiz') => {
    expect(passesFor(name, other)).toBe(true);
  });

  test.each([
    ['another first name', 'Mara Ruiz'],
    ['the first name alone', 'Maya'],
    ['a longer name', 'Maya Ruizo'],
    ['nothing', ''],
    ['another person with the first name of one who has only that', 'Maya Smith', 'Maya'],
    ['a colleague without a name', 'Maya Ruiz', ''],
  ])('but not %s', (_, name, other = 'Maya Ruiz') => {
    expect(passesFor(name, other)).toBe(false);
  });
});
