import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildApi } from '../../../../src/server/app.ts';
import { pruneTombstones } from '../../../../src/server/feed/prune.ts';
import { caller, startApi, testPassword, type Person, type TestApi } from '../../../helpers/api.ts';
import { pullAll } from '../../../helpers/pull.ts';

let api: TestApi;
let maya: Person;
let dana: Person;
let omar: Person;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('admin');
  dana = await api.person('customer');
  omar = await api.person('customer');
});
afterAll(async () => {
  await api.close();
});

const sorted = (list: { id: string }[]): string[] => list.map(({ id }) => id).toSorted();

/** A ticket of Dana's with a reply and a note, and everyone's cursor after it. */
async function conversation() {
  const { id } = await api.ticket(dana);
  await maya.call('POST', `/support/tickets/${id}/messages`, { message: 'a reply' });
  const note = (await maya.call('POST', `/support/tickets/${id}/notes`, { message: 'a note' })).body
    .id as string;
  const messages: { id: string }[] = (await dana.call('GET', `/support/tickets/${id}/messages`))
    .body.messages;
  const [staff, own, foreign] = await Promise.all(
    [maya, dana, omar].map(async (person) => (await pullAll(person, null)).cursor),
  );
  return {
    id,
    note,
    publicIds: sorted(messages),
    staff: staff ?? '',
    own: own ?? '',
    foreign: foreign ?? '',
  };
}

describe('what somebody may not see any more', () => {
  test('a ticket that goes to another requester is a removal, with its conversation, for the old one alone', async () => {
    const { id, note, publicIds, staff, own, foreign } = await conversation();
    await api.pool.query('update support_tickets set user_id = $2 where id = $1', [id, omar.id]);

    const old = await pullAll(dana, own);
    expect(old).toMatchObject({ tickets: [], messages: [] });
    expect(sorted(old.removed)).toEqual([id, ...publicIds].toSorted());
    for (const removal of old.removed)
      expect(Object.keys(removal).toSorted()).toEqual(['id', 'kind']);
    expect(JSON.stringify(old.removed)).not.toContain(note);

    const taken = await pullAll(omar, foreign);
    expect(taken.removed).toEqual([]);
    expect([sorted(taken.tickets), sorted(taken.messages)]).toEqual([[id], publicIds]);

    const seen = await pullAll(maya, staff);
    expect(seen.removed).toEqual([]);
    expect(seen.tickets.map((t) => [t.id, t.requester.id])).toEqual([[id, omar.id]]);
  });

  test('a ticket that comes back is there again, and no removal after it', async () => {
    const { id, publicIds, own } = await conversation();
    await api.pool.query('update support_tickets set user_id = $2 where id = $1', [id, omar.id]);
    const away = await pullAll(dana, own);
    await api.pool.query('update support_tickets set user_id = $2 where id = $1', [id, dana.id]);
    for (const cursor of [own, away.cursor]) {
      const back = await pullAll(dana, cursor);
      expect(back.removed).toEqual([]);
      expect([sorted(back.tickets), sorted(back.messages)]).toEqual([[id], publicIds]);
    }
    expect(sorted((await pullAll(omar, null)).tickets)).not.toContain(id);
  });

  test('a message that becomes a note is a removal for the customer, and comes back as a message', async () => {
    const { id, staff, own } = await conversation();
    const reply = (
      await api.pool.query(
        'select id from support_messages where ticket_id = $1 and staff_id is not null and not is_internal',
        [id],
      )
    ).rows[0].id;
    await api.pool.query('update support_messages set is_internal = true where id = $1', [reply]);
    const hidden = await pullAll(dana, own);
    expect(hidden).toMatchObject({ messages: [], removed: [{ kind: 'message', id: reply }] });
    expect(await pullAll(maya, staff)).toMatchObject({
      messages: [{ id: reply, is_internal: true }],
      removed: [],
    });
    await api.pool.query('update support_messages set is_internal = false where id = $1', [reply]);
    expect(await pullAll(dana, hidden.cursor)).toMatchObject({
      messages: [{ id: reply }],
      removed: [],
    });
  });

  test('of a deleted ticket a customer hears what they had, and never of a note', async () => {
    const { id, note, publicIds, staff, own, foreign } = await conversation();
    await api.pool.query('delete from support_tickets where id = $1', [id]);
    expect(sorted((await pullAll(dana, own)).removed)).toEqual([id, ...publicIds].toSorted());
    expect(sorted((await pullAll(maya, staff)).removed)).toEqual(
      [id, note, ...publicIds].toSorted(),
    );
    expect((await pullAll(omar, foreign)).removed).toEqual([]);
  });

  test('of a deleted note only staff hear', async () => {
    const { note, staff, own } = await conversation();
    await api.pool.query('delete from support_messages where id = $1', [note]);
    expect((await pullAll(dana, own)).removed).toEqual([]);
    expect((await pullAll(maya, staff)).removed).toEqual([{ kind: 'message', id: note }]);
  });
});

describe('pruning', () => {
  const add = (count: number, age: string) =>
    api.pool.query(
      "insert into tombstones (kind, id, removed_at) select 'message', gen_random_uuid(), now() - $2::interval from generate_series(1, $1)",
      [count, age],
    );
  const left = async (): Promise<number> =>
    (await api.pool.query('select count(*)::int as n from tombstones')).rows[0].n;

  test('takes what no living cursor can be before, however much it is, and leaves the rest', async () => {
    const before = await left();
    await add(12_000, '91 days 1 hour');
    await add(3, '90 days');
    expect(await pruneTombstones(api.pool)).toBe(12_000);
    expect(await left()).toBe(before + 3);
  });

  test('is one process at a time', async () => {
    await add(2, '200 days');
    const other = await api.pool.connect();
    await other.query('begin');
    await other.query('select pg_advisory_xact_lock(7305120)');
    expect(await pruneTombstones(api.pool)).toBe(0);
    await other.query('rollback');
    other.release();
    expect(await pruneTombstones(api.pool)).toBe(2);
  });

  test('runs when a server starts', async () => {
    await add(4, '200 days');
    const before = await left();
    const second = await buildApi({ databaseUrl: api.databaseUrl });
    // Closing waits for what runs.
    await second.close();
    expect(await left()).toBe(before - 4);
  });
});

describe('a cursor', () => {
  const dayMs = 86_400_000;
  afterEach(() => {
    vi.useRealTimers();
  });

  /**
   * Maya, signed in so many days from now: the API runs in this process and reads the same clock.
   */
  async function mayaAfter(days: number) {
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * dayMs });
    const { body } = await api.call('POST', '/auth/login', {
      email: maya.email,
      password: testPassword,
    });
    const call = caller(api.server, body.access_token);
    return {
      ...maya,
      call,
      use: (cursor: string, limit = 1) =>
        call('GET', `/support/sync?limit=${limit}&cursor=${encodeURIComponent(cursor)}`),
    };
  }

  /**
   * Every cursor that a full copy by single tickets gives out, with tickets that change meanwhile,
   * to its end.
   */
  async function cursorsOfCopy(): Promise<string[]> {
    const changing = [await api.ticket(dana), await api.ticket(dana), await api.ticket(dana)];
    const cursors: string[] = [];
    for (let more = true; more;) {
      const last = cursors.at(-1);
      const { body } = await maya.call(
        'GET',
        `/support/sync?limit=1${last === undefined ? '' : `&cursor=${encodeURIComponent(last)}`}`,
      );
      cursors.push(body.next_cursor);
      more = body.has_more;
      if (last === undefined)
        for (const { id } of changing)
          await maya.call('PATCH', `/support/tickets/${id}`, { priority: 'high' });
    }
    return cursors;
  }

  test('is good after 88 days and 410 after 90, wherever in the copy or the feed it stands', async () => {
    const cursors = await cursorsOfCopy();
    expect(cursors.length).toBeGreaterThan(6);
    const good = await mayaAfter(88);
    for (const cursor of cursors) expect((await good.use(cursor)).status).toBe(200);
    const late = await mayaAfter(90);
    for (const cursor of cursors) expect((await late.use(cursor)).status).toBe(410);
  });

  test('counts from the day on which its reader had seen everything, so that going on slowly misses no removal', async () => {
    const { cursor } = await pullAll(maya, null);
    await api.ticket(dana);
    await api.ticket(dana);
    const later = await mayaAfter(80);
    const behind = (await later.use(cursor)).body;
    expect(behind.has_more).toBe(true);
    const upToDate = (await pullAll(later, cursor)).cursor;
    const latest = await mayaAfter(90);
    expect((await latest.use(behind.next_cursor)).status).toBe(410);
    expect((await latest.use(upToDate)).status).toBe(200);
    expect((await (await mayaAfter(170)).use(upToDate)).status).toBe(410);
  });
});
