import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApi, testPassword, type Person, type TestApi } from '../helpers/api.ts';
import { openTestDesk, tempDir, type TestDesk } from '../helpers/desk.ts';

let api: TestApi;
let dana: Person;
let maya: Person;
let home: ReturnType<typeof tempDir>;
let desk: TestDesk;

beforeAll(async () => {
  api = await startApi();
  dana = await api.person('customer', 'Dana Okafor');
  maya = await api.person('admin', 'Maya Ruiz');
});
afterAll(async () => {
  await api.close();
});
beforeEach(() => {
  home = tempDir();
});
afterEach(async () => {
  await desk.desk.close();
  home.remove();
});

/**
 * A ticket whose messages fill several pages; written over the days, as nobody may write so much at
 * once.
 */
async function longTicket(messages: number): Promise<string> {
  const { id } = await api.ticket(dana, 'The long one');
  await api.pool.query(
    "insert into support_messages (ticket_id, user_id, message, created_at) select $1, $2, n || repeat($3, 95000), now() - interval '2 days' + make_interval(secs => n) from generate_series(1, $4::int) n",
    [id, dana.id, '\u65e5', messages],
  );
  await api.pool.query(
    'update support_tickets t set public_messages = (select count(*) from support_messages m where m.ticket_id = t.id) where t.id = $1',
    [id],
  );
  return id;
}
const thread = (id: string) => desk.call('thread.get', { ticket_id: id, before: null, limit: 100 });
const live = async (): Promise<boolean> => (await desk.call('sync.get', {})).phase === 'live';

test('a desk takes a conversation of many pages with its full sync, whole, and goes on', async () => {
  const id = await longTicket(20);
  const { id: other } = await api.ticket(dana, 'A short one');
  desk = openTestDesk(home.dir, api.server);
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await desk.until(live);
  const long = await thread(id);
  expect(long.messages).toHaveLength(21);
  expect(long.whole).toBe(true);
  expect((await thread(other)).whole).toBe(true);
  await maya.call('POST', `/support/tickets/${id}/notes`, { message: 'And one more' });
  await desk.until(async () => (await thread(id)).messages.length === 22);
  expect((await thread(id)).whole).toBe(true);
});

test('a long conversation that is merged into another while the copy runs is whole there', async () => {
  const [id, into] = [await longTicket(12), (await api.ticket(dana, 'Takes it over')).id];
  desk = openTestDesk(home.dir, api.server);
  await desk.call('session.signIn', { email: maya.email, password: testPassword });
  await maya.call('POST', `/support/tickets/${id}/merge`, { into });
  await desk.until(async () => (await live()) && (await thread(into)).messages.length === 14);
  expect((await thread(into)).whole).toBe(true);
  await expect(thread(id)).rejects.toThrow('ticket-not-found');
});
