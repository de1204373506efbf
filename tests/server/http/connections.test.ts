import type { FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { buildApi } from '../../../src/server/app.ts';
import type { ConnectionBounds } from '../../../src/server/http/connections.ts';
import { startApi, type TestApi } from '../../helpers/api.ts';
import { openStream } from '../../helpers/event-stream.ts';
import { openSocket, sendRaw } from '../../helpers/raw-socket.ts';

let api: TestApi;
const start = async (
  connections: Partial<ConnectionBounds>,
  options: Parameters<typeof startApi>[1] = {},
) => {
  api = await startApi({}, { ...options, connections });
};
afterEach(async () => {
  await api.close();
});

const quick = { headersMs: 1_000, requestMs: 1_000, checkMs: 100 };
const close = 'Connection: close\r\n\r\n';

test('a connection that says nothing, sends half of its headers or half of its body is cut, in words', async () => {
  await start(quick);
  const halves = [
    '',
    'GET /healthz HT',
    'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ',
    'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"email":',
  ];
  const answers = await Promise.all(
    halves.map(async (half) => (await openSocket(api.server, half)).ended),
  );
  for (const [n, answer] of answers.entries()) {
    expect(answer, halves[n]).toContain(' 408 ');
    expect(answer).toContain('"detail":"The request took too long to arrive"');
  }
  // One that asks at once is served all the same.
  expect((await api.call('GET', '/support/capabilities')).status).toBe(200);
});

test('a header that trickles in byte by byte gains no time', async () => {
  await start(quick);
  const { socket, ended } = await openSocket(api.server, 'GET /healthz HTTP/1.1\r\n');
  const drip = setInterval(() => {
    socket.write('X: y\r\n');
  }, 20);
  expect(await ended).toContain(' 408 ');
  clearInterval(drip);
});

test('beyond the bound of all connections a new one is told so and closed, and has a place again when another one goes', async () => {
  await start({ max: 3 });
  const held = await Promise.all([1, 2, 3].map(() => openSocket(api.server)));
  const refused = await sendRaw(api.server, `GET /healthz HTTP/1.1\r\nHost: x\r\n${close}`);
  expect([
    refused.status,
    refused.headers.get('retry-after'),
    refused.headers.get('x-content-type-options'),
  ]).toEqual([503, '5', 'nosniff']);
  expect(JSON.parse(refused.body)).toEqual({ detail: 'The service is busy: too many connections' });
  held[0]?.socket.destroy();
  await expect
    .poll(
      async () =>
        (await sendRaw(api.server, `GET /healthz HTTP/1.1\r\nHost: x\r\n${close}`)).status,
      { timeout: 120_000 },
    )
    .toBe(200);
  for (const { socket } of held) socket.destroy();
});

test('one address gets its share of the connections, and a trusted proxy, which speaks for many, is not held to it', async () => {
  await start({ perAddress: 2 });
  const held = await Promise.all([1, 2].map(() => openSocket(api.server)));
  const refused = await sendRaw(api.server, `GET /healthz HTTP/1.1\r\nHost: x\r\n${close}`);
  expect([refused.status, JSON.parse(refused.body)]).toEqual([
    429,
    { detail: 'Too many connections from your address' },
  ]);
  for (const { socket } of held) socket.destroy();
  await api.close();
  await start({ perAddress: 2 }, { trustProxy: 'loopback' });
  const many = await Promise.all([1, 2, 3, 4].map(() => openSocket(api.server)));
  expect((await sendRaw(api.server, `GET /healthz HTTP/1.1\r\nHost: x\r\n${close}`)).status).toBe(
    200,
  );
  for (const { socket } of many) socket.destroy();
});

test('a refused connection is not read: nothing that it asks for is done', async () => {
  await start({ max: 1 });
  const held = await openSocket(api.server);
  const body = JSON.stringify({
    email: 'new@example.test',
    full_name: 'New Person',
    password: 'a long enough password',
  });
  const refused = await sendRaw(
    api.server,
    `POST /api/v1/auth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n${close}${body}`,
  );
  expect(refused.status).toBe(503);
  held.socket.destroy();
  expect((await api.pool.query('select 1 from users')).rowCount).toBe(0);
});

/**
 * A second server on the database of `api`, whose own bounds leave time for what the test needs
 * first.
 */
async function beside(
  connections: Partial<ConnectionBounds>,
): Promise<{ server: string; app: FastifyInstance; close: () => Promise<void> }> {
  const { app, close: end } = await buildApi({ databaseUrl: api.databaseUrl, connections });
  const server = await app.listen({ host: '127.0.0.1', port: 0 });
  return { server, app, close: end };
}

test('an answer that its reader does not take is cut', async () => {
  await start({});
  const [maya, dana] = [await api.person('staff'), await api.person('customer')];
  const { id } = await api.ticket(dana);
  // Longer than what the two sockets keep between them.
  await api.pool.query(
    'insert into support_messages (ticket_id, user_id, message) select $1, $2, repeat(md5(n::text), 3000) from generate_series(1, 300) n',
    [id, dana.id],
  );
  const tight = await beside({ silenceMs: 500 });
  const gone = new Promise<void>((done) => {
    tight.app.server.once('connection', (socket) => {
      socket.once('close', () => {
        done();
      });
    });
  });
  const never = await openSocket(
    tight.server,
    `GET /api/v1/support/tickets/${id} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${maya.token}\r\n\r\n`,
  );
  never.socket.pause();
  await gone;
  never.socket.resume();
  expect((await never.ended).length).toBeLessThan(28_000_000);
  await tight.close();
});

test('no answer takes longer than its bound, and an event stream is no answer', async () => {
  await start({});
  const [maya, dana] = [await api.person('staff'), await api.person('customer')];
  const tight = await beside({ answerMs: 300 });
  const stream = await openStream(tight.server, maya.token);
  // Held back by a lock, as a slow statement would be.
  const writer = await api.pool.connect();
  await writer.query('begin; lock table support_faq in access exclusive mode');
  await expect(fetch(`${tight.server}/api/v1/support/faq`)).rejects.toThrow('fetch failed');
  await writer.query('rollback');
  writer.release();
  await api.ticket(dana);
  expect(await stream.nextOf('changed')).not.toBeNull();
  stream.close();
  await tight.close();
});
