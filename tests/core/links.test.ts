import { describe, expect, test } from 'vitest';
import { shownText, splitLinks, type TextPart } from '../../src/core/links.ts';

const links = (text: string): string[] =>
  splitLinks(text).flatMap((part) => (part.kind === 'link' ? [part.text] : []));
const joined = (parts: readonly TextPart[]): string => parts.map(({ text }) => text).join('');
const address = 'https://example.com/faq';

describe('a link', () => {
  test.each([
    '，然后重试。',
    '。',
    '」と',
    '…',
    '”',
    '“',
    '’',
    '»',
    '؟',
    '، ثم',
    '؛',
    '।',
    '၊',
    '։',
    '՞',
    '፣',
    '།',
    '๏',
    '、',
    '：',
    '；',
    '！',
    '？',
    '）',
    '】',
    '》',
    '・',
    '—',
    '–',
    '\u200B',
    '\u200Bthen',
    '\u2060',
    '\uFEFF',
    '\u00AD',
    '\u202C',
    '\u00A0then',
    '\u3000',
    '\u2028',
    '\u2800',
    '.',
    ',',
    '; then',
    ': then',
    '!',
    '?',
    '...',
    '.)',
    ').',
    '"',
    "'",
    '>',
    '<br>',
    '|',
    '`',
    '**',
    '🦜',
    '→',
    '™',
    '}',
    '\\',
    '^',
    ' then',
    '\n',
    'を見て',
    '를 보세요',
    '然后',
    'ครับ',
  ])('ends before %j', (after) => {
    expect(links(`See ${address}${after}`)).toEqual([address]);
    expect(joined(splitLinks(`See ${address}${after}`))).toBe(`See ${address}${after}`);
  });

  test.each([
    [
      'with a bracket of its own',
      'https://en.wikipedia.org/wiki/Staff_(disambiguation)',
      'https://en.wikipedia.org/wiki/Staff_(disambiguation)',
    ],
    ['within brackets', '(https://example.com/a)', 'https://example.com/a'],
    [
      'within brackets, with one of its own',
      '(see https://example.com/a_(b).)',
      'https://example.com/a_(b)',
    ],
    [
      'with a query and a fragment',
      'https://example.com/a?b=c&d[]=1#top;',
      'https://example.com/a?b=c&d[]=1#top',
    ],
    ['with www alone', 'Go to www.example.com/faq.', 'www.example.com/faq'],
    ['with capitals', 'HTTPS://EXAMPLE.com/A', 'HTTPS://EXAMPLE.com/A'],
    ['behind a colon without a blank', 'Siehe:https://example.com', 'https://example.com'],
    [
      'behind a letter of a script without blanks',
      '请看https://example.com/faq',
      'https://example.com/faq',
    ],
    [
      'with letters of another script in its path',
      'https://ja.wikipedia.org/wiki/日本語',
      'https://ja.wikipedia.org/wiki/日本語',
    ],
    ['of a computer without a dot in its name', 'http://intranet/wiki', 'http://intranet/wiki'],
    ['with a port', 'http://example.com:8080/a,', 'http://example.com:8080/a'],
    ['to a mailbox', 'Write to me@example.com.', 'me@example.com'],
    ['to a mailbox with its scheme', 'mailto:me@example.com', 'mailto:me@example.com'],
  ])('%s is whole', (_, text, link) => {
    expect(links(text)).toEqual([link]);
  });

  test.each([
    'README.md',
    'setup.py',
    'report.zip',
    'Thank you.It works',
    'example.com',
    'example.com/faq',
    'node.js',
    'v1.2.3',
    'and/or',
    'www.',
    'www.example',
    'awww.example.com',
    'xhttps://example.com',
    'https://',
    'http:// example.com',
    'http:example.com',
    '127.0.0.1',
    'ftp://example.com/x',
    'javascript:alert(1)',
    'me@localhost',
    '@example.com',
    'a@b',
    'https://user:pass@example.com/',
    '//example.com/x',
    `https://example.com/${'x'.repeat(2_000)}`,
  ])('is not made of %j', (text) => {
    expect(splitLinks(text)).toEqual([{ kind: 'text', text }]);
  });

  test('whose host goes on in another script is that host', () => {
    for (const written of ['https://www.ab日本.jp/', 'https://日本.jp/a'])
      expect(links(written)).toEqual([new URL(written).href]);
  });

  test.each(['a日', 'https://', 'www.', '((((', 'a@', 'a.', '\u200B', ' '])(
    'is found in time in 100,000 characters of %j',
    (unit) => {
      const text = `https://example.com/${unit.repeat(100_000 / unit.length)}`;
      expect(joined(splitLinks(text)).length).toBeGreaterThanOrEqual(text.length);
    },
  );
});

describe('a long text', () => {
  test('is parsed before it is cut: an address that crosses the cut is behind it', () => {
    const text = `${'word '.repeat(997)}ab https://example.com/refund`;
    const { parts, cut } = shownText(text, 5_000);
    expect([cut, parts.some(({ kind }) => kind === 'link'), joined(parts)]).toEqual([
      true,
      false,
      text.slice(0, 4_988),
    ]);
    expect(shownText(text, Infinity).parts.at(-1)).toMatchObject({
      kind: 'link',
      text: 'https://example.com/refund',
    });
  });

  test.each([
    ['an emoji', '🦜'],
    ['a family', '👩‍👩‍👧‍👦'],
    ['a flag', '🇩🇪'],
    ['a letter with its accent', 'e\u0301'],
    ['a syllable with its vowel', 'กำ'],
    ['a line break', '\r\n'],
  ])('is cut before or behind %s, never in it', (_, character) => {
    for (let before = 4_990; before <= 5_000; before += 1) {
      const shown = joined(
        shownText(`${'x'.repeat(before)}${character}${'y'.repeat(100)}`, 5_000).parts,
      );
      expect(shown).toMatch(/^x+(?:🦜|👩‍👩‍👧‍👦|🇩🇪|e\u0301|กำ|\n)?y*$/u);
    }
  });

  test('has a link in its beginning whatever its length', () => {
    expect(shownText(`https://example.com ${'x'.repeat(99_000)}`, 5_000)).toMatchObject({
      cut: true,
      parts: [{ kind: 'link' }, { kind: 'text' }],
    });
  });
});

test('a text that came with any line breaks and controls is shown in lines', () => {
  expect(shownText('one\u000Btwo\rthree\u2028four\u0007', 100)).toEqual({
    parts: [{ kind: 'text', text: 'one\ntwo\nthree\nfour' }],
    cut: false,
  });
});
