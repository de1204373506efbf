import { spawn } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importFrom } from '../../../src/server/import/index.ts';
import { importLines } from '../../../src/server/import/report.ts';
import { createMemorySecrets } from '../../../src/main/desk/areas/session/secrets.ts';
import { caller, startApi, testPassword, type TestApi } from '../../helpers/api.ts';
import { openTestDesk, tempDir } from '../../helpers/desk.ts';
import { originDatabase, type OriginDatabase } from '../../helpers/origin-database.ts';

const id = (n: number): string => `1a2b0000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [maya, dana, omar] = [id(1), id(2), id(3)];
/** Of 'Passwört 1!', by the library of Python that the existing service uses. */
const hash = '$2b$04$530d1XXpj0XtwYeeYVIOeO8BqyILInHeNiysGdAGpcBA2duIPXR2C';
const password = 'Passwört 1!';

let api: TestApi;
let origin: OriginDatabase;
beforeEach(async () => {
  [api, origin] = await Promise.all([startApi(), originDatabase()]);
  await origin.run(
    `insert into users (id, email, username, hashed_password, full_name, is_superuser) values
    ($1, 'Maya@Example.test', 'maya', $4, 'Maya Ruiz', true), ($2, 'dana@example.test', 'dana', $4, 'Dana Okafor', false), ($3, 'omar@example.test', 'omar', $4, null, false)`,
    [maya, dana, omar, hash],
  );
  await origin.run(
    "insert into faq_items (id, category, question, answer, display_order, is_published) values ($1, 'account', 'How?', 'So.', 2, true), ($2, 'account', 'Draft?', 'No.', 3, false)",
    [id(11), id(12)],
  );
});
afterEach(async () => {
  await api.close();
  await origin.drop();
});

const run = () => importFrom(api.pool, origin.readerUrl);
const one = async (sql: string, ...values: unknown[]) =>
  (await api.pool.query(sql, values)).rows[0];
const addTicket = (n: number, status = 'open') =>
  origin.run(
    "insert into support_tickets (id, user_id, subject, category, status, created_at, updated_at, last_message_at) values ($1, $2, $3, 'funding', $4, '2025-11-10T09:12:33.123456', '2025-11-10T09:12:33.123456', '2025-11-10T09:12:33.2')",
    [id(n), dana, `Ticket ${n}`, status],
  );
const addMessage = (
  n: number,
  ticket: number,
  text: string,
  by: { user?: string; staff?: string; internal?: boolean } = { user: dana },
) =>
  origin.run(
    'insert into support_messages (id, ticket_id, user_id, staff_id, message, is_internal, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [
      id(n),
      id(ticket),
      by.user ?? null,
      by.staff ?? null,
      text,
      by.internal ?? false,
      `2025-11-10T10:00:00.${String(n).padStart(6, '0')}`,
    ],
  );
const signIn = async (email: string, secret = password) =>
  api.call('POST', '/auth/login', { email, password: secret });
const threadOf = async (ticket: number) => {
  const { body } = await signIn('maya@example.test');
  return (await caller(api.server, body.access_token)('GET', `/support/tickets/${id(ticket)}`))
    .body;
};

test('1,000 tickets imported twice are 1,000 tickets, with the same ids, and the source is only read', async () => {
  await origin.run(
    "insert into support_tickets (user_id, subject, category) select $1, 'Ticket number ' || n, 'other' from generate_series(1, 1000) n",
    [dana],
  );
  await origin.run(
    "insert into support_messages (ticket_id, user_id, message) select t.id, t.user_id, 'Message ' || n || ' of ' || t.subject from support_tickets t, generate_series(1, 3) n",
  );
  const before = await origin.contents();
  const first = await run();
  expect(first).toMatchObject({
    users: { found: 3, added: 3 },
    tickets: { found: 1_000, added: 1_000 },
    messages: { found: 3_000, added: 3_000 },
    faq: { found: 1, added: 1 },
    unknownPasswords: 0,
  });
  const again = await run();
  expect(again).toMatchObject({
    users: { added: 0, updated: 0 },
    tickets: { found: 1_000, added: 0, updated: 0, kept: 0 },
    messages: { added: 0, updated: 0 },
    faq: { added: 0, updated: 0 },
  });
  expect(importLines(again)[1]).toBe('Tickets: 1000 found, 0 added, 0 updated, 1000 already here');
  expect(
    await one(
      'select (select count(*)::int from support_tickets) as tickets, (select count(*)::int from support_messages) as messages, (select count(*)::int from users) as users, (select count(*)::int from support_faq) as faq',
    ),
  ).toEqual({ tickets: 1_000, messages: 3_000, users: 3, faq: 1 });
  expect((await api.pool.query('select id from support_tickets order by id')).rows).toEqual(
    await origin.run('select id from support_tickets order by id'),
  );
  expect(
    await one(
      'select count(*)::int as n from support_tickets where public_messages = 3 and last_preview is not null and not last_is_staff and last_message_at is not null',
    ),
  ).toEqual({ n: 1_000 });
  expect(await origin.contents()).toBe(before);
});

test('people sign in with their old passwords, which are kept our way from then on, and a desk syncs what they have', async () => {
  await addTicket(100);
  await addMessage(200, 100, 'Where is my money?');
  await run();
  expect((await signIn('dana@example.test', 'wrong one')).status).toBe(401);
  expect((await one('select hashed_password as h from users where id = $1', dana)).h).toBe(hash);
  expect((await signIn('dana@example.test')).status).toBe(200);
  expect((await one('select hashed_password as h from users where id = $1', dana)).h).toMatch(
    /^scrypt\$/,
  );
  expect((await signIn('dana@example.test')).status).toBe(200);
  expect((await signIn('dana@example.test', 'wrong one')).status).toBe(401);

  const home = tempDir();
  const desk = openTestDesk(home.dir, api.server, createMemorySecrets());
  await desk.call('session.signIn', { email: 'maya@example.test', password });
  await desk.until(async () => (await desk.call('sync.get', {})).phase === 'live');
  const { rows } = await desk.call('tickets.list', { view: 'all', after: null, limit: 10 });
  expect(rows).toMatchObject([
    { id: id(100), requester: 'Dana Okafor', preview: 'Where is my money?' },
  ]);
  await desk.desk.close();
  home.remove();
});

test('times are UTC to the microsecond, staff are staff however they were written, notes stay notes, and a customer never sees one', async () => {
  await addTicket(100, 'closed');
  const gone = id(99);
  await addMessage(201, 100, 'Mine', { user: dana });
  await addMessage(202, 100, 'By the API', { user: maya });
  await addMessage(203, 100, 'By SQL', { staff: maya });
  await addMessage(204, 100, 'By someone without an account', { staff: gone });
  await addMessage(205, 100, 'Between us', { user: maya, internal: true });
  await addMessage(206, 100, 'By nobody', {});
  await run();
  const { ticket, messages } = await threadOf(100);
  expect(ticket).toMatchObject({
    created_at: '2025-11-10T09:12:33.123456Z',
    status: 'closed',
    resolved_at: '2025-11-10T09:12:33.123456Z',
    message_count: 6,
    last_message: { preview: 'By nobody', is_staff: true },
  });
  expect(
    messages.map(
      (m: { message: string; is_staff: boolean; is_internal: boolean; author_name: string }) => [
        m.message,
        m.is_staff,
        m.is_internal,
        m.author_name,
      ],
    ),
  ).toEqual([
    ['Mine', false, false, 'Dana Okafor'],
    ['By the API', true, false, 'Maya Ruiz'],
    ['By SQL', true, false, 'Maya Ruiz'],
    ['By someone without an account', true, false, 'Support Team'],
    ['Between us', true, true, 'Maya Ruiz'],
    ['By nobody', true, false, 'Support Team'],
  ]);
  expect(messages[0].created_at).toBe('2025-11-10T10:00:00.000201Z');
  const customer = await signIn('dana@example.test');
  const seen = await caller(api.server, customer.body.access_token)(
    'GET',
    `/support/tickets/${id(100)}`,
  );
  expect(JSON.stringify(seen.body)).not.toContain('Between us');
});

describe('run again it takes over what changed there', () => {
  beforeEach(async () => {
    await addTicket(100);
    await addTicket(101);
    await addMessage(200, 100, 'First');
    await addMessage(201, 101, 'Other');
    await run();
  });

  test('new messages, a changed ticket, a changed name and password', async () => {
    const other = '$2b$04$abcdefghijklmnopqrstuu8.R8G1FF0dQQes3C/Qtadu0BQh0Ysm2';
    await addMessage(300, 100, 'Second');
    await origin.run(
      "update support_tickets set status = 'closed', resolved_at = now() where id = $1",
      [id(101)],
    );
    await origin.run("update users set full_name = 'Dana O.', hashed_password = $2 where id = $1", [
      dana,
      other,
    ]);
    expect(await run()).toMatchObject({
      users: { updated: 1, kept: 0 },
      tickets: { updated: 1, kept: 0 },
      messages: { added: 1 },
    });
    expect(
      await one(
        'select public_messages, last_preview, status from support_tickets where id = $1',
        id(100),
      ),
    ).toEqual({ public_messages: 2, last_preview: 'Second', status: 'open' });
    expect((await one('select status from support_tickets where id = $1', id(101))).status).toBe(
      'closed',
    );
    expect(await one('select full_name, hashed_password from users where id = $1', dana)).toEqual({
      full_name: 'Dana O.',
      hashed_password: other,
    });
    // What was taken over is known: a third run has nothing to do, a fourth takes the next change.
    expect(await run()).toMatchObject({
      users: { updated: 0 },
      tickets: { updated: 0 },
      messages: { added: 0 },
    });
    await origin.run("update support_tickets set priority = 'high' where id = $1", [id(100)]);
    expect(await run()).toMatchObject({ tickets: { updated: 1, kept: 0 } });
    expect(
      (await one('select priority from support_tickets where id = $1', id(100))).priority,
    ).toBe('high');
  });

  test('never over what was changed or deleted here since, and a new word of a customer is not buried by a close here', async () => {
    const { body } = await signIn('maya@example.test');
    const agent = caller(api.server, body.access_token);
    await agent('POST', `/support/tickets/${id(100)}/close`);
    await api.pool.query('delete from support_tickets where id = $1', [id(101)]);
    await api.pool.query("update users set full_name = 'Dana of here' where id = $1", [dana]);
    await signIn('dana@example.test');
    const upgraded = (await one('select hashed_password as h from users where id = $1', dana)).h;
    await origin.run("update support_tickets set priority = 'urgent'");
    await origin.run(
      "update users set full_name = 'Dana of there', hashed_password = $2 where id = $1",
      [dana, hash.replace('2b', '2a')],
    );
    expect(await run()).toMatchObject({
      users: { updated: 0, kept: 1 },
      tickets: { added: 0, updated: 0, kept: 1 },
      messages: { added: 0 },
    });
    expect(
      await one('select status, priority from support_tickets where id = $1', id(100)),
    ).toEqual({ status: 'closed', priority: 'medium' });
    expect(await one('select count(*)::int as n from support_tickets')).toEqual({ n: 1 });
    expect(
      await one('select full_name as name, hashed_password as h from users where id = $1', dana),
    ).toEqual({ name: 'Dana of here', h: upgraded });

    await addMessage(300, 100, 'Wait!');
    expect(await run()).toMatchObject({ messages: { added: 1 } });
    expect(
      await one('select status, last_preview from support_tickets where id = $1', id(100)),
    ).toEqual({ status: 'waiting', last_preview: 'Wait!' });
  });
});

describe('says what is wrong, and takes over nothing', () => {
  const nothingCame = async () => {
    expect(await one('select count(*)::int as n from support_tickets')).toEqual({ n: 0 });
  };

  test('an account here has the address of one there', async () => {
    await addTicket(100);
    await api.person('customer');
    await api.pool.query("update users set email = 'dana@example.test' where id <> $1", [dana]);
    await expect(run()).rejects.toThrow(
      /the same address: dana@example\.test\. Change the address/,
    );
    await nothingCame();
  });

  test('a text that is longer than can be kept', async () => {
    await addTicket(100);
    await addMessage(200, 100, 'x'.repeat(100_001));
    await expect(run()).rejects.toThrow(/Message .* is longer than the 100000 characters/);
    await nothingCame();
  });

  test('no such database, no such server, not its schema, and one of ours', async () => {
    await expect(importFrom(api.pool, `${origin.url}_gone`)).rejects.toThrow(/does not exist/);
    await expect(importFrom(api.pool, 'postgres://127.0.0.1:1/none')).rejects.toThrow(
      /cannot be reached/,
    );
    await expect(
      importFrom(api.pool, origin.readerUrl.replace('reads%20only', 'wrong')),
    ).rejects.toThrow(/refused the user or password|does not exist/);
    await expect(importFrom(api.pool, api.databaseUrl)).rejects.toThrow(/one of Staffdesk already/);
    await origin.run('drop table faq_items');
    await run();
    await origin.run('alter table support_messages drop column staff_id');
    await expect(run()).rejects.toThrow(/it has no support_messages\.staff_id/);
  });
});

describe('the command', () => {
  const command = (...args: string[]) => {
    const child = spawn(process.execPath, ['src/server/listen.ts', 'import', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    return new Promise<{ code: number | null; said: string }>((done) => {
      child.on('close', (code) => {
        done({ code, said });
      });
    });
  };

  test('prints what it found, beside the running API, and says in one sentence why it cannot', async () => {
    await addTicket(100);
    await addMessage(200, 100, 'Hello there');
    const done = await command('--database-url', api.databaseUrl, '--from', origin.readerUrl);
    expect(done).toEqual({
      code: 0,
      said: 'Users: 3 found, 3 added, 0 updated, 0 already here\nTickets: 1 found, 1 added, 0 updated, 0 already here\nMessages: 1 found, 1 added, 0 updated, 0 already here\nFAQ: 1 found, 1 added, 0 updated, 0 already here\n',
    });
    const gone = await command(
      '--database-url',
      api.databaseUrl,
      '--from',
      'postgres://maya:secret@127.0.0.1:1/none',
    );
    expect(gone).toEqual({
      code: 1,
      said: 'Support API: The database of --from cannot be reached. Check that PostgreSQL runs there and the address is right.\n',
    });
    await api.pool.query('insert into schema_migrations (version) values (99999)');
    const newer = await command('--database-url', api.databaseUrl, '--from', origin.readerUrl);
    expect(newer).toMatchObject({
      code: 1,
      said: expect.stringMatching(
        /schema 99999, newer than this server's \d+\. Update the server\./,
      ),
    });
  });
});

test('nobody can sign in to the account of staff whom the source does not know', async () => {
  await addTicket(100);
  await addMessage(200, 100, 'By SQL', { staff: id(98) });
  await run();
  expect((await signIn(`support-${id(98)}@import.invalid`, testPassword)).status).toBe(401);
});
