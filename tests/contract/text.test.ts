import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  MacroCreate,
  maxMessageLength,
  MessageCreate,
  TicketCreate,
  TicketPatch,
} from '../../src/contract/wire/api.ts';
import { bridgeCalls } from '../../src/contract/bridge.ts';
import {
  hasSeen,
  isBlank,
  isSameWritten,
  oneLine,
  plainText,
  writtenText,
} from '../../src/contract/text.ts';
import { sameText } from '../../src/core/confirmation.ts';
import { OperationIntent } from '../../src/core/operation.ts';
import { overLimit } from '../../src/core/text.ts';

const id = '0199d7a0-0000-7000-8000-000000000001';
const unseen = [
  '',
  ' \n\t',
  '\u200B\u200B',
  '\u2800',
  '\u3164\u115F',
  '\uFEFF',
  '\u202E\u2066',
  '\u00AD',
  '\uFE0F',
  '\u034F',
  '\uFFFC',
  '\u{E0041}',
  '\u180E',
  '\u061C',
  '\u0001\u0007',
  '\u{1D159}',
  '\u00A0\u3000',
  '\u200D\u200C',
];

describe('a message', () => {
  test.each([
    [
      'four blanks before the first line',
      '    if (x) {\n      y();\n    }',
      '    if (x) {\n      y();\n    }',
    ],
    ['a tab before the first line', '\tone\n\ttwo', '\tone\n\ttwo'],
    ['blank lines around it', '\n  \n\t\n  one\n\ntwo \n\n \n', '  one\n\ntwo'],
    ['blanks at the end of a line within it', 'one  \ntwo', 'one  \ntwo'],
    [
      'line breaks of a word processor',
      'one\u000Btwo\u000Cthree\rfour\r\nfive\u0085six\u2028seven\u2029eight',
      'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight',
    ],
    ['other controls', 'a\u0000b\u0007c\u001B[31md\u009Fe\u007F', 'abc[31mde'],
    [
      'joiners, direction marks and accents in any form',
      'می\u200Cخواهم \u{1F469}\u200D\u{1F4BB} Ka\u0308ufer \u202Aa\u202C \uFA19',
      'می\u200Cخواهم \u{1F469}\u200D\u{1F4BB} Ka\u0308ufer \u202Aa\u202C \uFA19',
    ],
    ['half an emoji', 'a\uD83D b', 'a\uFFFD b'],
    ['nothing', ' \n\u000B\r ', ''],
  ])('keeps %s as people see it', (_, typed, sent) => {
    expect(writtenText(typed)).toBe(sent);
    expect(isSameWritten(typed, sent)).toBe(true);
    for (const schema of [
      MessageCreate.shape.message,
      bridgeCalls['compose.send'].input.shape.text,
    ])
      expect(schema.safeParse(typed).data ?? '').toBe(sent);
  });

  test('is read in the same way twice as once, and confirmed in each form by servers and desks of before and after', () => {
    const alphabet = [
      'a',
      'B',
      ' ',
      '\n',
      '\t',
      '\r',
      '\u000B',
      '\f',
      '\u0085',
      '\u2028',
      '\u0000',
      '\u200B',
      '\u00A0',
      'a\u0308',
      '\uD83D',
      '\u{1F99C}',
      '\uFEFF',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...alphabet), { maxLength: 30 }).map((parts) => parts.join('')),
        (typed) => {
          const sent = writtenText(typed);
          expect(writtenText(sent)).toBe(sent);
          expect(oneLine(oneLine(typed))).toBe(oneLine(typed));
          // What a server of before stores of it, and what this one makes of what a desk of before
          // enqueued.
          expect(sameText(sent, sent.trim())).toBe(true);
          expect(sameText(typed.trim(), writtenText(typed.trim()))).toBe(true);
          expect(isBlank(sent)).toBe(isBlank(typed));
        },
      ),
      { seed: 17, numRuns: 2_000 },
    );
  });

  test('as long as it may be, and one too many, is measured as it is sent', () => {
    const longest = 'x'.repeat(maxMessageLength);
    expect([
      overLimit(longest),
      overLimit(`\n\n${longest}\n `),
      overLimit(`${longest}1234567`),
    ]).toEqual([0, 0, 7]);
    expect([
      MessageCreate.safeParse({ message: `\n${longest}\n` }).success,
      MessageCreate.safeParse({ message: `${longest}1` }).success,
    ]).toEqual([true, false]);
  });

  test.each([
    ['blanks', ' '],
    ['line breaks', '\r'],
    ['invisible characters', '\u200B'],
  ])('of 100,000 %s is read without delay', (_, character) => {
    const text = character.repeat(100_000);
    expect(isBlank(plainText(text))).toBe(true);
    expect(hasSeen(`${text}x`, 2)).toBe(false);
    expect(writtenText(`${text}x`).endsWith('x')).toBe(true);
  });
});

describe('what nobody can see', () => {
  test.each(unseen)('is refused as a message, a subject, a tag and a name: %j', (text) => {
    expect([isBlank(text), hasSeen(text, 1)]).toEqual([true, false]);
    const long = text.repeat(12);
    expect(MessageCreate.safeParse({ message: long }).success).toBe(false);
    expect(
      bridgeCalls['compose.send'].input.safeParse({ ticket_id: id, kind: 'reply', text: long })
        .success,
    ).toBe(false);
    const ticket = { subject: 'A subject', category: 'other', message: 'Long enough to be read.' };
    expect(TicketCreate.safeParse({ ...ticket, subject: `a${long}b` }).success).toBe(false);
    expect(TicketCreate.safeParse({ ...ticket, message: `short${long}` }).success).toBe(false);
    expect(MacroCreate.safeParse({ name: long, text: '' }).success).toBe(false);
    expect(TicketPatch.safeParse({ tags: { add: [long], remove: [] } }).success).toBe(false);
    expect(TicketPatch.safeParse({ subject: long }).success).toBe(false);
  });

  test('is said to be that', () => {
    expect(MessageCreate.safeParse({ message: '\u200B\u200B' }).error?.issues).toMatchObject([
      { path: ['message'], message: 'nothing that can be seen' },
    ]);
    expect(
      TicketCreate.safeParse({
        subject: '\u2800'.repeat(9),
        category: 'other',
        message: 'Long enough to be read.',
      }).error?.issues,
    ).toMatchObject([{ path: ['subject'], message: 'at least 5 characters that can be seen' }]);
  });

  test('can still be taken away where it is, and is read where it was stored before', () => {
    expect(TicketPatch.safeParse({ tags: { add: [], remove: ['\u200B'] } }).success).toBe(true);
    expect(
      OperationIntent.safeParse({
        kind: 'change',
        change: { tags: { add: ['\u200B'], remove: [] } },
        base: {},
      }).success,
    ).toBe(true);
    expect(OperationIntent.safeParse({ kind: 'reply', text: '\u200B' }).success).toBe(true);
  });
});

test.each([
  ['abcde', 5, true],
  ['abcd', 5, false],
  ['a b c', 5, true],
  ['a        b', 5, false],
  ['a\u200B\u200B\u200Bb', 3, false],
  ['\u{1F1E9}\u{1F1EA}', 2, false],
  ['\u{1F469}\u200D\u{1F4BB}', 1, true],
  ['e\u0301e\u0301e\u0301', 4, false],
  ['\u4F60\u597D', 2, true],
  ['\u0E01\u0E33', 1, true],
  ['\u{1FADF}', 1, true],
  ['  ab  ', 3, false],
])('%j has %d characters or more that people see: %s', (text, least, has) => {
  expect(hasSeen(text, least)).toBe(has);
});

test('a name is one line with composed accents, and has no other blanks taken away', () => {
  expect(oneLine('  Ka\u0308ufer\r\n\u000Bzwei  drei\t ')).toBe('Käufer zwei  drei');
});
