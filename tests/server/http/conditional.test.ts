import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Person, type TestApi } from '../../helpers/api.ts';

let api: TestApi;
let maya: Person;
let dana: Person;
let ticket: string;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('admin', 'Maya Ruiz');
  dana = await api.person('customer', 'Dana Okafor');
  ticket = (await api.ticket(dana)).id;
});
afterAll(async () => {
  await api.close();
});

const asked = async (person: Person, path: string, tag?: string) => {
  const { status, headers, body } = await person.call(
    'GET',
    path,
    undefined,
    tag === undefined ? {} : { 'if-none-match': tag },
  );
  return {
    status,
    body: body as unknown,
    tag: headers.get('etag') ?? '',
    stored: headers.get('cache-control'),
  };
};

describe('what a reader has already is not sent again', () => {
  const changes: [path: () => string, change: () => Promise<unknown>][] = [
    [
      () => `/support/tickets/${ticket}`,
      () => maya.call('POST', `/support/tickets/${ticket}/messages`, { message: 'An answer' }),
    ],
    [
      () => `/support/tickets/${ticket}/messages`,
      () => maya.call('POST', `/support/tickets/${ticket}/notes`, { message: 'A note' }),
    ],
    [
      () => '/support/tickets?limit=50',
      () => maya.call('PATCH', `/support/tickets/${ticket}`, { tags: { add: ['new'] } }),
    ],
    [() => '/support/staff', () => api.person('staff', 'Alex Kim')],
    [
      () => '/support/macros',
      () =>
        maya.call('POST', '/support/macros', { name: 'Hello', text: 'Hello there', actions: {} }),
    ],
  ];
  test.each(
    changes.map(([path, change]) => [path().replace('undefined', ':id'), path, change] as const),
  )('%s', async (_, path, change) => {
    const first = await asked(maya, path());
    expect(first).toMatchObject({ status: 200, stored: 'no-store' });
    expect(await asked(maya, path(), `"other", ${first.tag}`)).toMatchObject({
      status: 304,
      body: '',
      tag: first.tag,
    });
    await change();
    expect(await asked(maya, path(), first.tag)).toMatchObject({ status: 200 });
  });
});

test('the tag of what a customer reads does not move with a note', async () => {
  const { tag } = await asked(dana, `/support/tickets/${ticket}`);
  await maya.call('POST', `/support/tickets/${ticket}/notes`, { message: 'Another note' });
  expect((await asked(dana, `/support/tickets/${ticket}`, tag)).status).toBe(304);
});

test('a refusal has no tag, and a tag opens nothing', async () => {
  const { tag } = await asked(dana, `/support/tickets/${ticket}`);
  const omar = await api.person('customer', 'Omar Haddad');
  expect(await asked(omar, `/support/tickets/${ticket}`, tag)).toMatchObject({
    status: 404,
    tag: '',
    stored: 'no-store',
  });
});

test.each(['zstd', 'br', 'gzip'])(
  'JSON above a kilobyte is compressed with %s where that is taken, a short answer is not',
  async (encoding) => {
    for (let n = 0; n < 3; n += 1) await api.ticket(dana, `One of several ${n}`);
    const get = (path: string) =>
      api.app.inject({
        url: `/api/v1${path}`,
        headers: { authorization: `Bearer ${maya.token}`, 'accept-encoding': encoding },
      });
    expect((await get('/support/tickets')).headers['content-encoding']).toBe(encoding);
    expect((await get('/auth/me')).headers['content-encoding']).toBeUndefined();
  },
);
