import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message, Ticket } from '../../../../../src/contract/wire/entities.ts';
import { fits } from '../../../../../src/core/completion.ts';
import { fuzzyMatch } from '../../../../../src/core/fuzzy.ts';
import { mentionsIn } from '../../../../../src/core/mention.ts';
import { hasTag } from '../../../../../src/core/tags.ts';
import { rememberAccount } from '../../../../../src/main/desk/areas/session/accounts.ts';
import { openCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import { writeMeta } from '../../../../../src/main/desk/sqlite/meta.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import { applyPage } from '../../../../../src/main/desk/feed/apply-page.ts';
import { adoptLevel } from '../../../../../src/main/desk/feed/servers/known.ts';
import { openTestDesk, tempDir, type TestDesk } from '../../../../helpers/desk.ts';
import { pairs } from '../../../../helpers/folding-pairs.ts';

/** Nobody listens there: everything is asked of the cache. */
const server = 'http://127.0.0.1:9';
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const me = id(900_001);
const at = (n: number): string => new Date(1_700_000_000_000 + n * 60_000).toISOString();

/** What stands in a text otherwise than it is searched for, and what is found nowhere. */
const searches: [written: string, typed: string, found: boolean][] = [
  ['IBAN DE89 3704 0044 0532 0130 00 of mine', 'DE89370400440532013000', true],
  ['IBAN DE89370400440532013000.', 'de89 3704 0044 0532 0130 00', true],
  ['GB29 NWBK 6016 1331 9268 19', 'gb29nwbk6016', true],
  ['Call +49 30 1234-567 please', '+49301234567', true],
  ['Call +49 30 1234-567 please', '1234567', true],
  ['Call +49 (0)30 1234567', '030 1234567', true],
  ['Call 4930 1234567 twice', '+49 30 1234567', true],
  ['(030) 1234-567', '0301234567', true],
  ['The amount of 1.234,56 was late', '1234.56', true],
  ['The amount of 1234,56 was late', '1.234,56', true],
  ["CHF 1'234'567.00", '1 234 567', true],
  ['١٬٢٣٤٫٥٦', '1234,56', true],
  ['Order INV-2024-001', 'inv2024001', true],
  ['Order INV2024001', 'INV-2024-001', true],
  ['Card 4111 1111 1111 1111', '4111111111111111', true],
  ['Paid 100 euros', '1000', false],
  ['Call +49 30 1234-567 please', '7654321', false],
  ['number 12 of 34', '12 34', true],
  ['新しいCSVファイルを見た', 'csv', true],
  ['ปี๒๕๖๗', '2567', true],
  ['great🎉stuff', '🎉', true],
  ['great🎉stuff', 'stuff', true],
  ['Paid €100', '100', true],
  ['col·lecció', 'lecció', true],
  ['l’adresse', 'adresse', true],
  ['パスワードを忘れた', 'わーど', true],
];

const texts = [...pairs.map(({ written }) => written), ...searches.map(([written]) => written)];

function fill(dir: string): void {
  const { db } = openCache(join(dir, 'cache.db'));
  adoptLevel(db, {
    level: 2,
    features: ['notes', 'patch', 'reopen', 'idempotency', 'sync', 'events', 'staff'],
  });
  writeMeta(db, 'owner', `${server} ${me}`);
  const tickets = texts.map((text, n): Ticket => ({
    id: id(n),
    subject: 'Ticket',
    category: 'other',
    priority: 'low',
    status: 'open',
    created_at: at(n),
    updated_at: at(n),
    resolved_at: null,
    last_message_at: at(n),
    requester: { id: id(1_000 + n), name: text, email: '' },
    assignee_id: null,
    tags: [text],
    snoozed_until: null,
    version: 1,
    message_count: 1,
    last_message: null,
  }));
  const messages = texts.map((text, n): Message => ({
    id: id(10_000 + n),
    ticket_id: id(n),
    user_id: id(1_000 + n),
    staff_id: null,
    message: `So: ${text}, they said.`,
    is_internal: false,
    is_staff: false,
    created_at: at(n),
    author_name: '',
    client_id: null,
    mentions: [],
  }));
  applyPage(
    db,
    { tickets, messages, staff: [], macros: [], removed: [], next_cursor: 'c', has_more: false },
    me,
    () => Number.MAX_SAFE_INTEGER,
  );
  db.close();
  const outbox = openOutbox(join(dir, 'outbox.db')).db;
  rememberAccount(
    outbox,
    { id: me, email: 'maya@staffdesk.test', name: 'Maya Ruiz', role: 'staff' },
    server,
  );
  outbox.close();
}

let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
beforeAll(() => {
  home = tempDir();
  fill(home.dir);
  desk = openTestDesk(home.dir, server);
});
afterAll(async () => {
  await desk.desk.close();
  home.remove();
});

const hits = async (query: string) => (await desk.call('search.query', { query, limit: 200 })).hits;
const finds = async (query: string, n: number): Promise<boolean> =>
  (await hits(query)).some(({ row }) => row.id === id(n));

test('pairs of many scripts', () => {
  expect([pairs.length >= 60, new Set(pairs.map(({ script }) => script)).size >= 12]).toEqual([
    true,
    true,
  ]);
});

describe('one text is another for the index, the query, tags, people and the palette alike', () => {
  test.each(pairs.map((pair, n) => ({ ...pair, n })))(
    '$script: $written, typed $typed: $same',
    async ({ written, typed, same, n }) => {
      const person = [{ id: 'who', name: written, email: 'who@example.test', is_active: true }];
      expect({
        index: await finds(typed, n),
        from: await finds(`from:"${typed.replaceAll('"', '״')}"`, n),
        tag: await finds(`tag:"${typed.replaceAll('"', '״')}"`, n),
        tags: hasTag([written], typed),
        people: fits(typed, written),
        mention: mentionsIn(`Ask @${typed}.`, person).length === 1,
        palette: fuzzyMatch(typed, written) !== null,
      }).toEqual({
        index: same,
        from: same,
        tag: same,
        tags: same,
        people: same,
        mention: same,
        palette: same,
      });
    },
  );
});

describe('a search finds', () => {
  test.each(
    searches.map(([written, typed, found], n) => ({ written, typed, found, n: pairs.length + n })),
  )('$written by $typed: $found', async ({ typed, found, n }) => {
    expect(await finds(typed, n)).toBe(found);
  });
});

test('what is found is marked in the original, with every character whole', async () => {
  const marked = async (typed: string, n: number): Promise<string[]> => {
    const snippet = (await hits(typed)).find(({ row }) => row.id === id(n))?.snippet ?? '';
    return snippet
      .split('\u0001')
      .slice(1)
      .map((part) => part.split('\u0002')[0] ?? '');
  };
  const seen = (text: string): string =>
    text.normalize('NFKC').replaceAll(/[\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '');
  const alike = [...pairs.entries()].filter(([, { same }]) => same);
  for (const [n, { written, typed }] of alike)
    expect(seen((await marked(typed, n)).join(' ')), written).toBe(seen(written));
  for (const [n, [written, typed, found]] of searches.entries())
    expect((await marked(typed, pairs.length + n)).length > 0, `${typed} in ${written}`).toBe(
      found,
    );
  expect(await marked('+49301234567', pairs.length + 3)).toEqual(['49 30 1234-567']);
});
