import { expect, test } from 'vitest';
import { caller } from '../../helpers/api.ts';
import { openStream } from '../../helpers/event-stream.ts';
import { startApiProcesses } from '../../helpers/running-api.ts';

/** Secrets that a run sends in every place where a caller can put something. */
const secret = (where: string): string => `canary-${where}-5f2e`;
const idInPath = '11111111-2222-4333-8444-555555555555';

test('the log has a line for each request and nothing of what was said in it, on a 500 and on a bad token too', async () => {
  const api = await startApiProcesses(1, ['--log']);
  const [process] = api.processes;
  if (!process) throw new Error('no process');
  const email = `${secret('email')}@example.test`;
  const password = secret('password');
  const dana = await api.person('customer', email, password);
  const maya = await api.person('admin');
  const anyone = caller(process.server);
  let sent = 2;
  const call = async (
    run: ReturnType<typeof caller>,
    ...args: Parameters<ReturnType<typeof caller>>
  ) => {
    sent += 1;
    return run(...args);
  };

  const { body: ticket } = await call(
    dana.at(0),
    'POST',
    '/support/tickets',
    { subject: secret('subject'), category: 'other', message: `${secret('message')} of a ticket` },
    { 'idempotency-key': secret('key') },
  );
  const path = `/support/tickets/${ticket.id}`;
  await call(maya.at(0), 'POST', `${path}/notes`, { message: secret('note') });
  await call(maya.at(0), 'PATCH', path, { tags: { add: [secret('tag')] } });
  await call(maya.at(0), 'PUT', `${path}/presence`, { state: 'viewing' });
  await call(anyone, 'POST', '/auth/login', { email, password: secret('wrong') });
  await call(anyone, 'POST', '/auth/login', {
    email: `${secret('unknown')}@example.test`,
    password: secret('wrong'),
  });
  await call(anyone, 'POST', '/auth/login', `{"email":"${secret('broken')}"`);
  await call(anyone, 'POST', '/auth/login', {
    email: secret('field'),
    password: 'x',
    [secret('name')]: 1,
  });
  const { body: pair } = await call(anyone, 'POST', '/auth/refresh', {
    refresh_token: dana.refreshToken,
  });
  await call(anyone, 'POST', '/auth/refresh', { refresh_token: secret('refresh') });
  await call(maya.at(0), 'GET', `/support/sync?cursor=${secret('cursor')}`);
  await call(anyone, 'GET', `/support/faq/search?q=${secret('search')}`);
  await call(anyone, 'GET', `/${secret('path')}/nowhere?x=${secret('query')}`);
  await call(anyone, 'GET', '/auth/me', undefined, {
    authorization: `Bearer ${secret('token')}`,
    'x-request-id': secret('request'),
    'x-forwarded-for': '203.0.113.9',
    'user-agent': secret('agent'),
  });
  await call(maya.at(0), 'GET', `/support/tickets/${idInPath}`);

  // What PostgreSQL says of an error quotes what it was given: here on purpose.
  await api.pool.query(`
    create function quote() returns trigger language plpgsql as $$ begin raise exception 'cannot store %', new.message using detail = new.message, hint = new.message; end $$;
    create trigger quote before insert on support_messages for each row execute function quote()`);
  const failed = await call(maya.at(0), 'POST', `${path}/messages`, { message: secret('failed') });
  await api.pool.query('alter table support_faq rename to support_faq_gone');
  const broken = await call(anyone, 'GET', `/support/faq/search?q=${secret('failing')}`);
  expect([failed, broken].map(({ status, body }) => ({ status, body }))).toEqual(
    [failed, broken].map(() => ({ status: 500, body: { detail: 'Internal server error' } })),
  );
  const stream = await openStream(process.server, maya.token);
  sent += 1;
  expect(await process.stop()).toBe(0);
  stream.close();

  const output = await process.output();
  expect(output).not.toContain('canary');
  const secrets = [
    dana.token,
    dana.refreshToken,
    maya.token,
    maya.refreshToken,
    pair.access_token,
    pair.refresh_token,
    email,
    maya.email,
    ticket.id,
    idInPath,
    '203.0.113.9',
    '127.0.0.1"',
    new URL(api.databaseUrl).password,
  ];
  for (const one of secrets) expect(output).not.toContain(one);

  const lines = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  const requests = lines.filter(({ msg }) => msg === 'request');
  expect(requests).toHaveLength(sent);
  for (const line of requests) {
    expect(Object.keys(line).toSorted()).toEqual([
      'actor_id',
      'level',
      'method',
      'ms',
      'msg',
      'pid',
      'request_id',
      'route',
      'status',
      'time',
    ]);
    expect(line).toMatchObject({
      method: expect.stringMatching(/^[A-Z]+$/),
      ms: expect.any(Number),
      request_id: expect.stringMatching(/^[\w-]{36}$/),
    });
  }
  expect(requests.find(({ route }) => route === '/api/v1/support/tickets/:id/notes')).toMatchObject(
    { method: 'POST', status: 200, actor_id: maya.id },
  );
  expect(requests.filter(({ status }) => status === 500)).toHaveLength(2);
  expect(requests.filter(({ route }) => route === null)).toHaveLength(1);
  // A failure can be found by its request and by what PostgreSQL calls it.
  const failure = lines.find(({ msg, err }) => msg === 'request failed' && err.code === 'P0001');
  expect(requests.find(({ request_id }) => request_id === failure.request_id)).toMatchObject({
    status: 500,
  });
  expect(failed.headers.get('x-request-id')).toBe(failure.request_id);
  expect(failure.err.stack).toContain('messages.ts');
  await api.close();
});

test('without --log nothing is said of requests; with --log-addresses the address of the caller is in the line', async () => {
  const quiet = await startApiProcesses(1);
  await quiet.person('admin');
  await quiet.processes[0]?.stop();
  // The database of the tests is one whose user owns everything, and that is said.
  const said = ((await quiet.processes[0]?.output()) ?? '')
    .split('\n')
    .filter((line) => !line.includes('could switch the audit log off'));
  expect(said).toEqual([`Support API ready: ${quiet.processes[0]?.readyAt}`, '']);
  await quiet.close();

  const told = await startApiProcesses(1, ['--log-addresses', '--trust-proxy', 'loopback']);
  await caller(told.processes[0]?.server ?? '')('GET', '/support/capabilities', undefined, {
    'x-forwarded-for': '198.51.100.1, 203.0.113.9',
  });
  await told.processes[0]?.stop();
  expect(await told.processes[0]?.output()).toContain('"address":"203.0.113.9"');
  await told.close();
});
