import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchStatements } from '../../../bench/api/plans.ts';
import { apiBase, endOfCursor, type SyncPage } from '../../../src/contract/wire/api.ts';
import { startApi, type Person, type TestApi } from '../../helpers/api.ts';

let api: TestApi;
let maya: Person;
let dana: Person;
const tickets: string[] = [];
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('staff', 'Maya Ruiz');
  dana = await api.person('customer', 'Dana Okafor');
  for (let n = 0; n < 120; n += 1) tickets.push((await api.ticket(dana, `Ticket number ${n}`)).id);
});
afterAll(async () => {
  await api.close();
});

const page = async (
  person: Person,
  cursor: string | null,
  headers: Record<string, string> = {},
) => {
  const {
    status,
    body,
    headers: answered,
  } = await person.call(
    'GET',
    `/support/sync?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`,
    undefined,
    headers,
  );
  return {
    status,
    body: body as SyncPage,
    tag: answered.get('etag') ?? '',
    stored: answered.get('cache-control'),
  };
};

async function toTheEnd(person: Person): Promise<string> {
  for (let cursor: string | null = null; ;) {
    const { body } = await page(person, cursor);
    cursor = body.next_cursor;
    if (!body.has_more) return cursor;
  }
}

test('an hour offline with 100 changes is one request that brings those rows, each once, and no other', async () => {
  const cursor = await toTheEnd(maya);
  const written: string[] = [];
  for (const [n, id] of tickets.slice(0, 100).entries()) {
    if (n % 4 === 3) await maya.call('PATCH', `/support/tickets/${id}`, { priority: 'high' });
    else
      written.push(
        (
          await maya.call('POST', `/support/tickets/${id}/${n % 4 === 2 ? 'notes' : 'messages'}`, {
            message: 'We have looked at this.',
          })
        ).body.id as string,
      );
  }
  const { body } = await page(maya, cursor);
  expect(body.has_more).toBe(false);
  expect(body.tickets.map((ticket) => ticket.id).toSorted()).toEqual(
    tickets.slice(0, 100).toSorted(),
  );
  expect(body.messages.map((message) => message.id).toSorted()).toEqual(written.toSorted());
  expect(body).toMatchObject({ staff: [], macros: [], removed: [] });
});

test('with nothing new the feed takes one statement beside the sign-in and answers the cursor that it was asked with', async () => {
  const cursor = await toTheEnd(maya);
  const request = new AsyncLocalStorage<true>();
  // The event hub uses the same pool, whenever it likes: only what this request itself asks is
  // counted.
  const statements = watchStatements(api.pool, () => request.getStore() === true);
  const answer = await request.run(
    true,
    async () =>
      await api.app.inject({
        url: `${apiBase}/support/sync?limit=200&cursor=${cursor}`,
        headers: { authorization: `Bearer ${maya.token}` },
      }),
  );
  expect(statements.take()).toHaveLength(2);
  expect(answer.json()).toEqual({
    tickets: [],
    messages: [],
    staff: [],
    macros: [],
    removed: [],
    next_cursor: cursor,
    has_more: false,
    after: endOfCursor(cursor),
  });
});

test('the same nothing is 304 to who names it, and what is new is not', async () => {
  const cursor = await toTheEnd(dana);
  const { tag } = await page(dana, cursor);
  expect(await page(dana, cursor, { 'if-none-match': tag })).toMatchObject({
    status: 304,
    body: '',
  });
  await maya.call('POST', `/support/tickets/${tickets[0] ?? ''}/notes`, {
    message: 'not for the customer',
  });
  expect((await page(dana, cursor, { 'if-none-match': tag })).status).toBe(304);
  await maya.call('POST', `/support/tickets/${tickets[0] ?? ''}/messages`, {
    message: 'for the customer',
  });
  const news = await page(dana, cursor, { 'if-none-match': tag });
  expect(news).toMatchObject({ status: 200, stored: 'no-store', tag: '' });
  expect(news.body.messages).toHaveLength(1);
});
