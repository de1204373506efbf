import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type Person, type TestApi } from '../../helpers/api.ts';
import { openStream, untilHeard } from '../../helpers/stream-bytes.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.close();
});

const stream = (person: Person) => openStream(api.server, person);

test('a write reaches the streams of staff and of its own customer; a note only those of staff', async () => {
  const maya = await api.person('admin');
  const dana = await api.person('customer');
  const omar = await api.person('customer');
  const staff = await stream(maya);
  const own = await api.ticket(dana);
  await untilHeard(api.pool, staff);
  const [customer, stranger] = await Promise.all([stream(dana), stream(omar)]);
  await maya.call('POST', `/support/tickets/${own.id}/notes`, { message: 'internal' });
  await untilHeard(api.pool, staff);
  await dana.call('POST', `/support/tickets/${own.id}/messages`, { message: 'and public' });
  await untilHeard(api.pool, staff);
  await api.ticket(omar);
  expect([(await customer.next())?.name, (await stranger.next())?.name]).toEqual([
    'changed',
    'changed',
  ]);
  // All that the customer has heard is the public message, not the note before it; and a stranger
  // to both, their own ticket.
  for (const open of [customer, stranger])
    expect(open.seen().match(/event: changed/g)).toHaveLength(1);
  for (const open of [staff, customer, stranger]) open.close();
});

test('a stream ends when its account is closed', async () => {
  const jonas = await api.person('staff');
  const open = await stream(jonas);
  await api.pool.query('update users set is_active = false where id = $1', [jonas.id]);
  // An event of an earlier write may still be on its way.
  let last = await open.next();
  while (last !== null) last = await open.next();
  expect(last).toBeNull();
});

test('a stream needs a sign-in', async () => {
  expect((await api.call('GET', '/support/events')).status).toBe(401);
});
