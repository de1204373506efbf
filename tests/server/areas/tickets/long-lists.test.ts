import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message, Ticket } from '../../../../src/contract/wire/entities.ts';
import { mostRows } from '../../../../src/server/areas/tickets/long-list.ts';
import { startApi, type Person, type TestApi } from '../../../helpers/api.ts';

let api: TestApi;
let maya: Person;
let dana: Person;
let omar: Person;
beforeAll(async () => {
  api = await startApi();
  [maya, dana, omar] = [
    await api.person('admin'),
    await api.person('customer'),
    await api.person('customer'),
  ];
});
afterAll(async () => {
  await api.close();
});

interface Part {
  tickets?: Ticket[];
  messages?: Message[];
  next_cursor?: string;
}
const rowsOf = ({ tickets, messages }: Part): { id: string }[] => messages ?? tickets ?? [];

/** All parts of a list. */
async function partsOf(person: Person, path: string): Promise<Part[]> {
  const parts: Part[] = [];
  for (let cursor: string | undefined; parts.length < 100;) {
    const { status, body } = await person.call(
      'GET',
      `${path}${cursor === undefined ? '' : `${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`}`,
    );
    expect(status).toBe(200);
    parts.push(body as Part);
    cursor = (body as Part).next_cursor;
    if (cursor === undefined) return parts;
  }
  throw new Error('the list never ended');
}
const idsOf = async (person: Person, path: string): Promise<string[]> =>
  (await partsOf(person, path)).flatMap((part) => rowsOf(part).map(({ id }) => id));

/** As they are in the database, oldest first. */
async function messageIds(ticketId: string, notes = true): Promise<string[]> {
  const { rows } = await api.pool.query<{ id: string }>(
    'select id from support_messages where ticket_id = $1 and (not is_internal or $2) order by created_at, id',
    [ticketId, notes],
  );
  return rows.map(({ id }) => id);
}

/** A ticket with so many messages more, some at the same time, every fifth a note. */
async function thread(count: number, text = 'Hello there'): Promise<string> {
  const { id } = await api.ticket(dana);
  await api.pool.query(
    'insert into support_messages (ticket_id, staff_id, message, is_internal, created_at) select $1, $2, $3, n % 5 = 0, now() + make_interval(secs => n / 3) from generate_series(1, $4::int) n',
    [id, maya.id, text, count],
  );
  return id;
}

describe.each(['', '/messages'])('GET /support/tickets/{id}%s', (tail) => {
  test.each(['asc', 'desc'] as const)(
    'comes in parts that are all of it, each once, in order: %s',
    async (order) => {
      const id = await thread(40);
      for (const [person, notes] of [
        [maya, true],
        [dana, false],
      ] as const) {
        const wanted = await messageIds(id, notes);
        for (const limit of [1, 7, 41, 10_000])
          expect(
            await idsOf(person, `/support/tickets/${id}${tail}?order=${order}&limit=${limit}`),
            `${limit}`,
          ).toEqual(order === 'asc' ? wanted : wanted.toReversed());
      }
    },
  );

  test('without a limit is whole, and says nothing of a next part, also where it takes many reads of the database', async () => {
    const id = await thread(3_000);
    const answer = await maya.call('GET', `/support/tickets/${id}${tail}`);
    expect(answer.body.messages.map((m: Message) => m.id)).toEqual(await messageIds(id));
    expect(answer.body).not.toHaveProperty('next_cursor');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test(`ends early behind ${mostRows} messages, and behind eight megabytes, and goes on from there`, async () => {
    const many = await thread(mostRows + 50, 'x');
    expect(
      (await partsOf(maya, `/support/tickets/${many}${tail}`)).map((part) => rowsOf(part).length),
    ).toEqual([mostRows, 51]);
    const long = await thread(30, '\u65e5'.repeat(95_000));
    const parts = await partsOf(maya, `/support/tickets/${long}${tail}`);
    expect(parts.length).toBe(2);
    for (const part of parts)
      expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(8_400_000);
    expect(parts.flatMap((part) => rowsOf(part).map(({ id }) => id))).toEqual(
      await messageIds(long),
    );
  });

  test('takes a cursor from its own caller, ticket, order and call alone', async () => {
    const [id, other] = [await thread(5), await thread(5)];
    const { next_cursor: cursor } = (
      await dana.call('GET', `/support/tickets/${id}${tail}?limit=2`)
    ).body;
    const status = async (person: Person, path: string, given: string): Promise<number> =>
      (await person.call('GET', `${path}cursor=${encodeURIComponent(given)}`)).status;
    expect(await status(dana, `/support/tickets/${id}${tail}?`, cursor)).toBe(200);
    expect(await status(maya, `/support/tickets/${id}${tail}?`, cursor)).toBe(400);
    expect(await status(omar, `/support/tickets/${id}${tail}?`, cursor)).toBe(404);
    expect(await status(dana, `/support/tickets/${other}${tail}?`, cursor)).toBe(400);
    expect(await status(dana, `/support/tickets/${id}${tail}?order=desc&`, cursor)).toBe(400);
    expect(
      await status(dana, `/support/tickets/${id}${tail === '' ? '/messages' : ''}?`, cursor),
    ).toBe(400);
    expect(await status(dana, '/support/tickets?', cursor)).toBe(400);
    expect(await status(dana, '/support/sync?', cursor)).toBe(400);
    const feed = (await dana.call('GET', '/support/sync')).body.next_cursor;
    for (const forged of [feed, 'x', `${cursor}x`, cursor.slice(1), 'a'.repeat(722)])
      expect(await status(dana, `/support/tickets/${id}${tail}?`, forged), forged).toBe(400);
    // Before a role changed is another caller.
    const alex = await api.person('staff');
    const his = (await alex.call('GET', `/support/tickets/${id}${tail}?limit=2`)).body.next_cursor;
    await api.pool.query("update users set role = 'admin' where id = $1", [alex.id]);
    expect(await status(alex, `/support/tickets/${id}${tail}?`, his)).toBe(400);
  });
});

describe('GET /support/tickets', () => {
  test('comes in parts, newest first, as long as the limit says', async () => {
    const own = await api.person('customer');
    await api.pool.query(
      `insert into support_tickets (user_id, subject, category, status, resolved_at, created_at) select $1, 'Ticket number ' || n, 'other', case when n % 4 = 0 then 'closed' else 'open' end, now(), now() - make_interval(secs => n / 3) from generate_series(1, 900) n`,
      [own.id],
    );
    const { rows } = await api.pool.query<{ id: string; status: string }>(
      'select id, status from support_tickets where user_id = $1 order by created_at desc, id desc',
      [own.id],
    );
    for (const limit of [50, 299, 900, 5_000]) {
      const parts = await partsOf(own, `/support/tickets?limit=${limit}`);
      expect(parts.map((part) => rowsOf(part).length)).toEqual(
        Array.from({ length: Math.ceil(900 / limit) }, (_, n) => Math.min(limit, 900 - n * limit)),
      );
      expect(parts.flatMap((part) => rowsOf(part).map(({ id }) => id))).toEqual(
        rows.map(({ id }) => id),
      );
    }
    expect(await idsOf(own, '/support/tickets?status=closed&limit=100')).toEqual(
      rows.filter(({ status }) => status === 'closed').map(({ id }) => id),
    );
    const { next_cursor: cursor } = (await own.call('GET', '/support/tickets?status=open&limit=5'))
      .body;
    expect((await own.call('GET', `/support/tickets?limit=5&cursor=${cursor}`)).status).toBe(400);
    expect((await dana.call('GET', `/support/tickets?status=open&cursor=${cursor}`)).status).toBe(
      400,
    );
    expect(
      (await own.call('GET', `/support/tickets?status=open&limit=9&cursor=${cursor}`)).status,
    ).toBe(200);
  });

  test('ends at ten thousand, whatever is asked for', async () => {
    const own = await api.person('customer');
    await api.pool.query(
      "insert into support_tickets (user_id, subject, category) select $1, 'Ticket number ' || n, 'other' from generate_series(1, 10005) n",
      [own.id],
    );
    expect(
      (await partsOf(own, '/support/tickets?limit=100000')).map((part) => rowsOf(part).length),
    ).toEqual([mostRows, 5]);
  });
});

test('a search goes on behind its limit, and a cursor of other words is refused', async () => {
  const found = await Promise.all(
    [1, 2, 3, 4, 5].map((n) => api.ticket(dana, `Zanzibar number ${n}`)),
  );
  const ids = await idsOf(maya, '/support/search?q=zanzibar&limit=2');
  expect(ids.toSorted()).toEqual(found.map(({ id }) => id).toSorted());
  const { next_cursor: cursor } = (await maya.call('GET', '/support/search?q=zanzibar&limit=2'))
    .body;
  expect((await maya.call('GET', `/support/search?q=ticket&limit=2&cursor=${cursor}`)).status).toBe(
    400,
  );
});

test('a reader who goes away in the middle of a long answer leaves no connection and no place behind', async () => {
  const id = await thread(60, '\u65e5'.repeat(95_000));
  for (let n = 0; n < 12; n += 1) {
    const away = new AbortController();
    const response = await fetch(`${api.server}/api/v1/support/tickets/${id}/messages`, {
      headers: { authorization: `Bearer ${maya.token}` },
      signal: away.signal,
    });
    await response.body?.getReader().read();
    away.abort();
  }
  expect((await maya.call('GET', `/support/tickets/${id}/messages?limit=1`)).status).toBe(200);
  expect(api.pool.waitingCount).toBe(0);
});
