import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Capabilities } from '../../../src/contract/wire/api.ts';
import { buildApi, type Api } from '../../../src/server/app.ts';
import { addUser } from '../../../src/server/areas/people/users.ts';
import { startApi, testPassword, type Person, type TestApi } from '../../helpers/api.ts';
import { freshDatabase } from '../../helpers/database.ts';

let api: TestApi;
let maya: Person;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('admin');
  await api.ticket(await api.person('customer'));
});
afterAll(async () => {
  await api.close();
});

interface Seen {
  id: string;
  history: string;
}
async function serverOf(app: Api['app']): Promise<Seen> {
  const { server } = Capabilities.parse((await app.inject('/api/v1/support/capabilities')).json());
  if (!server) throw new Error('the server does not say who it is');
  return server;
}
const endOfFeed = async (): Promise<string> =>
  (await maya.call('GET', '/support/sync?limit=1000')).body.next_cursor;
async function statusOf(app: Api['app'], cursor: string): Promise<number> {
  return (
    await app.inject({
      url: `/api/v1/support/sync?cursor=${encodeURIComponent(cursor)}`,
      headers: { authorization: `Bearer ${maya.token}` },
    })
  ).statusCode;
}

/** Statements outside the database of the API: a database is copied while nobody is in it. */
async function beside(statements: string[]): Promise<void> {
  const url = new URL(api.databaseUrl);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

test('a server says who it is: one id and one history from every process, and none of its secrets', async () => {
  const second = await buildApi({ databaseUrl: api.databaseUrl });
  try {
    const seen = await serverOf(api.app);
    expect(await serverOf(second.app)).toEqual(seen);
    const answer = (await api.app.inject('/api/v1/support/capabilities')).body;
    expect(JSON.parse(answer)).toMatchObject({
      kind: 'staffdesk',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    const { rows } = await api.pool.query<{ value: string }>(
      "select value from server_settings where name <> 'server_id'",
    );
    expect(rows).toHaveLength(2);
    for (const { value } of rows) expect(answer).not.toContain(value);
  } finally {
    await second.close();
  }
});

test('two installations have two ids', async () => {
  const other = await startApi();
  try {
    const [mine, theirs] = [await serverOf(api.app), await serverOf(other.app)];
    expect(theirs.id).not.toBe(mine.id);
    expect(theirs.history).not.toBe(mine.history);
  } finally {
    await other.close();
  }
});

const refill = 'insert into server_settings table dump; drop table dump';
const restores = {
  'into the tables that are there, made again as pg_restore --clean does': `create temporary table dump as table server_settings;
    drop table server_settings; create table server_settings (name text primary key, value text not null); ${refill}`,
  'of the rows alone, into the same table': `create temporary table dump as table server_settings; truncate server_settings; ${refill}`,
};

test.each(Object.entries(restores))(
  'a restore %s is another history of the same server, and ends every cursor',
  async (_, restore) => {
    const [before, cursor] = [await serverOf(api.app), await endOfFeed()];
    await api.pool.query(restore);
    // The process that was there all the time sees it, and so does one that starts after it.
    const started = await buildApi({ databaseUrl: api.databaseUrl });
    try {
      for (const { app } of [api, started]) {
        const after = await serverOf(app);
        expect(after.id).toBe(before.id);
        expect(after.history).not.toBe(before.history);
        expect(await statusOf(app, cursor)).toBe(410);
      }
    } finally {
      await started.close();
    }
  },
);

test('a restore of the whole database into the same cluster is another history of the same server', async () => {
  const database = await freshDatabase();
  const name = new URL(database.url).pathname.slice(1);
  const shop = await buildApi({ databaseUrl: database.url });
  await addUser(shop.pool, {
    email: 'maya@example.test',
    name: 'Maya Ruiz',
    role: 'admin',
    password: testPassword,
  });
  const signIn = await shop.app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    payload: { email: 'maya@example.test', password: testPassword },
  });
  const authorization = `Bearer ${signIn.json<{ access_token: string }>().access_token}`;
  const cursor = (
    await shop.app.inject({ url: '/api/v1/support/sync', headers: { authorization } })
  ).json<{ next_cursor: string }>().next_cursor;
  const before = await serverOf(shop.app);
  await shop.close();
  // PostgreSQL's own copy of a database has all that a dump has: rows, tables and their oids. The
  // database's oid is new.
  await beside([
    `create database ${name}_dump template ${name}`,
    `drop database ${name} with (force)`,
    `alter database ${name}_dump rename to ${name}`,
  ]);
  const again = await buildApi({ databaseUrl: database.url });
  try {
    const after = await serverOf(again.app);
    expect(after.id).toBe(before.id);
    expect(after.history).not.toBe(before.history);
    expect(
      (
        await again.app.inject({
          url: `/api/v1/support/sync?cursor=${encodeURIComponent(cursor)}`,
          headers: { authorization },
        })
      ).statusCode,
    ).toBe(410);
  } finally {
    await again.close();
    await database.drop();
  }
});

test('upkeep of the database is no restore', async () => {
  const [before, cursor] = [await serverOf(api.app), await endOfFeed()];
  for (const upkeep of [
    'vacuum full server_settings',
    'vacuum freeze server_settings',
    'cluster server_settings using server_settings_pkey',
    'reindex table server_settings',
    'analyze',
    'vacuum (full, freeze)',
  ]) {
    await api.pool.query(upkeep);
    expect(await serverOf(api.app), upkeep).toEqual(before);
    expect(await statusOf(api.app, cursor), upkeep).toBe(200);
  }
});
