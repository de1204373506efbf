import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiBase } from '../../../src/contract/wire/api.ts';
import { buildApi } from '../../../src/server/app.ts';
import { createPool } from '../../../src/server/db/pool.ts';
import { warnings, withoutSecrets } from '../../../src/server/http/exposure.ts';
import { readOptions } from '../../../src/server/options.ts';
import { startApi, testPassword, type TestApi } from '../../helpers/api.ts';

let owner: TestApi;
const role = `app_${randomBytes(6).toString('hex')}`;
beforeAll(async () => {
  owner = await startApi();
  const grants = readFileSync(
    join(import.meta.dirname, '../../../src/server/db/app-role.sql'),
    'utf8',
  );
  await owner.pool.query(
    `create role ${role} login password 'only-for-this-test'; ${grants.replaceAll(':"role"', role)}`,
  );
});
afterAll(async () => {
  await owner.pool.query(`drop owned by ${role}; drop role ${role}`);
  await owner.close();
});

/** The same database as the role that app-role.sql is for. */
function asRole(): string {
  const url = new URL(owner.databaseUrl);
  [url.username, url.password] = [role, 'only-for-this-test'];
  return url.href;
}

test('the API runs as a database user who cannot touch the audit log, and says of one who can that it could', async () => {
  const dana = await owner.person('customer');
  const api = await buildApi({ databaseUrl: asRole(), checkAnswers: true });
  const call = async (method: 'GET' | 'POST', url: string, payload?: object, token?: string) =>
    await api.app.inject({
      method,
      url: apiBase + url,
      ...(payload ? { payload } : {}),
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  const signedIn = await call('POST', '/auth/login', { email: dana.email, password: testPassword });
  const token = signedIn.json<{ access_token: string }>().access_token;
  const made = await call(
    'POST',
    '/support/tickets',
    { subject: 'As another role', category: 'other', message: 'long enough message' },
    token,
  );
  expect(made.statusCode).toBe(200);
  const { id } = made.json<{ id: string }>();
  expect(
    (await call('POST', `/support/tickets/${id}/messages`, { message: 'hello there' }, token))
      .statusCode,
  ).toBe(200);
  expect((await call('POST', `/support/tickets/${id}/close`, {}, token)).statusCode).toBe(200);
  expect((await call('GET', '/support/sync', undefined, token)).statusCode).toBe(200);
  expect(
    (
      await call('POST', '/auth/register', {
        email: 'new@example.test',
        full_name: 'Lena Brandt',
        password: testPassword,
      })
    ).statusCode,
  ).toBe(200);
  const entries = await owner.pool.query(
    'select action from audit_log where ticket_id = $1 order by id',
    [id],
  );
  expect(entries.rows).toEqual([
    { action: 'createTicket' },
    { action: 'postMessage' },
    { action: 'closeTicket' },
  ]);

  const attempts = [
    'alter table audit_log disable trigger all',
    'drop trigger append_only on audit_log',
    'update audit_log set actor_id = null',
    'delete from audit_log',
    'truncate audit_log',
    'drop table audit_log',
    'set session_replication_role = replica',
    'insert into schema_migrations (version) values (9999)',
    `alter role ${role} superuser`,
  ];
  for (const sql of attempts)
    await expect(api.pool.query(sql), sql).rejects.toThrow(
      /permission denied|must be owner|append-only/,
    );
  const serving = { host: '127.0.0.1', trustProxy: null, ownDatabase: true };
  expect(await warnings(api.pool, serving)).toEqual([]);
  expect(await warnings(owner.pool, serving)).toEqual([
    expect.stringContaining('could switch the audit log off'),
  ]);
  expect(await warnings(owner.pool, { ...serving, ownDatabase: false })).toEqual([]);
  await api.close();
});

test('a role that may not change the schema is refused by a database that needs a migration, and nothing is half done', async () => {
  const pool = createPool(asRole(), 1);
  await owner.pool.query(
    'create table kept as select * from schema_migrations; delete from schema_migrations where version = (select max(version) from schema_migrations)',
  );
  await expect(buildApi({ databaseUrl: asRole() })).rejects.toThrow(
    /permission denied|already exists/,
  );
  await owner.pool.query(
    'insert into schema_migrations select * from kept on conflict do nothing; drop table kept',
  );
  await (await buildApi({ databaseUrl: asRole() })).close();
  await pool.end();
});

test.each([
  ['0.0.0.0', true],
  ['::', true],
  ['192.168.1.5', true],
  ['support.example.test', true],
  ['127.0.0.1', false],
  ['127.9.9.9', false],
  ['::1', false],
  ['localhost', false],
])('http on %s is said to be open: %s', async (host, isOpen) => {
  const said = await warnings(owner.pool, { host, trustProxy: null, ownDatabase: false });
  expect(said.length).toBe(isOpen ? 1 : 0);
  expect(await warnings(owner.pool, { host, trustProxy: '10.0.0.7', ownDatabase: false })).toEqual(
    [],
  );
});

test('the address of the database also comes from the environment, which the argument goes before, and no sentence shows its password', async () => {
  const databaseUrl = (argv: string[], env: NodeJS.ProcessEnv) =>
    (readOptions(argv, env) as { databaseUrl: string | null }).databaseUrl;
  expect(databaseUrl([], { STAFFDESK_DATABASE_URL: 'postgres://a:b@h/d' })).toBe(
    'postgres://a:b@h/d',
  );
  expect(
    databaseUrl(['--database-url', 'postgres://x/y'], {
      STAFFDESK_DATABASE_URL: 'postgres://a:b@h/d',
    }),
  ).toBe('postgres://x/y');
  expect(
    databaseUrl(['user', 'add', '--email', 'a@b.test'], {
      STAFFDESK_DATABASE_URL: 'postgres://a:b@h/d',
    }),
  ).toBe('postgres://a:b@h/d');
  expect(databaseUrl([], { STAFFDESK_DATABASE_URL: '' })).toBeNull();
  // A demo that is started in the same shell must not fill it.
  expect(
    databaseUrl(['--data', '/tmp/demo'], { STAFFDESK_DATABASE_URL: 'postgres://a:b@h/d' }),
  ).toBeNull();
  for (const text of [
    'Unknown command "postgres://me:se:cr/e@t@host/db".',
    'cannot reach postgres://me:se:cr/e@t@host:5432/db?password=se:cr/e',
    'postgresql://host/db?user=me&password=se:cr/e&x=1',
  ])
    expect(withoutSecrets(text)).not.toContain('cr/e');
  const unreachable = new pg.Client({ connectionString: 'postgres://me:secret@127.0.0.1:1/db' });
  await expect(unreachable.connect()).rejects.toThrow(/^(?!.*secret)/);
});
