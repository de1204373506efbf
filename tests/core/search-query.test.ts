import { describe, expect, test } from 'vitest';
import { parseDay } from '../../src/core/search-day.ts';
import { meets } from '../../src/core/search-match.ts';
import { parseSearch, searchWords, type Condition } from '../../src/core/search-query.ts';
import { completionsAt } from '../../src/core/search-complete.ts';
import { fold } from '../../src/core/folding.ts';
import { createFinder, excerptOf, hasTerm, matchOf, partsOf } from '../../src/core/search-text.ts';
import { likeness, tellingWords } from '../../src/core/similar.ts';

const now = new Date(2026, 10, 25, 15, 30).getTime();
const staff = [
  { id: 'maya', name: 'Maya Ruiz', email: 'maya@staffdesk.test' },
  { id: 'alex', name: 'Alex Kim', email: 'alex@staffdesk.test' },
  { id: 'zoe', name: 'Zoë Kimura', email: 'zoe@staffdesk.test' },
];
const parse = (input: string) => parseSearch(input, { now, me: 'maya', staff });
const midnight = (year: number, month: number, day: number): number =>
  new Date(year, month - 1, day).getTime();

describe('a search is read as', () => {
  test.each<
    [string, { words?: string[]; without?: string[]; conditions?: object[]; problems?: object[] }]
  >([
    ['', {}],
    ['  csv   row ', { words: ['csv', 'row'] }],
    ['"ten thousand" row', { words: ['"ten thousand"', 'row'] }],
    ['"ten thou', { words: ['"ten thou"'] }],
    ['refund -bank -"wire transfer"', { words: ['refund'], without: ['bank', '"wire transfer"'] }],
    ['e-mail', { words: ['e-mail'] }],
    ['- * " ^', {}],
    ['from:dana', { conditions: [{ kind: 'from', requester: 'dana', authors: [] }] }],
    [
      'from:"Dana Okafor"',
      { conditions: [{ kind: 'from', requester: 'Dana Okafor', authors: [] }] },
    ],
    ['from:me', { conditions: [{ kind: 'from', requester: null, authors: ['maya'] }] }],
    ['from:kim', { conditions: [{ kind: 'from', requester: 'kim', authors: ['alex', 'zoe'] }] }],
    ['assignee:me', { conditions: [{ kind: 'assignee', ids: ['maya'] }] }],
    ['assignee:none assignee:alex', { conditions: [{ kind: 'assignee', ids: [null, 'alex'] }] }],
    ['assignee:ZOE', { conditions: [{ kind: 'assignee', ids: ['zoe'] }] }],
    ['assignee:alex@', { conditions: [{ kind: 'assignee', ids: ['alex'] }] }],
    ['assignee:nobody-here', { problems: [{ operator: 'assignee', value: 'nobody-here' }] }],
    ['status:open', { conditions: [{ kind: 'status', values: ['open'] }] }],
    ['STATUS:In-Pro', { conditions: [{ kind: 'status', values: ['in_progress'] }] }],
    [
      'status:open status:waiting',
      { conditions: [{ kind: 'status', values: ['open', 'waiting'] }] },
    ],
    [
      'status:open,waiting -status:closed',
      {
        conditions: [
          { kind: 'status', values: ['open', 'waiting'] },
          { kind: 'status', not: true, values: ['closed'] },
        ],
      },
    ],
    ['status:done', { problems: [{ operator: 'status', value: 'done' }] }],
    ['status:', {}],
    [
      'tag:Refund tag:"bank trace"',
      {
        conditions: [
          { kind: 'tag', tags: ['refund'] },
          { kind: 'tag', tags: ['bank-trace'] },
        ],
      },
    ],
    [
      'priority:urg category:fund',
      {
        conditions: [
          { kind: 'priority', values: ['urgent'] },
          { kind: 'category', values: ['funding'] },
        ],
      },
    ],
    [
      'before:2026-11-01 after:yesterday',
      {
        conditions: [
          { kind: 'before', at: midnight(2026, 11, 1) },
          { kind: 'after', at: midnight(2026, 11, 24) },
        ],
      },
    ],
    ['after:7d', { conditions: [{ kind: 'after', at: now - 7 * 86_400_000 }] }],
    ['after:whenever', { problems: [{ operator: 'after', value: 'whenever' }] }],
    [
      'is:unread is:snoozed is:open is:closed has:note has:draft',
      {
        conditions: ['unread', 'snoozed', 'open', 'closed', 'note', 'draft'].map((kind) => ({
          kind,
        })),
      },
    ],
    [
      'is:lost has:wings',
      {
        problems: [
          { operator: 'is', value: 'lost' },
          { operator: 'has', value: 'wings' },
        ],
      },
    ],
    ['order:4711 https://example.com', { words: ['order:4711', 'https://example.com'] }],
    ['出金 CSV', { words: ['出金', 'CSV'] }],
    ['+49 30 1234-567 refund', { words: ['+49 30 1234-567', 'refund'] }],
    ['DE89 3704 0044 x', { words: ['DE89 3704 0044', 'x'] }],
    ['error 503 OR late', { words: ['error', '503', 'late'] }],
    ['"OR" or -OR', { words: ['"OR"', 'or'], without: ['OR'] }],
  ])('%s', (input, expected) => {
    const { words, without, conditions, problems } = parse(input);
    const typed = (terms: typeof words): string[] =>
      terms.map(({ text, phrase }) => (phrase ? `"${text}"` : text));
    expect({ words: typed(words), without: typed(without), conditions, problems }).toEqual({
      words: expected.words ?? [],
      without: expected.without ?? [],
      conditions: (expected.conditions ?? []).map((c) => ({ not: false, ...c })),
      problems: expected.problems ?? [],
    });
  });

  test('no more terms than an index can be asked for', () => {
    expect(parse('a1 '.repeat(200)).words).toHaveLength(12);
  });
});

test.each([
  ['2026-11-01', midnight(2026, 11, 1)],
  ['2026-3', midnight(2026, 3, 1)],
  ['2025', midnight(2025, 1, 1)],
  ['today', midnight(2026, 11, 25)],
  ['Yesterday', midnight(2026, 11, 24)],
  ['90min', now - 5_400_000],
  ['12h', now - 43_200_000],
  ['2w', now - 14 * 86_400_000],
  ['2026-02-30', null],
  ['2026-13', null],
  ['soon', null],
  ['7', null],
  ['99999999d', null],
])('the time %s', (typed, expected) => {
  expect(parseDay(typed, now)).toBe(expected);
});

describe('the index is asked', () => {
  const ask = (input: string) => {
    const { words, without } = parse(input);
    return matchOf(words, without);
  };
  test('for every word, each of which may still be growing; quotes keep words together and whole', () => {
    expect(ask('csv "ten thousand" row')).toEqual({
      words: '"csv" * AND "ten thousand" AND "row" *',
      parts: null,
      notWords: null,
    });
    // One letter begins too many words.
    expect(ask('x')).toMatchObject({ words: '"x"' });
    expect(ask('refund -bank -wire')).toMatchObject({
      words: '"refund" *',
      notWords: '"bank" OR "wire"',
    });
  });
  test('for the words that begin so by name, where they are known', () => {
    const known: Record<string, string[] | null> = {
      refu: ['refund', 'refunds'],
      zuri: ['zurich'],
      none: [],
      much: null,
    };
    const asked = (input: string): string | null => {
      const { words, without } = parse(input);
      return matchOf(words, without, (begin) => known[begin] ?? (begin === 'much' ? null : []))
        .words;
    };
    expect(asked('REFU Züri bank-x 7eleven "refu" ref')).toBe(
      '("refund" OR "refunds") AND ("zurich") AND "bank x" * AND "7eleven" * AND "refu" AND "ref" *',
    );
    // No text has such a word; too many have one.
    expect([asked('none'), asked('much')]).toEqual(['"none"', '"much" *']);
    expect(asked('Ωράριο')).toBe('"ωραριο"');
  });
  test('without anything typed becoming an operator of its own', () => {
    expect(ask('NEAR(a b) OR c" *')).toEqual({
      words: '"near a" * AND "b" AND "c"',
      parts: null,
      notWords: null,
    });
  });
  test('for pairs of letters in scripts without spaces, which a text has only where it has the part', () => {
    expect(ask('届いて CSV')).toEqual({ words: '"csv" *', parts: '"届い いて"', notWords: null });
    expect(ask('出')).toMatchObject({ words: null, parts: '"出" *' });
    expect(partsOf('出金はまだ。CSV も')).toBe('出金 金は はま まだ だ . も');
    expect(partsOf('only words')).toBeNull();
  });
});

describe('what was found', () => {
  const marks = (text: string, input: string): string[] =>
    (createFinder(searchWords(input))?.(text) ?? []).map(({ from, to }) => text.slice(from, to));
  test('is marked as the index found it: beginnings of words, whole phrases, parts, without case and accents', () => {
    expect(marks('Über die Überweisung nach Zürich', 'uber zurich')).toEqual([
      'Über',
      'Über',
      'Zürich',
    ]);
    expect(marks('a bank, the Bank-transfer, embankment', 'bank')).toEqual(['bank', 'Bank']);
    expect(marks('bank transfer and bank transfers', '"bank transfer"')).toEqual(['bank transfer']);
    expect(marks('出金がまだ届いていません', '届いて')).toEqual(['届いて']);
    expect(marks('Việt Nam, naïve café', 'viet cafe')).toEqual(['Việt', 'café']);
    expect(marks('100% of (x) [y]', '(x) 100%')).toEqual(['100', 'x']);
    expect(createFinder([])).toBeNull();
  });
  test('keeps its place where a letter folds to another length', () => {
    const text = `${'é'.repeat(30)} İstanbul needle ß needle`;
    expect(marks(text, 'needle')).toEqual(['needle', 'needle']);
    expect(fold('ÀÉÎõü')).toBe('aeiou');
  });
  test('is shown with some text around it, on one line, and never half a character', () => {
    const find = createFinder(searchWords('needle'));
    expect(
      find && excerptOf(`${'👩‍👩‍👧'.repeat(40)}\n\n the needle  in it ${'x'.repeat(300)}`, find),
    ).toContain(' the \u0001needle\u0002 in it xxx');
    expect(find && excerptOf(`${'👩‍👩‍👧'.repeat(40)} needle`, find)?.isWellFormed()).toBe(true);
    expect(find && excerptOf('nothing', find)).toBeNull();
  });
  test('can be a word to leave out only as a whole', () => {
    expect([
      hasTerm('a banker', { text: 'bank', phrase: true }),
      hasTerm('the BANK!', { text: 'bank', phrase: true }),
    ]).toEqual([false, true]);
  });
});

test('conditions that an operation can change hold for the row as it is shown', () => {
  const row = {
    status: 'open',
    priority: 'urgent',
    category: 'billing',
    assignee_id: null,
    tags: ['Refund'],
    snoozed_until: now + 1,
  };
  const holds = (input: string): boolean => meets(parse(input).conditions, row, now);
  for (const input of [
    'status:open',
    'assignee:none',
    'tag:refund',
    'is:snoozed',
    'is:open -is:closed',
    'priority:urgent,low category:billing',
  ])
    expect(holds(input), input).toBe(true);
  for (const input of [
    'status:closed',
    'assignee:me',
    '-tag:refund',
    'is:closed',
    '-priority:urgent',
  ])
    expect(holds(input), input).toBe(false);
  // What only the cache knows is not judged here.
  const others: Condition[] = [
    { kind: 'note', not: false },
    { kind: 'unread', not: true },
  ];
  expect(meets(others, row, now)).toBe(true);
});

test('tickets are alike by the words that say what they are about', () => {
  const words = tellingWords(
    'Withdrawal to my bank rejected',
    'Hello, my withdrawal has been rejected twice.',
  );
  expect(words).toEqual(['withdrawal', 'bank', 'rejected', 'twice']);
  expect(
    likeness(words, 'Withdrawal to my bank rejected', {
      subject: 'Withdrawal rejected by the bank',
      text: '',
    }),
  ).toBeGreaterThan(0.8);
  expect(
    likeness(words, 'Withdrawal to my bank rejected', {
      subject: 'Password reset',
      text: 'no mail',
    }),
  ).toBe(0);
  expect(likeness([], 'x', { subject: 'x', text: 'x' })).toBe(0);
});

describe('while a search is typed, it can go on with', () => {
  const known = { staff: ['Alex Kim', 'Maya Ruiz'], tags: ['refund', 'bank-trace'] };
  const at = (input: string, caret = input.length): string[] =>
    completionsAt(input, caret, known).map(({ text }) => text);
  test.each<[string, string[]]>([
    ['st', ['status:']],
    ['refund a', ['refund assignee:', 'refund after:']],
    ['refund ', []],
    ['refund xyz', []],
    ['-ta', ['-tag:']],
    ['status:wa', ['status:waiting ']],
    ['status:pro', ['status:in-progress ']],
    ['status:in-p', ['status:in-progress ']],
    ['status:waiting', []],
    [
      'assignee:',
      ['assignee:me ', 'assignee:none ', 'assignee:"Alex Kim" ', 'assignee:"Maya Ruiz" '],
    ],
    ['assignee:ki', ['assignee:"Alex Kim" ']],
    ['from:"ma', ['from:"Maya Ruiz" ']],
    ['tag:', ['tag:refund ', 'tag:bank-trace ']],
    ['tag:trace', ['tag:bank-trace ']],
    ['is:', ['is:unread ', 'is:snoozed ', 'is:open ', 'is:closed ']],
    ['after:', ['after:today ', 'after:yesterday ', 'after:7d ', 'after:30d ']],
    ['foo:', []],
  ])('%s', (input, expected) => {
    expect(at(input)).toEqual(expected);
  });
  test('every operator where nothing is typed yet', () => {
    expect(at('')).toHaveLength(10);
  });
  test('what fits in the middle, the caret behind it', () => {
    expect(completionsAt('status:wa refund', 9, known)).toEqual([
      { operator: 'status', value: 'waiting', text: 'status:waiting refund', caret: 15 },
    ]);
  });
});
