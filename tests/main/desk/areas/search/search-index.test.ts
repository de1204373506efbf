import { beforeEach, describe, expect, test } from 'vitest';
import type { Message, Ticket } from '../../../../../src/contract/wire/entities.ts';
import { fold, wordsOf } from '../../../../../src/core/folding.ts';
import {
  removeMessage,
  storeMessages,
} from '../../../../../src/main/desk/areas/tickets/message-writes.ts';
import type { WriteDb } from '../../../../../src/main/desk/sqlite/connection.ts';
import {
  countWaiting,
  indexWaiting,
  mergeIndex,
} from '../../../../../src/main/desk/areas/search/search-index.ts';
import { wordsThatBegin } from '../../../../../src/main/desk/areas/search/search-words.ts';
import {
  removeTicket,
  storeTicket,
} from '../../../../../src/main/desk/areas/tickets/tickets-table.ts';
import { useCache } from '../../../../helpers/cache.ts';
import { indexDamage } from '../../../../helpers/index-damage.ts';

const cacheOf = useCache();
let cache: WriteDb;
beforeEach(() => {
  cache = cacheOf();
});

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const at = (n: number): string => new Date(1_700_000_000_000 + n * 1000).toISOString();
const ticket = (n: number, fields: Partial<Ticket> = {}): Ticket => ({
  id: id(n),
  subject: `Ticket ${n}`,
  category: 'other',
  priority: 'low',
  status: 'open',
  created_at: at(n),
  updated_at: at(n),
  resolved_at: null,
  last_message_at: at(n),
  requester: { id: id(900), name: 'Dana', email: 'd@example.test' },
  assignee_id: null,
  tags: [],
  snoozed_until: null,
  version: 1,
  message_count: 1,
  last_message: null,
  ...fields,
});
const message = (n: number, ticketN: number, text: string): Message => ({
  id: id(10_000 + n),
  ticket_id: id(ticketN),
  user_id: id(900),
  staff_id: null,
  message: text,
  is_internal: false,
  is_staff: false,
  created_at: at(n),
  author_name: 'Dana',
  client_id: null,
  mentions: [],
});
const found = (word: string): number =>
  cache
    .prepare<[string], { n: number }>(
      'select count(*) as n from message_search where message_search match ?',
    )
    .get(word)?.n ?? 0;

test('what is stored waits to be indexed, newest first, and is found once it is', () => {
  storeTicket(cache, ticket(1), 1);
  storeMessages(cache, [message(1, 1, 'older needle'), message(2, 1, 'newer needle')], 1);
  expect([countWaiting(cache, 100), countWaiting(cache, 2), found('needle')]).toEqual([3, 2, 0]);
  expect(indexWaiting(cache, 2)).toBe(2);
  expect([found('newer'), found('older')]).toEqual([1, 0]);
  expect(indexWaiting(cache, 2)).toBe(1);
  expect([found('older'), countWaiting(cache, 100)]).toEqual([1, 0]);
});

test('a row and its place in the queue come and go together', () => {
  expect(() =>
    cache.transaction(() => {
      storeMessages(cache, [message(1, 1, 'needle')], 1);
      throw new Error('cut');
    }),
  ).toThrow('cut');
  expect(countWaiting(cache, 100)).toBe(0);
  storeMessages(cache, [message(1, 1, 'needle')], 1);
  expect(() =>
    cache.transaction(() => {
      indexWaiting(cache, 100);
      throw new Error('cut');
    }),
  ).toThrow('cut');
  expect([found('needle'), countWaiting(cache, 100)]).toEqual([0, 1]);
});

test('whatever is stored, changed and removed before or after it was indexed, the indexes hold what the rows say', () => {
  // A fixed sequence that looks random: each step's numbers come from the one before.
  let state = 7;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % below;
  };
  const words = [
    'refund',
    'bank',
    'Überweisung',
    '出金が届いて',
    'state-ment\u2019s',
    'ระบบ',
    'x'.repeat(70),
    'Возврат',
    '2nd-hand\u00a0order7',
  ];
  const text = (): string =>
    [words[next(9)], words[next(9)], `${words[next(9)] ?? ''}${next(50)}`].join(' ');
  const act = (step: number): void => {
    const n = 1 + next(12);
    const kind = next(10);
    if (kind < 2)
      storeTicket(
        cache,
        ticket(n, {
          subject: text(),
          tags: next(2) === 0 ? [] : [words[next(9)] ?? ''],
          version: step,
        }),
        1,
      );
    else if (kind < 6) storeMessages(cache, [message(n * 20 + next(20), n, text())], 1);
    else if (kind === 6) removeMessage(cache, id(10_000 + n * 20 + next(20)));
    else if (kind === 7 && next(4) === 0) removeTicket(cache, id(n));
    else if (kind === 8) indexWaiting(cache, 1 + next(5));
    else if (next(3) === 0) mergeIndex(cache, 4);
  };
  for (let round = 0; round < 5; round += 1) {
    for (let step = 0; step < 80; step += 1) act(round * 80 + step);
    while (indexWaiting(cache, 100) > 0);
    expect(indexDamage(cache), `round ${round}`).toEqual([]);
  }
});

describe('the words beside the indexes', () => {
  const known = (begin: string): string[] | null => wordsThatBegin(cache, begin);

  test('are those of messages and of tickets, folded, and none that has a figure or is short', () => {
    storeTicket(
      cache,
      ticket(1, {
        subject: 'Überfällige Auszahlung',
        tags: ['bank-trace'],
        requester: { id: id(900), name: 'Zoë Müller', email: 'zoe.mueller@example.test' },
      }),
      1,
    );
    storeMessages(
      cache,
      [
        message(
          1,
          1,
          'Refund of 20251126 refunded, REFUNDS to the R\u00fcckerstattung\u2019s 7eleven',
        ),
      ],
      1,
    );
    indexWaiting(cache, 100);
    expect([
      known('refu'),
      known('uber'),
      known('trac'),
      known('mull'),
      known('muel'),
      known('ruck'),
      known('2025'),
      known('7ele'),
      known('the'),
      known('nobo'),
    ]).toEqual([
      ['refund', 'refunded', 'refunds'],
      ['uberfallige'],
      ['trace'],
      ['muller'],
      ['mueller'],
      ['ruckerstattung'],
      [],
      [],
      [],
      [],
    ]);
  });

  test('that a transaction takes back are stored again when they come again', () => {
    storeTicket(cache, ticket(1), 1);
    storeMessages(cache, [message(1, 1, 'needle')], 1);
    const cut = (): void =>
      cache.transaction(() => {
        indexWaiting(cache, 100);
        throw new Error('cut');
      });
    expect(cut).toThrow('cut');
    expect(known('need')).toEqual([]);
    expect(cut).toThrow('cut');
    indexWaiting(cache, 100);
    expect(known('need')).toEqual(['needle']);
    storeMessages(cache, [message(2, 1, 'needles')], 1);
    indexWaiting(cache, 100);
    expect(known('need')).toEqual(['needle', 'needles']);
  });

  test('are not named where they are more than a hundred', () => {
    storeTicket(cache, ticket(1), 1);
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    storeMessages(
      cache,
      [
        message(
          1,
          1,
          letters
            .slice(0, 4)
            .flatMap((a) => letters.slice(0, 25).map((b) => `word${a}${b}`))
            .join(' '),
        ),
      ],
      1,
    );
    indexWaiting(cache, 100);
    expect(known('word')).toHaveLength(100);
    storeMessages(cache, [message(2, 1, 'wordy')], 1);
    indexWaiting(cache, 100);
    expect([known('word'), known('wordb')?.length]).toEqual([null, 25]);
  });

  test('are cut by the index as they are cut here, on every character that people write with, and changed by nothing more', () => {
    cache.exec(
      `create virtual table temp.folded using fts5(text, content='', tokenize='ascii'); create virtual table temp.folded_terms using fts5vocab(folded, row)`,
    );
    const characters = Array.from({ length: 0x20000 }, (_, code) => code)
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code));
    const folded = fold(characters.map((one) => `a${one}b ${one}`).join('\n'));
    cache.prepare('insert into temp.folded (rowid, text) values (1, ?)').run(folded);
    const terms = cache
      .prepare<[], { term: string }>('select term from temp.folded_terms')
      .all()
      .map(({ term }) => term);
    expect(new Set(terms)).toEqual(new Set(wordsOf(folded)));
  });
});
