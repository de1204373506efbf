import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createGate } from '../../../../src/server/http/gate.ts';
import { Problem } from '../../../../src/server/http/problem.ts';
import { createReads } from '../../../../src/server/http/reads.ts';
import { startApi, type Answer, type Person, type TestApi } from '../../../helpers/api.ts';
import { openSocket } from '../../../helpers/raw-socket.ts';

let api: TestApi | null = null;
afterEach(async () => {
  await api?.close();
  api = null;
});

/** Of a machine that does other work beside it. */
const patient = { timeout: 120_000 };

/** Holds every long read back by a lock on the messages, until it is let go. */
async function holdMessages(of: TestApi): Promise<() => Promise<void>> {
  const writer = await of.pool.connect();
  await writer.query('begin; lock table support_messages in access exclusive mode');
  return async () => {
    await writer.query('rollback');
    writer.release();
  };
}
const inWork = async (of: TestApi, n: number) => {
  await expect
    .poll(
      async () =>
        (
          await of.pool.query(
            "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
          )
        ).rowCount,
      patient,
    )
    .toBe(n);
};

test('200 full syncs hold half of the connections: writes and short reads find one at once, and who waits too long is told when to come again', async () => {
  const shop = (api = await startApi(
    {},
    {
      database: { max: 8, waitMs: 2_000, statementMs: 120_000, idleInTransactionMs: 0 },
      reads: { perAccount: 1_000 },
      gateMs: 2_000,
    },
  ));
  const maya = await shop.person('staff');
  await shop.ticket(await shop.person('customer'));
  const release = await holdMessages(shop);
  let refusals = 0;
  const read = async (): Promise<Answer> => {
    const answer = await maya.call('GET', '/support/sync');
    if (answer.status === 503) refusals += 1;
    return answer;
  };
  const reads = Array.from({ length: 250 }, read);
  await inWork(shop, 4);
  // Neither touches what is held back.
  expect((await maya.call('GET', '/auth/me')).status).toBe(200);
  expect(
    (await maya.call('POST', '/support/macros', { name: 'While others read', text: 'Hello' }))
      .status,
  ).toBe(200);
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
  const shop = (api = await startApi(
    {},
    { database: { max: 8, idleInTransactionMs: 0 }, reads: { perAccount: 2 } },
  ));
  const [maya, jonas] = [await shop.person('staff'), await shop.person('staff')];
  const { id } = await shop.ticket(await shop.person('customer'));
  const release = await holdMessages(shop);
  const read = (who: Person) => who.call('GET', `/support/tickets/${id}/messages`);
  const mine = Array.from({ length: 6 }, () => read(maya));
  await inWork(shop, 2);
  const his = read(jonas);
  await inWork(shop, 3);
  await release();
  for (const { status } of await Promise.all([...mine, his])) expect(status).toBe(200);
});

test('an account with too much unread gets no more until it has read or gone, and another one is served', async () => {
  const reads = createReads({
    perAccount: 6,
    waitMs: 60_000,
    unsentPerAccount: 1_000_000,
    unsent: 40_000_000,
  });
  // More than two sockets keep between them.
  const long = Buffer.alloc(30_000_000, 'x');
  const server = createServer((request, response) => {
    const size = Number(new URL(request.url ?? '', 'http://x').searchParams.get('size'));
    reads
      .run(String(request.headers['x-account']), response, () =>
        Promise.resolve(long.subarray(0, size)),
      )
      .then(
        (bytes) => response.end(bytes),
        (error: unknown) => {
          response.writeHead(error instanceof Problem ? error.status : 500).end();
        },
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (account: string, size: number) =>
    (await fetch(`${base}/?size=${size}`, { headers: { 'x-account': account } })).status;
  const slow = await openSocket(
    base,
    'GET /?size=30000000 HTTP/1.1\r\nHost: x\r\nX-Account: maya\r\n\r\n',
  );
  await slow.until('HTTP/1.1 200');
  slow.socket.pause();
  expect(await ask('maya', 1_000)).toBe(429);
  expect(await ask('jonas', 1_000)).toBe(200);
  // In all, too.
  expect(await ask('jonas', 20_000_000)).toBe(503);
  slow.socket.destroy();
  await expect.poll(() => ask('maya', 1_000), patient).toBe(200);
  expect(await ask('jonas', 20_000_000)).toBe(200);
  server.close();
  server.closeAllConnections();
});

test('a gate lets in by the order of arrival, refuses beyond its queue at once, and forgets who gave up', async () => {
  const gate = createGate(1, 60_000, { queue: 1 });
  let release = (): void => undefined;
  const first = gate.through(
    () =>
      new Promise<string>((done) => {
        release = () => {
          done('first');
        };
      }),
  );
  const second = gate.through(() => Promise.resolve('second'));
  await expect(gate.through(() => Promise.resolve('third'))).rejects.toThrow('busy');
  release();
  expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  await expect(gate.through(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await gate.through(() => Promise.resolve('after'))).toBe('after');
});
