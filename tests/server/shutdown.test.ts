import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { row } from '../../src/server/db/pool.ts';
import { startApi } from '../helpers/api.ts';
import { createFakeClock } from '../helpers/fake-clock.ts';
import { openStream } from '../helpers/event-stream.ts';
import { startApiProcesses, type ApiProcesses } from '../helpers/running-api.ts';

let api: ApiProcesses;
beforeAll(async () => {
  api = await startApiProcesses(1);
});
afterAll(async () => {
  await api?.close();
});

/**
 * A connection that has got one answer and has sent the next request but for its last line, so that
 * the server cannot call it idle.
 */
async function halfAsked(server: string, path: string): Promise<{ finish: () => Promise<string> }> {
  const { hostname, port } = new URL(server);
  const socket: Socket = connect(Number(port), hostname).setEncoding('utf8');
  let text = '';
  const until = (done: () => boolean): Promise<void> =>
    new Promise((yes, no) => {
      socket.on('data', (chunk: string) => {
        text += chunk;
        if (done()) yes();
      });
      socket.on('close', () => {
        yes();
      });
      socket.on('error', no);
    });
  const first = until(() => text.includes('"ok"'));
  // In one packet: once the first has its answer, the beginning of the second has arrived as well.
  socket.write(`GET /healthz HTTP/1.1\r\nhost: x\r\n\r\nGET ${path} HTTP/1.1\r\nhost: x\r\n`);
  await first;
  return {
    async finish() {
      text = '';
      const all = until(() => false);
      socket.write('\r\n');
      await all;
      return text;
    },
  };
}

async function isRefused(server: string): Promise<boolean> {
  const { hostname, port } = new URL(server);
  const socket = connect(Number(port), hostname);
  const refused = await new Promise<boolean>((done) => {
    socket.on('connect', () => {
      done(false);
    });
    socket.on('error', () => {
      done(true);
    });
  });
  socket.destroy();
  return refused;
}

test('SIGTERM: the request under way gets its answer, streams end, the port closes, /readyz is 503 and /healthz 200, exit code 0, nothing is left in PostgreSQL', async () => {
  const [process] = api.processes;
  if (!process) throw new Error('no process');
  const maya = await api.person('admin');
  const dana = await api.person('customer');
  const { body: ticket } = await dana.at(0)('POST', '/support/tickets', {
    subject: 'Closing time',
    category: 'other',
    message: 'One more before you close.',
  });
  const holder = await api.pool.connect();
  await holder.query('begin');
  await holder.query('select 1 from support_tickets where id = $1 for update', [ticket.id]);
  const slow = maya.at(0)(
    'POST',
    `/support/tickets/${ticket.id}/messages`,
    { message: 'We are still here' },
    { 'idempotency-key': 'slow' },
  );
  const waiting =
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  while ((await api.pool.query(waiting)).rowCount === 0);
  const stream = await openStream(process.server, maya.token);
  const [ready, healthy] = await Promise.all([
    halfAsked(process.server, '/readyz'),
    halfAsked(process.server, '/healthz'),
  ]);

  const exit = process.stop();
  while ((await stream.next()) !== null);
  while (!(await isRefused(process.server)));
  expect(await ready.finish()).toMatch(/^HTTP\/1\.1 503 .*\r\nconnection: close\r\n/is);
  expect(await healthy.finish()).toMatch(/^HTTP\/1\.1 200 /);

  await holder.query('commit');
  holder.release();
  expect(await slow).toMatchObject({ status: 200, body: { client_id: 'slow' } });
  expect(await exit).toBe(0);
  expect(
    await row(api.pool, "select count(*)::int as n from support_messages where client_id = 'slow'"),
  ).toEqual({ n: 1 });
  // A server process of PostgreSQL ends a moment after its connection.
  const left =
    "select 1 from pg_stat_activity where datname = current_database() and application_name in ('staffdesk-api', 'staffdesk-events')";
  while ((await api.pool.query(left)).rowCount !== 0);
});

test('a process that drains says so to the balancer before its port closes, and still answers', async () => {
  const clock = createFakeClock();
  const draining = await startApi({}, { clock, drainMs: 5_000 });
  const maya = await draining.person('admin');
  expect((await fetch(`${draining.server}/readyz`)).status).toBe(200);
  const closed = draining.close();
  expect((await fetch(`${draining.server}/readyz`)).status).toBe(503);
  expect((await fetch(`${draining.server}/healthz`)).status).toBe(200);
  const answer = await maya.call('GET', '/support/tickets');
  expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
  expect(
    (
      await fetch(`${draining.server}/api/v1/support/events`, {
        headers: { authorization: `Bearer ${maya.token}` },
      })
    ).status,
  ).toBe(200);
  clock.advance(5_000);
  await closed;
  expect(await isRefused(draining.server)).toBe(true);
});
