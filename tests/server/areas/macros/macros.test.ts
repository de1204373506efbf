import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MacroConflictBody, MacroCreate } from '../../../../src/contract/wire/api.ts';
import { Macro } from '../../../../src/contract/wire/entities.ts';
import { generateDemo } from '../../../../src/server/demo/generate.ts';
import { demoMacros } from '../../../../src/server/demo/macros.ts';
import { insertDemo } from '../../../../src/server/demo/seed.ts';
import { startApi, type Person, type TestApi } from '../../../helpers/api.ts';
import { pullAll } from '../../../helpers/pull.ts';

let api: TestApi;
let maya: Person;
let jonas: Person;
let dana: Person;
beforeAll(async () => {
  api = await startApi();
  await insertDemo(api.pool, () =>
    generateDemo({ seed: 1, tickets: 3, customers: 10, anchor: new Date('2026-03-18T15:20:00Z') }),
  );
  maya = await api.person('admin');
  jonas = await api.person('staff');
  dana = await api.person('customer');
});
afterAll(async () => {
  await api.close();
});

const unknownId = '00000000-0000-4000-8000-000000000000';
const make = async (name: string): Promise<Macro> =>
  (await jonas.call('POST', '/support/macros', { name, text: 'Hello {{requester.first_name}}' }))
    .body;
const count = async (): Promise<number> =>
  (await api.pool.query('select count(*)::int as n from support_macros')).rows[0].n;

describe('the calls', () => {
  test('every member of staff reads and writes macros', async () => {
    const made = await jonas.call('POST', '/support/macros', {
      name: ' Greeting ',
      text: 'Hello {{requester.first_name}}',
      actions: { status: 'waiting', assignee: 'me', tags: { add: ['greeted'] } },
    });
    expect(made.status).toBe(200);
    expect(Macro.parse(made.body)).toEqual(made.body);
    expect(made.body).toMatchObject({
      name: 'Greeting',
      version: 1,
      actions: { status: 'waiting', assignee: 'me', tags: { add: ['greeted'], remove: [] } },
    });
    expect((await maya.call('GET', '/support/macros')).body.macros).toContainEqual(made.body);
    expect((await maya.call('DELETE', `/support/macros/${made.body.id}`)).body).toEqual({
      detail: 'Macro deleted',
    });
    expect(
      (await jonas.call('GET', '/support/macros')).body.macros.map((m: Macro) => m.id),
    ).not.toContain(made.body.id);
  });

  test('a customer is refused on each and changes nothing', async () => {
    const { id } = await make('Not for customers');
    const before = await count();
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['POST', '', { name: 'x', text: 'x' }],
      ['PATCH', `/${id}`, { name: 'x' }],
      ['DELETE', `/${id}`, undefined],
    ] as const) {
      expect(await dana.call(method, `/support/macros${path}`, body), method).toMatchObject({
        status: 403,
        body: { detail: 'Staff only' },
      });
    }
    expect(await count()).toBe(before);
  });

  test('what the contract does not allow is 422', async () => {
    const { id } = await make('Stays as it is');
    for (const body of [
      { name: ' ', text: 'x' },
      { name: 'x'.repeat(101), text: 'x' },
      { name: 'x', text: 'x'.repeat(100_001) },
      { name: 'x', text: 'x', actions: { status: 'exploded' } },
      { name: 'x', text: 'x', actions: { color: 'red' } },
      { name: 'x', text: 'x', actions: { assignee: dana.id } },
      { name: 'x', text: 'x', actions: { assignee: unknownId } },
    ]) {
      expect(
        (await jonas.call('POST', '/support/macros', body)).status,
        JSON.stringify(body).slice(0, 80),
      ).toBe(422);
      expect(
        (await jonas.call('PATCH', `/support/macros/${id}`, body)).status,
        JSON.stringify(body).slice(0, 80),
      ).toBe(422);
    }
    expect(
      (await jonas.call('PATCH', `/support/macros/${id}`, { base: { version: 1 } })).status,
    ).toBe(422);
  });

  test('a change on top of another version is 412 with the macro as it is; without a base it is made', async () => {
    const macro = await make('Changed by two');
    const patch = (body: unknown) => jonas.call('PATCH', `/support/macros/${macro.id}`, body);
    const first = await patch({ text: 'Good day', base: { version: 1 } });
    expect(first.body).toMatchObject({
      name: 'Changed by two',
      text: 'Good day',
      version: 2,
      created_at: macro.created_at,
    });
    expect(first.body.updated_at > macro.updated_at).toBe(true);
    const clash = await patch({ text: 'Dear all', base: { version: 1 } });
    expect(clash.status).toBe(412);
    expect(MacroConflictBody.parse(clash.body)).toEqual({
      detail: 'Someone else changed this macro',
      macro: first.body,
    });
    expect((await patch({ actions: { priority: 'low' } })).body).toMatchObject({
      text: 'Good day',
      actions: { priority: 'low' },
      version: 3,
    });
  });

  test('an unknown macro is 404', async () => {
    for (const [method, body] of [
      ['PATCH', { name: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      expect(await jonas.call(method, `/support/macros/${unknownId}`, body)).toMatchObject({
        status: 404,
        body: { detail: 'Macro not found' },
      });
    }
  });

  test('a write with one key happens once, a delete too', async () => {
    const key = (value: string) => ({ 'idempotency-key': value });
    const create = () =>
      jonas.call('POST', '/support/macros', { name: 'Once', text: 'only' }, key('macro-create'));
    const made = (await create()).body;
    expect((await create()).body).toEqual(made);
    const change = () =>
      jonas.call(
        'PATCH',
        `/support/macros/${made.id}`,
        { text: 'changed', base: { version: 1 } },
        key('macro-change'),
      );
    expect((await change()).body).toMatchObject({ version: 2 });
    expect((await change()).body).toMatchObject({ version: 2 });
    const remove = (k: string) =>
      jonas.call('DELETE', `/support/macros/${made.id}`, undefined, key(k));
    expect((await remove('macro-delete')).status).toBe(200);
    expect((await remove('macro-delete')).body).toEqual({ detail: 'Macro deleted' });
    expect((await remove('macro-delete-2')).status).toBe(404);
    expect(
      (await api.pool.query("select count(*)::int as n from support_macros where name = 'Once'"))
        .rows[0].n,
    ).toBe(0);
  });
});

describe('the feed', () => {
  test('the first page of a full copy brings them all, later pages none', async () => {
    const all = (await maya.call('GET', '/support/macros')).body.macros;
    const first = (await maya.call('GET', '/support/sync?limit=1')).body;
    expect(first.macros).toEqual(all);
    expect(first.has_more).toBe(true);
    expect(
      (
        await maya.call(
          'GET',
          `/support/sync?limit=1&cursor=${encodeURIComponent(first.next_cursor)}`,
        )
      ).body.macros,
    ).toEqual([]);
  });

  test('tells of a new, a changed and a deleted one, one at a time too', async () => {
    const { cursor } = await pullAll(maya, null);
    const kept = await make('Kept');
    const changed = await make('To be changed');
    const gone = await make('To be deleted');
    await jonas.call('PATCH', `/support/macros/${changed.id}`, { name: 'Changed' });
    await jonas.call('DELETE', `/support/macros/${gone.id}`);
    for (const limit of [50, 1]) {
      const pulled = await pullAll(maya, cursor, limit);
      expect(pulled.macros.map((m) => [m.id, m.name]).toSorted()).toEqual(
        [
          [kept.id, 'Kept'],
          [changed.id, 'Changed'],
        ].toSorted(),
      );
      expect(pulled.removed).toEqual([{ kind: 'macro', id: gone.id }]);
    }
  });

  test('never says a word of macros to a customer', async () => {
    const copy = await pullAll(dana, null);
    const gone = await make('Secret');
    await jonas.call('DELETE', `/support/macros/${gone.id}`);
    await make('Secret too');
    // A cursor is encrypted anew each time.
    expect([copy.macros, await pullAll(dana, copy.cursor)]).toEqual([
      [],
      { tickets: [], messages: [], staff: [], macros: [], removed: [], cursor: expect.any(String) },
    ]);
  });
});

describe('the demo', () => {
  test('brings twelve macros that the contract allows, with variables that the app knows', async () => {
    expect(demoMacros).toHaveLength(12);
    expect(new Set(demoMacros.map((m) => m.name)).size).toBe(12);
    for (const macro of demoMacros) {
      expect(MacroCreate.parse(macro)).toEqual(macro);
      expect(macro.text.match(/\{\{[^}]*\}\}/g)?.length).toBeGreaterThan(1);
      for (const variable of macro.text.match(/\{\{[^}]*\}\}/g) ?? [])
        expect(variable).toMatch(
          /^\{\{(requester\.(first_name|email)|ticket\.subject|agent\.first_name)(\|[\w -]+)?\}\}$/,
        );
    }
    const names = (await maya.call('GET', '/support/macros')).body.macros.map((m: Macro) => m.name);
    expect(names).toEqual(expect.arrayContaining(demoMacros.map((m) => m.name)));
  });
});
