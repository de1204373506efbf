import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiBase, eventsPath } from '../../src/contract/wire/api.ts';
import { startApi, type Person, type TestApi } from '../helpers/api.ts';
import { openStream, untilHeard, type OpenStream } from '../helpers/stream-bytes.ts';
import { registeredRoutes } from '../helpers/routes.ts';

/**
 * No customer reads it, no route answers it: a note is there for staff and nowhere else, not even
 * as a number that moved.
 */
const canary = 'canary-9f27c1e4b05d';
/** Looked for, so that no answer can hold the whole by repeating what was asked. */
const half = canary.slice(0, 12);

let api: TestApi;
let maya: Person;
let dana: Person;
let omar: Person;
let open: string;
let closed: string;
let searched: string;
let early: OpenStream;
beforeAll(async () => {
  api = await startApi({ perAddress: 1e9 });
  maya = await api.person('admin', 'Maya Ruiz');
  dana = await api.person('customer', 'Dana Okafor');
  omar = await api.person('customer', 'Omar Haddad');
  open = (await api.ticket(dana, 'With a note inside')).id;
  closed = (await api.ticket(dana, 'Closed with a note')).id;
  searched = (await api.ticket(dana, 'Withdrawal that is searched for')).id;
  await maya.call('POST', `/support/tickets/${closed}/close`);
  early = await openStream(api.server, dana);
});
afterAll(async () => {
  early.close();
  await api.close();
});

const note = (ticketId: string, text = `${canary} internal only`) =>
  maya.call(
    'POST',
    `/support/tickets/${ticketId}/notes`,
    { message: text, mentions: [maya.id] },
    { 'idempotency-key': `${canary}-${ticketId}-${text.length}` },
  );

/** One answer as bytes that a caller gets: status, headers and the body, decompressed. */
async function bytes(
  person: Person | null,
  method: string,
  path: string,
  { body, headers = {} }: { body?: string; headers?: Record<string, string> } = {},
): Promise<string> {
  const response = await fetch(api.server + path, {
    method,
    headers: {
      ...(person ? { authorization: `Bearer ${person.token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  return `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`;
}

/**
 * Everything that someone can ask: each route of the app with ids of tickets and of notes,
 * searches, old and new cursors, right and broken bodies.
 */
async function* everything(
  person: Person | null,
  ids: string[],
  cursors: string[],
): AsyncGenerator<[string, string]> {
  const queries = [
    '',
    `?q=${half}`,
    `?search=${half}`,
    '?limit=100000',
    '?limit=1000',
    '?status=open',
    '?q=withdrawal',
    '?order=desc',
    '?order=desc&limit=1',
    '?limit=1',
    ...cursors.map((cursor) => `?limit=1000&cursor=${encodeURIComponent(cursor)}`),
  ];
  const bodies = [
    '{',
    JSON.stringify({ message: half }),
    JSON.stringify({ into: open }),
    JSON.stringify({ status: 'open', base: { status: 'closed' } }),
    JSON.stringify({ state: 'viewing' }),
  ];
  for (const line of registeredRoutes(api.app)) {
    const [method = '', template = ''] = line.split(' ');
    // A stream that is let in does not end; it has tests of its own.
    if (template === apiBase + eventsPath && person) continue;
    for (const path of template.includes(':')
      ? ids.map((id) => template.replace(/:\w+/, id))
      : [template]) {
      // Signing out would end what is tested.
      if (path.endsWith('/logout')) continue;
      if (method === 'GET')
        for (const query of queries)
          yield [`GET ${path}${query}`, await bytes(person, 'GET', path + query)];
      else
        for (const body of bodies)
          yield [
            `${line} ${path} ${body}`,
            await bytes(person, method, path, {
              body,
              headers: { 'idempotency-key': `${half}-${path}` },
            }),
          ];
    }
    yield [`below ${template}`, await bytes(person, 'DELETE', `${template}/${half}`)];
  }
}

/** Pulls with a cursor until there is no more; answers every page and the last cursor. */
async function pull(
  person: Person,
  from: string | null,
  limit = 50,
): Promise<{ pages: any[]; cursor: string }> {
  const pages = [];
  let cursor = from;
  for (;;) {
    const { status, body } = await person.call(
      'GET',
      `/support/sync?limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    if (status !== 200) throw new Error(`sync answered ${status}`);
    pages.push(body);
    cursor = body.next_cursor;
    if (!body.has_more) return { pages, cursor: body.next_cursor };
  }
}

const withoutCursor = ({ pages }: { pages: any[] }) =>
  pages.map((page) => ({ ...page, next_cursor: '', after: '' }));

/** All that a customer can see, without what says only when it was asked. */
async function view(person: Person): Promise<unknown> {
  const seen: Record<string, unknown> = {};
  for (const path of [
    '/support/tickets',
    '/support/tickets?status=closed',
    '/support/tickets?limit=1',
    ...[open, closed, searched].flatMap((id) => [
      `/support/tickets/${id}`,
      `/support/tickets/${id}/messages`,
    ]),
  ]) {
    const { status, headers, body } = await person.call('GET', path);
    seen[path] = {
      status,
      headers: [...headers].filter(([name]) => !/^(date|x-request-id|x-ratelimit-.*)$/.test(name)),
      body,
    };
  }
  for (const limit of [1, 2, 200])
    seen[`sync ${limit}`] = withoutCursor(await pull(person, null, limit));
  return seen;
}

describe('the bytes of a note', () => {
  test('are in no answer to its customer, to another customer or to nobody, wherever they look', async () => {
    const before = { dana: await pull(dana, null), omar: await pull(omar, null) };
    const mid = (await dana.call('GET', '/support/sync?limit=1')).body.next_cursor;
    const made = await Promise.all([open, closed, searched].map((id) => note(id)));
    expect(made.map((answer) => answer.status)).toEqual([200, 200, 200]);
    // The staff's own view proves that the crawl would see it.
    expect(JSON.stringify((await pull(maya, null)).pages)).toContain(canary);

    const after = { dana: await pull(dana, null), omar: await pull(omar, null) };
    const ids = [open, closed, searched, made[0]?.body.id, 'not-an-id', half];
    let asked = 0;
    for (const [person, cursors] of [
      [dana, [before.dana.cursor, mid, after.dana.cursor, (await pull(maya, null)).cursor]],
      [omar, [before.omar.cursor, after.omar.cursor, after.dana.cursor]],
      [null, [before.dana.cursor]],
    ] as const) {
      for await (const [what, answer] of everything(person, ids, [...cursors])) {
        asked += 1;
        expect(answer.includes(canary), `${person?.email ?? 'nobody'}: ${what}`).toBe(false);
        expect(answer, what).not.toMatch(/^5/);
      }
    }
    // The crawl has closed what it could.
    await maya.call('POST', `/support/tickets/${open}/reopen`);
    console.log(`canary: ${asked} answers read, 0 bytes of the note in them`);
    expect(asked).toBeGreaterThan(500);
  });

  test('are in no stream of its customer, opened before or during the writes', async () => {
    const during = await openStream(api.server, dana);
    await note(open, `${canary} while they listen`);
    await dana.call('POST', `/support/tickets/${open}/messages`, { message: 'and a public word' });
    await Promise.all([early.next(), during.next()]);
    expect(early.seen() + during.seen()).not.toContain(half);
    during.close();
  });
});

describe('how staff handle a ticket', () => {
  test('is in no answer to its customer: no assignee, tag, snooze, count of changes or key of another', async () => {
    const { id } = await api.ticket(dana, 'Handled by staff');
    await maya.call('PATCH', `/support/tickets/${id}`, {
      assignee_id: maya.id,
      tags: { add: [`${canary} tag`] },
      snoozed_until: '2100-01-01T00:00:00Z',
    });
    await maya.call(
      'POST',
      `/support/tickets/${id}/messages`,
      { message: 'A public reply' },
      { 'idempotency-key': `${canary}-reply` },
    );
    await dana.call(
      'POST',
      `/support/tickets/${id}/messages`,
      { message: 'My own words' },
      { 'idempotency-key': 'danas-own-key' },
    );
    await maya.call('PATCH', `/support/tickets/${id}`, { snoozed_until: '2100-01-01T00:00:00Z' });
    const ticketsOf = ({ body }: { body: any }) =>
      [body, body.ticket, ...(body.tickets ?? [])].filter((one) => one?.id === id);
    const messagesOf = ({ body }: { body: any }) =>
      (body.messages ?? []).filter((one: { ticket_id: string }) => one.ticket_id === id);
    const asked = [
      '/support/tickets',
      `/support/tickets/${id}`,
      `/support/tickets/${id}?order=desc&limit=9`,
      `/support/tickets/${id}/messages`,
      `/support/tickets/${id}/messages?order=desc`,
      '/support/sync?limit=1000',
    ];
    for (const path of asked) {
      const answer = await dana.call('GET', path);
      expect(JSON.stringify(answer.body), path).not.toContain(half);
      for (const ticket of ticketsOf(answer))
        expect(ticket, path).toMatchObject({
          assignee_id: null,
          tags: [],
          snoozed_until: null,
          version: Math.floor(Date.parse(ticket.updated_at)),
        });
      for (const message of messagesOf(answer))
        expect(message.client_id, path).toBe(
          message.message === 'My own words' ? 'danas-own-key' : null,
        );
      // Staff see their own key, and nobody else's.
      for (const message of messagesOf(await maya.call('GET', path)))
        expect(message.client_id, path).toBe(
          message.message === 'A public reply' ? `${canary}-reply` : null,
        );
      for (const ticket of ticketsOf(await maya.call('GET', path)))
        expect(ticket, path).toMatchObject({ assignee_id: maya.id, tags: [`${canary} tag`] });
    }
    // The answers to writes too: her own message, and closing.
    for (const answer of [
      await dana.call('POST', `/support/tickets/${id}/messages`, { message: 'More words' }),
      await dana.call('POST', `/support/tickets/${id}/close`),
    ]) {
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.body)).not.toContain(half);
      for (const ticket of ticketsOf(answer))
        expect(ticket).toMatchObject({ assignee_id: null, tags: [], snoozed_until: null });
    }
    const alex = await api.person('staff', 'Alex Kim');
    for (const path of asked)
      for (const message of messagesOf(await alex.call('GET', path)))
        expect(message.client_id, path).toBeNull();
  });
});

describe('that there is a note', () => {
  test('moves no count, version, time, order, header or page of its customer', async () => {
    const before = await view(dana);
    const { cursor } = await pull(dana, null);
    await Promise.all([open, closed, searched].map((id) => note(id, `${canary} once more`)));
    expect(await view(dana)).toEqual(before);
    expect(withoutCursor(await pull(dana, cursor))).toEqual([
      {
        tickets: [],
        messages: [],
        staff: [],
        macros: [],
        removed: [],
        next_cursor: '',
        has_more: false,
        after: '',
      },
    ]);
  });

  test('in thousands cuts no page of the full copy earlier', async () => {
    const before = withoutCursor(await pull(dana, null, 200));
    await api.pool.query(
      `insert into support_messages (ticket_id, staff_id, message, is_internal) select t, $1, '${canary} ' || n, true from unnest($2::uuid[]) t, generate_series(1, 2500) n`,
      [maya.id, [open, searched]],
    );
    expect(withoutCursor(await pull(dana, null, 200))).toEqual(before);
    await api.pool.query('delete from support_messages where is_internal and ticket_id = any($1)', [
      [open, searched],
    ]);
    expect(withoutCursor(await pull(dana, null, 200))).toEqual(before);
  });

  test('cannot be told from a cursor: it says nothing, and is as long whatever happened', async () => {
    const { cursor } = await pull(dana, null);
    await note(open, `${canary} and the cursor`);
    const later = (await pull(dana, null)).cursor;
    expect(later).toHaveLength(cursor.length);
    for (const part of later.split('.'))
      expect(Buffer.from(part, 'base64url').toString('latin1')).not.toMatch(
        /epoch|position|"xid"|horizon/,
      );
  });

  test('sends no event, and leaves no gap in the events of its customer', async () => {
    const staff = await openStream(api.server, maya);
    await note(open, `${canary} before they listen`);
    await untilHeard(api.pool, staff);
    const customer = await openStream(api.server, dana);
    for (let i = 0; i < 5; i += 1) {
      await note(open, `${canary} ${'x'.repeat(i + 50)}`);
      await untilHeard(api.pool, staff);
    }
    await dana.call('POST', `/support/tickets/${open}/messages`, { message: 'a public word' });
    await untilHeard(api.pool, staff);
    const event = await customer.next();
    // One event in all, and nothing in it that counts what happened in between.
    expect(customer.seen().match(/event: changed/g)).toHaveLength(1);
    expect(event?.data).toMatch(/^\{"cursor":"[\w-]{22}"\}$/);
    for (const stream of [customer, staff]) stream.close();
  });
});
