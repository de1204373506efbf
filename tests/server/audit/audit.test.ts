import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes, type RouteName } from '../../../src/contract/wire/api.ts';
import { buildApi } from '../../../src/server/app.ts';
import { subjectKindOf } from '../../../src/server/audit/changes.ts';
import { rows, transaction } from '../../../src/server/db/pool.ts';
import { onceOnly } from '../../../src/server/http/idempotency.ts';
import {
  startApi,
  testPassword,
  type Answer,
  type Person,
  type TestApi,
} from '../../helpers/api.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';

let api: TestApi;
let maya: Person;
let dana: Person;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('admin', 'Maya Ruiz');
  dana = await api.person('customer', 'Dana Okafor');
});
afterAll(async () => {
  await api.close();
});

interface Entry {
  id: string;
  at: Date;
  actor_id: string | null;
  action: string;
  ticket_id: string | null;
  entity_id: string | null;
  address: string | null;
  changes: Record<string, { before: unknown; after: unknown }>;
}
const entries = (): Promise<Entry[]> =>
  rows<Entry>(api.pool, 'select * from audit_log order by id');
/** What a step adds to the log. */
async function added(step: () => Promise<unknown>): Promise<Entry[]> {
  const before = (await entries()).length;
  await step();
  return (await entries()).slice(before);
}

/**
 * Makes each write and names what its entry is about; the ids that do not stand here are not in it.
 */
const writes: Partial<
  Record<
    RouteName,
    () => Promise<{ by: Person; answer: Answer; ticket: string | null; entity: string | null }>
  >
> = {
  async createTicket() {
    const answer = await dana.call('POST', '/support/tickets', {
      subject: 'In the log',
      category: 'other',
      message: 'canary-text in a ticket',
    });
    return { by: dana, answer, ticket: answer.body.id, entity: null };
  },
  async postMessage() {
    const { id } = await api.ticket(dana);
    const answer = await dana.call('POST', `/support/tickets/${id}/messages`, {
      message: 'canary-text in a message',
    });
    return { by: dana, answer, ticket: id, entity: answer.body.id };
  },
  async postNote() {
    const { id } = await api.ticket(dana);
    const answer = await maya.call('POST', `/support/tickets/${id}/notes`, {
      message: 'canary-text in a note',
    });
    return { by: maya, answer, ticket: id, entity: answer.body.id };
  },
  async patchTicket() {
    const { id } = await api.ticket(dana);
    return {
      by: maya,
      answer: await maya.call('PATCH', `/support/tickets/${id}`, { priority: 'urgent' }),
      ticket: id,
      entity: null,
    };
  },
  async closeTicket() {
    const { id } = await api.ticket(dana);
    return {
      by: dana,
      answer: await dana.call('POST', `/support/tickets/${id}/close`),
      ticket: id,
      entity: null,
    };
  },
  async reopenTicket() {
    const { id } = await api.ticket(dana);
    await maya.call('POST', `/support/tickets/${id}/close`);
    return {
      by: maya,
      answer: await maya.call('POST', `/support/tickets/${id}/reopen`),
      ticket: id,
      entity: null,
    };
  },
  async mergeTicket() {
    const [{ id }, into] = [await api.ticket(dana), await api.ticket(dana)];
    return {
      by: maya,
      answer: await maya.call('POST', `/support/tickets/${id}/merge`, { into: into.id }),
      ticket: into.id,
      entity: null,
    };
  },
  async createMacro() {
    const answer = await maya.call('POST', '/support/macros', {
      name: 'In the log',
      text: 'canary-text in a macro',
    });
    return { by: maya, answer, ticket: null, entity: answer.body.id };
  },
  async patchMacro() {
    const { id } = (
      await maya.call('POST', '/support/macros', { name: 'Changed', text: 'canary-text before' })
    ).body;
    return {
      by: maya,
      answer: await maya.call('PATCH', `/support/macros/${id}`, { text: 'canary-text after' }),
      ticket: null,
      entity: id,
    };
  },
  async deleteMacro() {
    const { id } = (
      await maya.call('POST', '/support/macros', { name: 'Deleted', text: 'canary-text' })
    ).body;
    return {
      by: maya,
      answer: await maya.call('DELETE', `/support/macros/${id}`),
      ticket: null,
      entity: id,
    };
  },
};

describe('every write', () => {
  // Who looks at what is forgotten after seconds and is in no table.
  const notStored: RouteName[] = ['putPresence'];
  const names = (Object.keys(routes) as RouteName[]).filter(
    (name) =>
      routes[name].method !== 'GET' &&
      routes[name].path.startsWith('/support/') &&
      !notStored.includes(name),
  );

  for (const name of names) {
    test(`${name} leaves an entry that says who, when and what`, async () => {
      const write = writes[name];
      if (!write) throw new Error(`${name} has no row in the table of this test`);
      let made: Awaited<ReturnType<typeof write>> | undefined;
      const [entry] = (
        await added(async () => {
          made = await write();
        })
      ).toReversed();
      expect(made?.answer.status).toBe(200);
      expect(entry).toMatchObject({
        actor_id: made?.by.id,
        action: name,
        ticket_id: made?.ticket,
        entity_id: made?.entity,
        at: expect.any(Date),
      });
    });
  }

  test('on a path that the log knows no kind of is refused when the server starts', () => {
    expect(() => subjectKindOf('/support/unknown')).toThrow('audit/changes.ts');
  });

  test('leaves no text of a message, note or macro and no secret', async () => {
    const all = JSON.stringify(await entries());
    for (const secret of ['canary-text', testPassword, maya.token, maya.refreshToken])
      expect(all).not.toContain(secret);
  });
});

describe('changed fields', () => {
  test('stand with their values before and after, and no others do', async () => {
    const { id } = await api.ticket(dana);
    const [entry] = await added(() =>
      maya.call('PATCH', `/support/tickets/${id}`, {
        priority: 'urgent',
        assignee_id: maya.id,
        category: 'funding',
        tags: { add: ['vip'] },
      }),
    );
    expect(entry?.changes).toEqual({
      priority: { before: 'medium', after: 'urgent' },
      assignee_id: { before: null, after: maya.id },
      tags: { before: [], after: ['vip'] },
    });
  });

  test('of a merge: one entry for either ticket, and the first says where it went', async () => {
    const [from, into] = [await api.ticket(dana, 'Merged away'), await api.ticket(dana)];
    await maya.call('PATCH', `/support/tickets/${from.id}`, { tags: { add: ['vip'] } });
    const [source, target, ...more] = await added(() =>
      maya.call('POST', `/support/tickets/${from.id}/merge`, { into: into.id }),
    );
    expect(more).toEqual([]);
    expect(source).toMatchObject({
      ticket_id: from.id,
      changes: {
        merged_into: { before: null, after: into.id },
        subject: { before: 'Merged away', after: null },
      },
    });
    expect(target).toMatchObject({
      ticket_id: into.id,
      changes: { tags: { before: [], after: ['vip'] } },
    });
  });

  test("of a macro's text tell that it is another one", async () => {
    const { id } = (
      await maya.call('POST', '/support/macros', { name: 'Fingerprint', text: 'one' })
    ).body;
    const [entry] = await added(() => maya.call('PATCH', `/support/macros/${id}`, { text: 'two' }));
    expect(entry?.changes).toEqual({
      text: {
        before: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        after: expect.stringMatching(/^sha256:/),
      },
    });
  });

  test('are those of the one that came second, when two change a field at once', async () => {
    const { id } = await api.ticket(dana);
    const changes = (
      await added(() =>
        Promise.all(
          ['low', 'high', 'urgent'].map((priority) =>
            maya.call('PATCH', `/support/tickets/${id}`, { priority }),
          ),
        ),
      )
    ).map((e) => e.changes['priority']);
    expect(changes.map((change) => change?.before)).toEqual([
      'medium',
      changes[0]?.after,
      changes[1]?.after,
    ]);
  });
});

describe('what did not happen leaves no entry', () => {
  test('a write that its state or its input stops, stored or not, and a replay', async () => {
    const { id } = await api.ticket(dana);
    const key = { 'idempotency-key': 'audit-once' };
    const reply = () =>
      maya.call('POST', `/support/tickets/${id}/messages`, { message: 'once' }, key);
    await reply();
    await maya.call('PATCH', `/support/tickets/${id}`, { priority: 'high' });
    expect(
      await added(async () => {
        expect((await reply()).status).toBe(200);
        expect(
          (
            await maya.call(
              'PATCH',
              `/support/tickets/${id}`,
              { priority: 'low', base: { priority: 'medium' } },
              { 'idempotency-key': 'audit-412' },
            )
          ).status,
        ).toBe(412);
        expect((await maya.call('POST', `/support/tickets/${id}/reopen`)).status).toBe(409);
        expect(
          (
            await maya.call(
              'POST',
              `/support/tickets/${id}/notes`,
              { message: 'x', mentions: [dana.id] },
              { 'idempotency-key': 'audit-422' },
            )
          ).status,
        ).toBe(422);
      }),
    ).toEqual([]);
  });

  test('a change whose transaction is rolled back after it', async () => {
    const { id } = await api.ticket(dana);
    const actor = { id: maya.id, role: 'admin' as const, sessionId: '' };
    expect(
      await added(() =>
        expect(
          onceOnly(
            api.pool,
            {
              actor,
              key: 'audit-rollback',
              route: 'patchTicket',
              subject: { kind: 'ticket', ids: [id] },
              payload: null,
            },
            {
              authorize: () => Promise.resolve(),
              async effect(tx) {
                await tx.query("update support_tickets set priority = 'low' where id = $1", [id]);
                throw new Error('the power went out');
              },
            },
          ),
        ).rejects.toThrow('the power went out'),
      ),
    ).toEqual([]);
  });
});

describe('who is refused', () => {
  const refused = (found: Entry[]) =>
    found.map(({ action, actor_id, entity_id, address, changes }) => ({
      action,
      actor_id,
      entity_id,
      address,
      ...Object.fromEntries(Object.entries(changes).map(([field, { after }]) => [field, after])),
    }));

  test('a call of staff by a customer and a write on a foreign ticket are entries, one for any number in a minute and one with their number after it', async () => {
    const clock = createFakeClock();
    const own = await startApi({}, { clock });
    const [lena, omar] = [await own.person('customer'), await own.person('customer')];
    const { id } = await own.ticket(omar);
    const all = async () =>
      refused(
        await rows<Entry>(own.pool, "select * from audit_log where action = 'refused' order by id"),
      );
    for (let n = 0; n < 5; n += 1) {
      expect((await lena.call('PATCH', `/support/tickets/${id}`, { priority: 'low' })).status).toBe(
        403,
      );
      expect(
        (
          await lena.call('POST', `/support/tickets/${id}/messages`, {
            message: 'canary-text hello',
          })
        ).status,
      ).toBe(404);
    }
    expect((await lena.call('GET', '/support/staff')).status).toBe(403);
    const mine = { action: 'refused', actor_id: lena.id, address: '127.0.0.1' };
    const first = [
      { ...mine, entity_id: id, route: 'patchTicket', status: 403 },
      { ...mine, entity_id: id, route: 'postMessage', status: 404 },
      { ...mine, entity_id: null, route: 'staff', status: 403 },
    ];
    expect(await all()).toEqual(first);
    clock.advance(60_000);
    const after = [
      { ...mine, entity_id: null, route: 'patchTicket', status: 403, count: 4 },
      { ...mine, entity_id: null, route: 'postMessage', status: 404, count: 4 },
    ];
    await expect.poll(all, { timeout: 120_000 }).toEqual([...first, ...after]);
    expect((await lena.call('GET', '/support/staff')).status).toBe(403);
    expect(await all()).toHaveLength(6);
    expect(JSON.stringify(await all())).not.toContain('canary');
    await own.close();
  });

  test('tokens that are none are an entry once they are many from one place, and tries beyond the limit are one', async () => {
    const own = await startApi({ loginPerAccount: 1 });
    const all = async () =>
      refused(
        await rows<Entry>(own.pool, "select * from audit_log where action = 'refused' order by id"),
      );
    for (let n = 0; n < 9; n += 1)
      await own.call('GET', '/support/tickets', undefined, { authorization: 'Bearer a.b.c' });
    expect(await all()).toEqual([]);
    for (let n = 0; n < 9; n += 1)
      await own.call('GET', '/support/tickets', undefined, { authorization: 'Bearer a.b.c' });
    for (let n = 0; n < 4; n += 1)
      await own.call('POST', '/auth/login', {
        email: 'canary@example.test',
        password: 'canary-password',
      });
    const nobody = { action: 'refused', actor_id: null, entity_id: null, address: '127.0.0.1' };
    expect(await all()).toEqual([
      { ...nobody, route: 'listTickets', status: 401, count: 10 },
      { ...nobody, route: 'login', status: 429 },
    ]);
    await own.close();
  });

  test('a flood of kinds becomes one kind, and what was counted is logged when the server stops', async () => {
    const own = await startApi();
    for (let n = 0; n < 230; n += 1)
      await own.app.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        remoteAddress: `10.0.${n >> 8}.${n & 255}`,
        headers: { 'sec-fetch-site': 'cross-site' },
        payload: { email: 'x@example.test', password: 'x' },
      });
    const count = async () =>
      (await rows<Entry>(own.pool, "select * from audit_log where action = 'refused' order by id"))
        .length;
    expect(await count()).toBe(201);
    await own.app.close();
    const { pool, close } = await buildApi({ databaseUrl: own.databaseUrl });
    expect(
      refused(
        await rows<Entry>(
          pool,
          "select * from audit_log where action = 'refused' order by id desc limit 1",
        ),
      ),
    ).toMatchObject([{ route: 'others', count: 29 }]);
    await close();
    await own.close();
  });
});

describe('people and sessions', () => {
  test('signing in and out, with the session and the address', async () => {
    const [, signIn] = await added(() => api.person('staff'));
    expect(signIn).toMatchObject({
      action: 'sign_in',
      actor_id: expect.any(String),
      entity_id: expect.any(String),
      address: '127.0.0.1',
    });
    const jonas = await api.person('staff');
    expect(await added(() => jonas.call('POST', '/auth/logout'))).toMatchObject([
      { action: 'sign_out', actor_id: jonas.id, entity_id: expect.any(String) },
    ]);
  });

  test('a failed sign-in names the account, if there is one, and nothing of what was tried', async () => {
    const tries = await added(async () => {
      await api.call('POST', '/auth/login', { email: dana.email, password: 'canary-password' });
      await api.call('POST', '/auth/login', {
        email: 'canary@example.test',
        password: 'canary-password',
      });
    });
    expect(tries).toMatchObject([
      { action: 'sign_in_failed', actor_id: null, entity_id: dana.id, address: '127.0.0.1' },
      { action: 'sign_in_failed', actor_id: null, entity_id: null },
    ]);
    expect(JSON.stringify(tries)).not.toContain('canary');
  });

  test('a session that is revoked because its token was used again', async () => {
    const priya = await api.person('staff');
    const { body } = await api.call('POST', '/auth/refresh', { refresh_token: priya.refreshToken });
    await api.call('GET', '/auth/me', undefined, { authorization: `Bearer ${body.access_token}` });
    await api.pool.query(
      "update refresh_tokens set used_at = used_at - interval '2 minutes' where used_at is not null",
    );
    expect(
      await added(() => api.call('POST', '/auth/refresh', { refresh_token: priya.refreshToken })),
    ).toMatchObject([{ action: 'session_revoked', actor_id: null, entity_id: expect.any(String) }]);
  });

  test('a person added, given a role, closed or given a password, however it was done', async () => {
    const [person] = await added(() => api.person('customer', 'Lena Brandt'));
    const id = person?.entity_id;
    expect(person).toMatchObject({
      action: 'user_added',
      changes: {
        role: { before: null, after: 'customer' },
        full_name: { before: null, after: 'Lena Brandt' },
      },
    });
    expect(
      await added(() => api.pool.query("update users set role = 'staff' where id = $1", [id])),
    ).toMatchObject([
      {
        action: 'role_changed',
        entity_id: id,
        changes: { role: { before: 'customer', after: 'staff' } },
      },
    ]);
    expect(
      await added(() => api.pool.query('update users set is_active = false where id = $1', [id])),
    ).toMatchObject([
      { action: 'user_changed', changes: { is_active: { before: true, after: false } } },
    ]);
    const [password] = await added(() =>
      api.pool.query("update users set hashed_password = 'scrypt$canary$hash' where id = $1", [id]),
    );
    expect(password).toMatchObject({ action: 'password_changed', entity_id: id, changes: {} });
  });
});

test('entries are only ever added: changing, deleting and emptying are refused', async () => {
  const before = await entries();
  for (const sql of [
    "update audit_log set action = 'nothing'",
    'delete from audit_log',
    'truncate audit_log',
    'update audit_log set action = action where false',
  ]) {
    await expect(
      transaction(api.pool, (tx) => tx.query(sql)),
      sql,
    ).rejects.toThrow('audit_log is append-only');
  }
  expect(await entries()).toEqual(before);
});
