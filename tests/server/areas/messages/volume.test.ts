import { afterAll, beforeAll, expect, test } from 'vitest';
import { customerBounds } from '../../../../src/server/areas/messages/volume.ts';
import { startApi, type Answer, type Person, type TestApi } from '../../../helpers/api.ts';

let api: TestApi;
let maya: Person;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('staff');
});
afterAll(async () => {
  await api.close();
});

const say = (
  person: Person,
  id: string,
  message = 'One more thing',
  key: string = crypto.randomUUID(),
) =>
  person.call('POST', `/support/tickets/${id}/messages`, { message }, { 'idempotency-key': key });
/** Written by the same customer so long ago. */
const wrote = (
  person: Person,
  id: string,
  { count, text, ago }: { count: number; text: string; ago: string },
) =>
  api.pool.query(
    'insert into support_messages (ticket_id, user_id, message, created_at) select $1, $2, $3, clock_timestamp() - $4::interval from generate_series(1, $5::int)',
    [id, person.id, text, ago, count],
  );

function expectTooMuch({ status, headers, body }: Answer, seconds: number): void {
  expect({ status, body }).toEqual({
    status: 429,
    body: {
      detail: 'You have written a lot in a short time. Nothing is lost; send it again later',
    },
  });
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(seconds);
}

test('the longest messages one after the other are stopped before they are a burden; one that was refused works later under its key', async () => {
  const dana = await api.person('customer');
  const { id } = await api.ticket(dana);
  const longest = '\u65e5'.repeat(100_000);
  const answers: Answer[] = [];
  for (let n = 0; n < 10; n += 1) answers.push(await say(dana, id, longest, `try-${n}`));
  const refused = answers.findIndex(({ status }) => status !== 200);
  expect(refused).toBe(Math.floor(customerBounds.bytes[0].most / 300_002));
  expectTooMuch(answers[refused]!, 60);
  await api.pool.query(
    "update support_messages set created_at = created_at - interval '61 seconds' where user_id = $1",
    [dana.id],
  );
  expect((await say(dana, id, longest, `try-${refused}`)).status).toBe(200);
});

test("all of a day counts, over all tickets of one customer, and nobody else's", async () => {
  const [dana, omar] = [await api.person('customer'), await api.person('customer')];
  const [first, second] = [await api.ticket(dana), await api.ticket(dana)];
  await wrote(dana, first.id, { count: 499, text: 'x'.repeat(100_000), ago: '20 hours' });
  expect((await say(dana, second.id)).status).toBe(200);
  await wrote(dana, first.id, { count: 1, text: 'x'.repeat(100_000), ago: '20 hours' });
  expectTooMuch(await say(dana, second.id), 4 * 3_600);
  expect((await say(omar, (await api.ticket(omar)).id)).status).toBe(200);
  expect((await say(maya, second.id)).status).toBe(200);
});

test.each([
  [customerBounds.messages[0], '59 minutes', 60],
  [customerBounds.messages[1], '23 hours', 3_600],
] as const)('in one ticket there is a most of messages: %o', async ({ most }, ago, wait) => {
  const dana = await api.person('customer');
  const [first, second] = [await api.ticket(dana), await api.ticket(dana)];
  await wrote(dana, first.id, { count: most - 2, text: 'Hello there', ago });
  expect((await say(dana, first.id)).status).toBe(200);
  expectTooMuch(await say(dana, first.id), wait);
  expect((await say(dana, second.id)).status).toBe(200);
});

test('tickets of a day are counted; so is the first message of each', async () => {
  const dana = await api.person('customer');
  const create = () =>
    dana.call('POST', '/support/tickets', {
      subject: 'One more ticket',
      category: 'other',
      message: 'It has been three days now.',
    });
  const [{ most }] = customerBounds.tickets;
  await api.pool.query(
    "insert into support_tickets (user_id, subject, category, created_at) select $1, 'An earlier one', 'other', clock_timestamp() - interval '23 hours' from generate_series(1, $2::int)",
    [dana.id, most - 1],
  );
  expect((await create()).status).toBe(200);
  expectTooMuch(await create(), 3_600);
});

test('requests at the same time count as one after the other', async () => {
  const dana = await api.person('customer');
  const tickets = [];
  for (let n = 0; n < 12; n += 1) tickets.push(await api.ticket(dana));
  const statuses = (
    await Promise.all(tickets.map(({ id }) => say(dana, id, '\u65e5'.repeat(100_000))))
  ).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(6);
  expect(statuses.filter((status) => status === 429)).toHaveLength(6);
});

test('a body beyond the bound is 413, as JSON, and staff are bounded by it alone', async () => {
  const { id } = await api.ticket(await api.person('customer'));
  const { status, body } = await say(maya, id, 'x'.repeat(1_100_000));
  expect({ status, body }).toEqual({ status: 413, body: { detail: 'The body is too large' } });
  for (let n = 0; n < 10; n += 1)
    expect((await say(maya, id, '\u65e5'.repeat(100_000))).status).toBe(200);
});
