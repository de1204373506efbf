import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes, type RouteName } from '../../../src/contract/wire/api.ts';
import { row } from '../../../src/server/db/pool.ts';
import { startApi, type Answer, type Person, type TestApi } from '../../helpers/api.ts';
import { routeNames } from '../../helpers/routes.ts';
import { watchRows } from '../../helpers/row-changes.ts';

let api: TestApi;
let maya: Person;
let dana: Person;
let ticketId: string;
let changes: Awaited<ReturnType<typeof watchRows>>;
beforeAll(async () => {
  api = await startApi({ perAddress: 1e9 });
  maya = await api.person('admin');
  dana = await api.person('customer');
  ticketId = (await api.ticket(dana)).id;
  changes = await watchRows(api.pool);
  // The first use of a sign-in is written down.
  await maya.call('GET', '/auth/me');
});
afterAll(async () => {
  await api.close();
});

const keyed = (key: string) => ({ 'idempotency-key': key });
const reply = (key: string, message = 'Thank you, we are on it.') =>
  maya.call('POST', `/support/tickets/${ticketId}/messages`, { message }, keyed(key));
const number = async (sql: string, values: unknown[]): Promise<number> =>
  Number((await row<{ n: string }>(api.pool, sql, values))?.n);
const count = (text: string) =>
  number('select count(*) as n from support_messages where message = $1', [text]);
const stored = (key: string) =>
  number('select count(*) as n from idempotency_keys where key = $1', [key]);

/**
 * A write ready to be tried any number of times; `other` is the same call with another payload,
 * where it has one.
 */
interface Write {
  send: (key: string) => Promise<Answer>;
  other?: (key: string) => Promise<Answer>;
}

const newTicket = (message: string) => ({
  subject: 'Opened only once',
  category: 'other',
  message,
});
const macro = (name: string) => ({ name, text: 'Hello {{requester.first_name}}', actions: {} });
const fresh = async () => (await api.ticket(dana, 'Written to in parallel')).id;
const freshMacro = async (name: string): Promise<string> =>
  (await maya.call('POST', '/support/macros', macro(name))).body.id;
const sender =
  (person: () => Person, name: RouteName, path: string, body?: unknown) => (key: string) =>
    person().call(routes[name].method, path, body, keyed(key));
const [asMaya, asDana] = [() => maya, () => dana];

/** One row for each call of the contract that takes a key. */
const writes: Partial<Record<RouteName, () => Promise<Write>>> = {
  createTicket: () =>
    Promise.resolve({
      send: sender(asDana, 'createTicket', '/support/tickets', newTicket('the first message')),
      other: sender(asDana, 'createTicket', '/support/tickets', newTicket('another message')),
    }),
  async postMessage() {
    const path = `/support/tickets/${await fresh()}/messages`;
    return {
      send: sender(asMaya, 'postMessage', path, { message: 'this' }),
      other: sender(asMaya, 'postMessage', path, { message: 'that' }),
    };
  },
  async postNote() {
    const path = `/support/tickets/${await fresh()}/notes`;
    return {
      send: sender(asMaya, 'postNote', path, { message: 'this' }),
      other: sender(asMaya, 'postNote', path, { message: 'that' }),
    };
  },
  async patchTicket() {
    const path = `/support/tickets/${await fresh()}`;
    return {
      send: sender(asMaya, 'patchTicket', path, { priority: 'high' }),
      other: sender(asMaya, 'patchTicket', path, { priority: 'low' }),
    };
  },
  async closeTicket() {
    return { send: sender(asMaya, 'closeTicket', `/support/tickets/${await fresh()}/close`) };
  },
  async reopenTicket() {
    const id = await fresh();
    await maya.call('POST', `/support/tickets/${id}/close`);
    return { send: sender(asMaya, 'reopenTicket', `/support/tickets/${id}/reopen`) };
  },
  async mergeTicket() {
    const path = `/support/tickets/${await fresh()}/merge`;
    return {
      send: sender(asMaya, 'mergeTicket', path, { into: await fresh() }),
      other: sender(asMaya, 'mergeTicket', path, { into: ticketId }),
    };
  },
  createMacro: () =>
    Promise.resolve({
      send: sender(asMaya, 'createMacro', '/support/macros', macro('Only once')),
      other: sender(asMaya, 'createMacro', '/support/macros', macro('Another')),
    }),
  async patchMacro() {
    const path = `/support/macros/${await freshMacro('To be changed')}`;
    return {
      send: sender(asMaya, 'patchMacro', path, { text: 'this' }),
      other: sender(asMaya, 'patchMacro', path, { text: 'that' }),
    };
  },
};

describe('one key in 50 parallel requests has one effect and one stored answer', () => {
  test('every POST and PATCH below /support has a row here', () => {
    expect(Object.keys(writes).toSorted()).toEqual(
      routeNames
        .filter(
          (name) =>
            routes[name].path.startsWith('/support') &&
            ['POST', 'PATCH'].includes(routes[name].method),
        )
        .toSorted(),
    );
  });

  for (const [name, prepare] of Object.entries(writes) as [RouteName, () => Promise<Write>][]) {
    test(`the call ${name}`, async () => {
      // What one effect is, in changed rows, is what a twin of the call does when sent once.
      const twin = await prepare();
      const untouched = await changes.count();
      expect((await twin.send(`${name}-twin`)).status).toBe(200);
      const one = (await changes.count()) - untouched;
      expect(one).toBeGreaterThan(0);

      const { send, other } = await prepare();
      const before = await changes.count();
      const answers = await Promise.all(Array.from({ length: 50 }, () => send(name)));
      for (const { status, headers } of answers) {
        expect([200, 409]).toContain(status);
        expect(headers.get('retry-after')).toBe(status === 409 ? '1' : null);
      }
      const replay = await send(name);
      for (const answer of answers.filter(({ status }) => status === 200))
        expect(answer.body).toEqual(replay.body);
      expect((await changes.count()) - before, 'rows changed').toBe(one);
      expect(await stored(name)).toBe(1);

      // A call without a body has no other payload.
      expect(other ? (await other(name)).status : 422).toBe(422);
      expect((await changes.count()) - before, 'rows changed after another payload').toBe(one);
    });
  }
});

describe('a key', () => {
  test('is stored with the message that it made, and repeats the very same answer', async () => {
    const first = await reply('again');
    expect((await reply('again')).body).toEqual(first.body);
    expect(first.body.client_id).toBe('again');
  });

  test('with another payload, ticket or route is 422', async () => {
    await reply('payload', 'the one thing');
    const other = await fresh();
    const refused = [
      await reply('payload', 'the other thing'),
      await maya.call(
        'POST',
        `/support/tickets/${other}/messages`,
        { message: 'the one thing' },
        keyed('payload'),
      ),
      await maya.call(
        'POST',
        `/support/tickets/${ticketId}/notes`,
        { message: 'the one thing' },
        keyed('payload'),
      ),
    ];
    expect(refused.map((a) => a.status)).toEqual([422, 422, 422]);
    expect([await count('the one thing'), await count('the other thing')]).toEqual([1, 0]);
  });

  test('of one person does not meet the same key of another', async () => {
    const [a, b] = [
      await reply('shared', 'from maya'),
      await dana.call(
        'POST',
        `/support/tickets/${ticketId}/messages`,
        { message: 'from dana' },
        keyed('shared'),
      ),
    ];
    expect([a.body.message, b.body.message]).toEqual(['from maya', 'from dana']);
    expect(await stored('shared')).toBe(2);
  });

  test('must be printable, without blanks, and at most 200 characters', async () => {
    for (const key of ['two words', 'x'.repeat(201), 'é'])
      expect((await reply(key)).status, key).toBe(400);
    expect((await reply('x'.repeat(200))).status).toBe(200);
  });

  test('in progress is 409 with Retry-After, and then the answer of the first', async () => {
    // A writer of our own holds the ticket, so the first request stands in the middle of its
    // transaction.
    const holder = await api.pool.connect();
    try {
      await holder.query('begin');
      await holder.query('select 1 from support_tickets where id = $1 for update', [ticketId]);
      const first = reply('slow', 'takes its time');
      await until(
        async () =>
          (await number(
            "select count(*) as n from pg_locks l join pg_database d on d.oid = l.database where locktype = 'advisory' and granted and d.datname = current_database()",
            [],
          )) > 0,
      );
      const second = await reply('slow', 'takes its time');
      expect([second.status, second.headers.get('retry-after')]).toEqual([409, '1']);
      await holder.query('commit');
      expect((await first).status).toBe(200);
      expect((await reply('slow', 'takes its time')).body).toEqual((await first).body);
    } finally {
      holder.release();
    }
    expect(await count('takes its time')).toBe(1);
  });
});

describe('a refusal', () => {
  test('that will always be the same is stored and repeated, also when it would now end differently', async () => {
    const id = await fresh();
    const close = (key: string) =>
      maya.call('POST', `/support/tickets/${id}/close`, undefined, keyed(key));
    const write = (key: string) =>
      dana.call(
        'POST',
        `/support/tickets/${id}/messages`,
        { message: 'one more thing' },
        keyed(key),
      );
    const patch = (key: string) =>
      maya.call(
        'PATCH',
        `/support/tickets/${id}`,
        { priority: 'low', base: { priority: 'urgent' } },
        keyed(key),
      );
    expect((await close('c1')).status).toBe(200);
    const first = [await close('c2'), await write('w'), await patch('p')];
    expect(first.map((a) => a.status)).toEqual([404, 409, 412]);
    await maya.call('POST', `/support/tickets/${id}/reopen`);
    await maya.call('PATCH', `/support/tickets/${id}`, { priority: 'urgent' });
    const again = [await close('c2'), await write('w'), await patch('p')];
    expect(again.map(({ status, body }) => ({ status, body }))).toEqual(
      first.map(({ status, body }) => ({ status, body })),
    );
    expect((await close('c1')).body.status).toBe('closed');
  });

  test('of 401 is never stored: the same key goes through after a new sign-in', async () => {
    const path = `/support/tickets/${ticketId}/messages`;
    expect(
      (
        await api.call(
          'POST',
          path,
          { message: 'signed out' },
          { ...keyed('k401'), authorization: 'Bearer a.b.c' },
        )
      ).status,
    ).toBe(401);
    expect(await stored('k401')).toBe(0);
    expect((await maya.call('POST', path, { message: 'signed out' }, keyed('k401'))).status).toBe(
      200,
    );
  });

  test('of 429 is never stored', async () => {
    const limited = await startApi({ perUser: 2 });
    try {
      const omar = await limited.person('customer');
      const write = (key: string) =>
        omar.call('POST', '/support/tickets', newTicket('a message of mine'), keyed(key));
      expect([
        (await write('a')).status,
        (await write('b')).status,
        (await write('c')).status,
      ]).toEqual([200, 200, 429]);
      expect(
        (
          await row<{ keys: string }>(
            limited.pool,
            "select string_agg(key, ',' order by key) as keys from idempotency_keys",
          )
        )?.keys,
      ).toBe('a,b');
    } finally {
      await limited.close();
    }
  });

  test('of 5xx is never stored, and nothing of its effect stays: the same key works once the fault is gone', async () => {
    await api.pool.query(`
      create function fail_late() returns trigger language plpgsql as $$
        begin
          if new.key like 'fault-%' then raise exception 'disk on fire' using errcode = case when new.key like '%-passing' then '57014' else 'XX000' end; end if;
          return new;
        end $$;
      create trigger fail_late before insert on idempotency_keys for each row execute function fail_late()`);
    const before = await changes.count();
    const [broken, passing] = [
      await reply('fault-hard', 'after the fault'),
      await reply('fault-passing', 'after a passing fault'),
    ];
    expect([broken.status, broken.body]).toEqual([500, { detail: 'Internal server error' }]);
    expect([passing.status, passing.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await changes.count()).toBe(before);
    await api.pool.query('drop trigger fail_late on idempotency_keys');
    expect([await stored('fault-hard'), await stored('fault-passing')]).toEqual([0, 0]);
    expect([
      (await reply('fault-hard', 'after the fault')).status,
      (await reply('fault-passing', 'after a passing fault')).status,
    ]).toEqual([200, 200]);
    expect([await count('after the fault'), await count('after a passing fault')]).toEqual([1, 1]);
  });
});

describe('a replay is refused', () => {
  const setRole = (person: Person, role: string) =>
    api.pool.query('update users set role = $2 where id = $1', [person.id, role]);

  test('to someone who is no staff any more, and to an account that is closed', async () => {
    const jonas = await api.person('staff');
    const note = () =>
      jonas.call('POST', `/support/tickets/${ticketId}/notes`, { message: 'seen' }, keyed('lost'));
    const answer = () =>
      jonas.call(
        'POST',
        `/support/tickets/${ticketId}/messages`,
        { message: 'answered' },
        keyed('lost-too'),
      );
    expect([(await note()).status, (await answer()).status]).toEqual([200, 200]);
    await setRole(jonas, 'customer');
    expect([(await note()).status, (await answer()).status]).toEqual([403, 422]);
    await api.pool.query('update users set is_active = false where id = $1', [jonas.id]);
    expect([(await note()).status, (await answer()).status]).toEqual([401, 401]);
  });

  test('to someone who has become a customer again, though the ticket is their own: the stored answer counts its notes', async () => {
    const priya = await api.person('customer');
    const own = await api.ticket(priya, 'From before she joined');
    await maya.call('POST', `/support/tickets/${own.id}/notes`, { message: 'internal' });
    await setRole(priya, 'staff');
    const close = () =>
      priya.call('POST', `/support/tickets/${own.id}/close`, undefined, keyed('as-staff'));
    expect((await close()).body.message_count).toBe(2);
    await setRole(priya, 'customer');
    const refused = await close();
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).not.toContain('message_count');
  });

  test('to one whose ticket is gone: the key went with it', async () => {
    const id = await fresh();
    const write = () =>
      dana.call(
        'POST',
        `/support/tickets/${id}/messages`,
        { message: 'still there?' },
        keyed('gone'),
      );
    expect((await write()).status).toBe(200);
    await api.pool.query('delete from support_tickets where id = $1', [id]);
    expect((await write()).status).toBe(404);
  });

  test('not to staff who became admin: what waits in their outbox still goes through', async () => {
    const alex = await api.person('staff');
    const write = () =>
      alex.call(
        'POST',
        `/support/tickets/${ticketId}/messages`,
        { message: 'promoted meanwhile' },
        keyed('promoted'),
      );
    const first = await write();
    await setRole(alex, 'admin');
    expect((await write()).body).toEqual(first.body);
  });
});

/** Asks again, as fast as the database answers, until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 5_000; tries += 1) if (await isSo()) return;
  throw new Error('it never came to be so');
}
