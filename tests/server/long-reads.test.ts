import { afterEach, expect, test } from 'vitest';
import { createGate } from '../../src/server/gate.ts';
import type { Answer, Person, TestApi } from '../helpers/api.ts';
import { startApi } from '../helpers/api.ts';
import { openSocket } from '../helpers/raw-socket.ts';

let api: TestApi;
afterEach(async () => { await api.close(); });

/** Of a machine that does other work beside it. */
const patient = { timeout: 120_000 };

/** Holds every long read back by a lock on the tickets, until it is let go. */
async function holdTickets(): Promise<() => Promise<void>> {
  const writer = await api.pool.connect();
  await writer.query('begin; lock table support_messages in access exclusive mode');
  return async () => {
    await writer.query('rollback');
    writer.release();
  };
}
const inWork = async (n: number) => { await expect.poll(async () => (await api.pool.query("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount, patient).toBe(n); };

test('200 full syncs hold half of the connections: writes and short reads find one at once, and who waits too long is told when to come again', async () => {
  api = await startApi({}, { database: { max: 8, waitMs: 2_000, idleInTransactionMs: 0 }, reads: { perAccount: 1_000 } });
  const maya = await api.person('staff');
  await api.ticket(await api.person('customer'));
  const release = await holdTickets();
  let refusals = 0;
  const read = async (): Promise<Answer> => {
    const answer = await maya.call('GET', '/support/sync');
    if (answer.status === 503) refusals += 1;
    return answer;
  };
  const reads = Array.from({ length: 250 }, read);
  await inWork(4);
  // Neither touches what is held back.
  expect((await maya.call('GET', '/auth/me')).status).toBe(200);
  expect((await maya.call('POST', '/support/macros', { name: 'While others read', text: 'Hello' })).status).toBe(200);
  const refused = await Promise.race(reads);
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  await expect.poll(() => refusals, patient).toBe(246);
  // Those that are in work are never refused.
  await release();
  const statuses = (await Promise.all(reads)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(4);
  expect(statuses.filter((status) => status === 503)).toHaveLength(246);
});

test('one account has so many long reads in work and no more: others go past those that wait', async () => {
  api = await startApi({}, { database: { max: 8, idleInTransactionMs: 0 }, reads: { perAccount: 2 } });
  const [maya, jonas] = [await api.person('staff'), await api.person('staff')];
  const { id } = await api.ticket(await api.person('customer'));
  const release = await holdTickets();
  const read = (who: Person) => who.call('GET', `/support/tickets/${id}/messages`);
  const mine = Array.from({ length: 6 }, () => read(maya));
  await inWork(2);
  const his = read(jonas);
  await inWork(3);
  await release();
  for (const { status } of await Promise.all([...mine, his])) expect(status).toBe(200);
});

test('an account with too much unread gets no more until it has read or gone, and another one is served', async () => {
  api = await startApi({}, { reads: { unsentPerAccount: 1_000_000 } });
  const [maya, jonas, dana] = [await api.person('staff'), await api.person('staff'), await api.person('customer')];
  const { id } = await api.ticket(dana);
  // Not to be made small: more than two sockets keep between them.
  await api.pool.query("insert into support_messages (ticket_id, user_id, message) select $1, $2, (select string_agg(md5(n::text || i::text), '') from generate_series(1, 3000) i) from generate_series(1, 100) n", [id, dana.id]);
  const path = `/support/tickets/${id}/messages`;
  const slow = await openSocket(api.server, `GET /api/v1${path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: identity\r\nAuthorization: Bearer ${maya.token}\r\n\r\n`);
  await slow.until('HTTP/1.1 200');
  slow.socket.pause();
  expect((await maya.call('GET', path)).status).toBe(429);
  expect((await jonas.call('GET', path)).status).toBe(200);
  slow.socket.destroy();
  await expect.poll(async () => (await maya.call('GET', path)).status, patient).toBe(200);
});

test('a gate lets in by the order of arrival, refuses beyond its queue at once, and forgets who gave up', async () => {
  api = await startApi();
  const gate = createGate(1, 60_000, { queue: 1 });
  let release = (): void => undefined;
  const first = gate.through(() => new Promise<string>((done) => { release = () => { done('first'); }; }));
  const second = gate.through(() => Promise.resolve('second'));
  await expect(gate.through(() => Promise.resolve('third'))).rejects.toThrow('busy');
  release();
  expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  await expect(gate.through(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await gate.through(() => Promise.resolve('after'))).toBe('after');
});
