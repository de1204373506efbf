import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApi } from '../../../src/server/app.ts';
import { row, transaction } from '../../../src/server/db/pool.ts';
import { startEmbeddedPostgres } from '../../../src/server/postgres/embedded.ts';
import { addUser } from '../../../src/server/areas/people/users.ts';
import {
  caller,
  startApi,
  testPassword,
  type Answer,
  type Person,
  type TestApi,
} from '../../helpers/api.ts';
import { openStream } from '../../helpers/event-stream.ts';

const later = (answer: Answer): void => {
  expect(answer).toMatchObject({
    status: 503,
    body: { detail: 'The service is temporarily unavailable' },
  });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
};

describe('with tight bounds', () => {
  let api: TestApi;
  let maya: Person;
  let ticket: string;
  let other: pg.Client;
  beforeAll(async () => {
    api = await startApi(
      {},
      { database: { max: 3, waitMs: 400, statementMs: 400, idleInTransactionMs: 300 } },
    );
    maya = await api.person('admin');
    ticket = (await api.ticket(await api.person('customer'))).id;
    other = new pg.Client({ connectionString: api.databaseUrl });
    await other.connect();
  });
  afterAll(async () => {
    await other.end();
    await api.close();
  });

  const reply = (key: string) =>
    maya.call(
      'POST',
      `/support/tickets/${ticket}/messages`,
      { message: 'Thank you for waiting' },
      { 'idempotency-key': key },
    );

  test('a statement that takes too long is 503 with Retry-After, and the same request works once the way is free', async () => {
    await other.query('begin');
    await other.query('select 1 from support_tickets where id = $1 for update', [ticket]);
    later(await reply('slow'));
    await other.query('rollback');
    expect((await reply('slow')).status).toBe(200);
    expect(
      await row(
        api.pool,
        "select count(*)::int as n from support_messages where client_id = 'slow'",
      ),
    ).toEqual({ n: 1 });
  });

  test('PostgreSQL ends a transaction that does nothing; its locks are gone, its caller learns why, the process lives on', async () => {
    const idle = transaction(api.pool, async (tx) => {
      await tx.query('select 1 from support_tickets where id = $1 for update', [ticket]);
      // Not once(), which also listens for the error: nobody but transaction() may have to.
      await new Promise<void>((done) => {
        tx.on('end', done);
      });
      await tx.query("update support_tickets set subject = 'Never written' where id = $1", [
        ticket,
      ]);
    });
    await expect(idle).rejects.toMatchObject({ code: '25P03' });
    expect((await reply('after-idle')).status).toBe(200);
    expect((await maya.call('GET', `/support/tickets/${ticket}`)).body.ticket.subject).not.toBe(
      'Never written',
    );
  });

  test('without a free connection every request is 503, and /healthz still answers', async () => {
    const held = await Promise.all([api.pool.connect(), api.pool.connect(), api.pool.connect()]);
    // Each waits for a bounded time, or this would not end: the connections are held until all have
    // their answer.
    for (const answer of await Promise.all(
      Array.from({ length: 30 }, () => maya.call('GET', '/support/tickets')),
    ))
      later(answer);
    expect((await fetch(`${api.server}/healthz`)).status).toBe(200);
    expect((await fetch(`${api.server}/readyz`)).status).toBe(503);
    for (const client of held) client.release();
    expect((await maya.call('GET', '/support/tickets')).status).toBe(200);
    expect((await fetch(`${api.server}/readyz`)).status).toBe(200);
  });

  test('a connection that breaks within a transaction is 503 and is not used again', async () => {
    await other.query('begin');
    await other.query('select 1 from support_tickets where id = $1 for update', [ticket]);
    const cut = reply('cut');
    const waiting =
      "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while ((await other.query(waiting)).rowCount === 0)
      await new Promise((done) => {
        setImmediate(done);
      });
    await other.query(`select pg_terminate_backend(pid) from (${waiting}) w`);
    later(await cut);
    await other.query('rollback');
    expect((await reply('cut')).status).toBe(200);
  });
});

test('a database that is restarted is 503 for that time; then requests and open event streams work again', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'staffdesk-restart-'));
  let database = await startEmbeddedPostgres({ dir, throwaway: true });
  try {
    await database.createDatabase('support');
    const databaseUrl = database.url('support');
    const port = Number(new URL(databaseUrl).port);
    const api = await buildApi({ databaseUrl });
    const server = (await api.app.listen({ host: '127.0.0.1', port: 0 })).replace(/\/$/, '');
    await addUser(api.pool, {
      email: 'maya@example.test',
      name: 'Maya',
      role: 'admin',
      password: testPassword,
    });
    const { body } = await caller(server)('POST', '/auth/login', {
      email: 'maya@example.test',
      password: testPassword,
    });
    const maya = caller(server, body.access_token);
    const stream = await openStream(server, body.access_token);
    expect((await maya('GET', '/support/tickets')).status).toBe(200);

    await database.stop();
    later(await maya('GET', '/support/tickets'));
    later(
      await caller(server)('POST', '/auth/login', {
        email: 'maya@example.test',
        password: testPassword,
      }),
    );
    expect((await fetch(`${server}/readyz`)).status).toBe(503);
    expect((await fetch(`${server}/healthz`)).status).toBe(200);

    database = await startEmbeddedPostgres({ dir, throwaway: true, port });
    expect((await maya('GET', '/support/tickets')).status).toBe(200);
    expect((await fetch(`${server}/readyz`)).status).toBe(200);
    // What was said meanwhile is unknown, so everyone is told to look again once the listener is
    // back.
    expect(await stream.nextOf('changed')).not.toBeNull();
    stream.close();
    await api.close();
  } finally {
    await database.remove();
  }
});
