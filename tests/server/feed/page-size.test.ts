import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SyncPage } from '../../../src/contract/wire/api.ts';
import { startApi, type Person, type TestApi } from '../../helpers/api.ts';

/** What a page is to be about, and how far over it a page of rows with short names may go. */
const [wanted, most] = [1_000_000, 1_100_000];
const long = 'The whole log of it. '.repeat(4_000);

let api: TestApi;
let maya: Person;
let dana: Person;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('staff');
  dana = await api.person('customer');
  for (let n = 0; n < 30; n += 1) await api.ticket(dana, `Ticket number ${n}`);
});
afterAll(async () => {
  await api.close();
});

async function pull(person: Person, from: string | null): Promise<SyncPage[]> {
  const pages: SyncPage[] = [];
  for (let cursor = from; pages.length < 100;) {
    const { body } = await person.call(
      'GET',
      `/support/sync?limit=1000${cursor === null ? '' : `&cursor=${cursor}`}`,
    );
    pages.push(body as SyncPage);
    if (!body.has_more) return pages;
    cursor = body.next_cursor;
  }
  throw new Error('the feed never ended');
}
const sizesOf = (pages: readonly SyncPage[]): number[] =>
  pages.map((page) => JSON.stringify(page).length);

test('a page of the feed and of the full copy ends at about a megabyte, whatever the limit, and nothing is lost between pages', async () => {
  const before = (await pull(maya, null)).at(-1)?.next_cursor ?? '';
  await api.pool.query(
    `insert into support_messages (ticket_id, user_id, message) select t.id, t.user_id, $1 from support_tickets t, generate_series(1, 2)`,
    [long],
  );
  for (const pages of [await pull(maya, before), await pull(maya, null), await pull(dana, null)]) {
    const sizes = sizesOf(pages);
    expect(Math.max(...sizes)).toBeLessThan(most);
    // All but the last are nearly full: what did not fit is one ticket with two long messages.
    for (const size of sizes.filter((_, n) => n < Math.floor((60 * long.length) / wanted)))
      expect(size).toBeGreaterThan(wanted - 2.2 * long.length);
    expect(
      new Set(
        pages.flatMap((page) => page.messages.filter((m) => m.message === long).map((m) => m.id)),
      ).size,
    ).toBe(60);
  }
});

test('a conversation that is larger than a page is cut anywhere; its ticket comes on each of its pages', async () => {
  const { id } = await api.ticket(await api.person('customer'), 'A very long one');
  await api.pool.query(
    'insert into support_messages (ticket_id, user_id, message) select id, user_id, $2 from support_tickets, generate_series(1, 60) where id = $1',
    [id, long],
  );
  const pages = await pull(maya, null);
  const own = pages.filter(({ tickets }) => tickets.some((ticket) => ticket.id === id));
  expect(own.length).toBeGreaterThan(4);
  expect(
    own.flatMap(({ messages }) => messages).filter((message) => message.ticket_id === id),
  ).toHaveLength(61);
  for (const { messages, tickets } of pages)
    expect(new Set(tickets.map((ticket) => ticket.id))).toEqual(
      new Set([
        ...tickets.map((ticket) => ticket.id),
        ...messages.map((message) => message.ticket_id),
      ]),
    );
  expect(Math.max(...sizesOf(pages))).toBeLessThan(most);
});

test('messages of the longest kind, whatever their characters, come one after the other, and none with more than one page of others', async () => {
  const customer = await api.person('customer');
  const { id } = await api.ticket(customer, 'The largest there are');
  const kinds = ['\u0001', '\u65e5', '\u{1f99c}', '"'].map((character) =>
    character.repeat(100_000 / character.length),
  );
  for (const kind of kinds)
    await api.pool.query(
      'insert into support_messages (ticket_id, user_id, message) select $1, $2, $3 from generate_series(1, 4)',
      [id, customer.id, kind],
    );
  const pages = await pull(customer, null);
  expect(pages.flatMap(({ messages }) => messages)).toHaveLength(17);
  for (const page of pages) {
    const bytes = Buffer.byteLength(JSON.stringify(page));
    expect(
      page.messages.length === 1 || bytes < most,
      `${page.messages.length} messages, ${bytes} bytes`,
    ).toBe(true);
  }
});
