import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message, Ticket } from '../../../../src/contract/wire/entities.ts';
import { startApi, type Person, type TestApi } from '../../../helpers/api.ts';
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

const unknownId = '00000000-0000-4000-8000-000000000000';
const merge = (id: string, into: string, key?: string) =>
  maya.call(
    'POST',
    `/support/tickets/${id}/merge`,
    { into },
    key === undefined ? {} : { 'idempotency-key': key },
  );
const say = (person: Person, id: string, message: string, key?: string) =>
  person.call(
    'POST',
    `/support/tickets/${id}/messages`,
    { message },
    key === undefined ? {} : { 'idempotency-key': key },
  );
const read = async (person: Person, id: string): Promise<{ ticket: Ticket; messages: Message[] }> =>
  (await person.call('GET', `/support/tickets/${id}`)).body;
const pair = async (): Promise<[Ticket, Ticket]> => [
  await api.ticket(dana, 'The second one'),
  await api.ticket(dana, 'The first one'),
];

describe('merging', () => {
  test('moves the conversation with its notes and derives what the other ticket says of it', async () => {
    const [from, into] = await pair();
    await say(maya, into.id, 'answer in the first');
    await maya.call('POST', `/support/tickets/${from.id}/notes`, { message: 'note in the second' });
    await say(dana, from.id, 'the newest word of all');
    await maya.call('PATCH', `/support/tickets/${from.id}`, { tags: { add: ['both', 'mine'] } });
    await maya.call('PATCH', `/support/tickets/${into.id}`, { tags: { add: ['both', 'yours'] } });
    const newest = (await read(dana, from.id)).ticket.last_message_at;
    const before = (await read(maya, into.id)).ticket;

    const answer = await merge(from.id, into.id);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      id: into.id,
      subject: 'The first one',
      tags: ['both', 'yours', 'mine'],
      message_count: 5,
      last_message: { preview: 'the newest word of all', is_staff: false },
      last_message_at: newest,
      status: before.status,
      version: before.version + 1,
    });
    const { ticket, messages } = await read(maya, into.id);
    expect(ticket).toEqual(answer.body);
    expect(messages.map((m) => m.ticket_id)).toEqual(Array.from({ length: 5 }, () => into.id));
    expect(messages.at(-1)?.message).toBe('the newest word of all');
    expect((await read(dana, into.id)).messages.map((m) => m.message)).not.toContain(
      'note in the second',
    );
    expect((await read(dana, into.id)).ticket.message_count).toBe(4);
  });

  test('refuses itself, another requester and what is not there, and changes nothing', async () => {
    const [from, into] = await pair();
    const foreign = await api.ticket(omar);
    const before = [
      await read(maya, from.id),
      await read(maya, into.id),
      await read(maya, foreign.id),
    ];
    expect((await merge(from.id, from.id)).status).toBe(422);
    const other = await merge(from.id, foreign.id);
    expect(other).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', 'into'] }] } });
    expect(await merge(from.id, unknownId)).toMatchObject({
      status: 404,
      body: { detail: 'Ticket not found' },
    });
    expect(await merge(unknownId, into.id)).toMatchObject({
      status: 404,
      body: { detail: 'Ticket not found' },
    });
    expect(
      (await dana.call('POST', `/support/tickets/${from.id}/merge`, { into: into.id })).status,
    ).toBe(403);
    expect([
      await read(maya, from.id),
      await read(maya, into.id),
      await read(maya, foreign.id),
    ]).toEqual(before);
  });

  test('refuses more tags than a ticket may have', async () => {
    const [from, into] = await pair();
    for (const [id, prefix] of [
      [from.id, 'a'],
      [into.id, 'b'],
    ] as const) {
      for (let i = 0; i < 60; i += 30)
        await maya.call('PATCH', `/support/tickets/${id}`, {
          tags: { add: Array.from({ length: 30 }, (_, n) => `${prefix}${i + n}`) },
        });
    }
    expect((await merge(from.id, into.id)).status).toBe(422);
    expect((await read(maya, from.id)).ticket.tags).toHaveLength(60);
  });

  test('in both directions at once, one wins and the other learns where its ticket went', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = await pair();
      const answers = await Promise.all([merge(a.id, b.id), merge(b.id, a.id)]);
      const won = answers.find((x) => x.status === 200);
      expect(answers.map((x) => x.status).toSorted()).toEqual([200, 404]);
      expect(answers.find((x) => x.status === 404)?.body).toEqual({
        detail: 'Ticket not found',
        merged_into: won?.body.id,
      });
    }
  });

  test('while replies come in loses none: each is in the other ticket or was told where that is', async () => {
    const [from, into] = await pair();
    const [merged, ...replies] = await Promise.all([
      merge(from.id, into.id),
      ...Array.from({ length: 12 }, (_, i) => say(maya, from.id, `racing ${i}`, `race-${i}`)),
    ]);
    expect(merged?.status).toBe(200);
    const { ticket, messages } = await read(maya, into.id);
    const written = replies.filter((reply) => reply.status === 200);
    expect(
      messages
        .filter((m) => m.message.startsWith('racing'))
        .map((m) => m.id)
        .toSorted(),
    ).toEqual(written.map((reply) => reply.body.id).toSorted());
    for (const reply of replies.filter((r) => !written.includes(r)))
      expect(reply).toMatchObject({
        status: 404,
        body: { detail: 'Ticket not found', merged_into: into.id },
      });
    expect(ticket.message_count).toBe(2 + written.length);
  });
});

describe('a merged ticket', () => {
  const forAll: [string, string, string, unknown?][] = [
    ['reading it', 'GET', ''],
    ['reading its messages', 'GET', '/messages'],
    ['a reply', 'POST', '/messages', { message: 'hello there' }],
    ['closing it', 'POST', '/close'],
  ];
  const forStaff: typeof forAll = [
    ['a note', 'POST', '/notes', { message: 'hello' }],
    ['a change', 'PATCH', '', { priority: 'low' }],
    ['reopening it', 'POST', '/reopen'],
    ['merging it', 'POST', '/merge', { into: unknownId }],
  ];
  test('answers every call with 404 and the ticket that took it over, to those who may see that one only', async () => {
    const [from, into] = await pair();
    await merge(from.id, into.id);
    const call = (person: Person, [, method, path, body]: (typeof forAll)[number]) =>
      person.call(method, `/support/tickets/${from.id}${path}`, body);
    const merged = { status: 404, body: { detail: 'Ticket not found', merged_into: into.id } };
    for (const one of [...forAll, ...forStaff]) {
      expect(await call(maya, one), one[0]).toMatchObject(merged);
      const foreign = await call(omar, one);
      expect([403, 404], one[0]).toContain(foreign.status);
      expect(JSON.stringify(foreign.body), one[0]).not.toContain(into.id);
    }
    for (const one of forAll) expect(await call(dana, one), one[0]).toMatchObject(merged);
    expect((await merge(into.id, from.id)).body).toEqual({
      detail: 'Ticket not found',
      merged_into: into.id,
    });
  });

  test('names the last one of a chain', async () => {
    const [a, b] = await pair();
    const c = await api.ticket(dana, 'The third one');
    await merge(a.id, b.id);
    await merge(b.id, c.id);
    expect((await maya.call('GET', `/support/tickets/${a.id}`)).body).toEqual({
      detail: 'Ticket not found',
      merged_into: c.id,
    });
  });

  test('names nothing once the other ticket is deleted or belongs to somebody else', async () => {
    const [from, into] = await pair();
    await merge(from.id, into.id);
    await api.pool.query('update support_tickets set user_id = $2 where id = $1', [
      into.id,
      omar.id,
    ]);
    expect((await dana.call('GET', `/support/tickets/${from.id}`)).body).toEqual({
      detail: 'Ticket not found',
    });
    await api.pool.query('delete from support_tickets where id = $1', [into.id]);
    expect((await maya.call('GET', `/support/tickets/${from.id}`)).body).toEqual({
      detail: 'Ticket not found',
    });
  });
});

describe('a retry', () => {
  test('of a reply that was written before the merge gets its stored answer, a first try the way to the other ticket', async () => {
    const [from, into] = await pair();
    const first = await say(maya, from.id, 'said before', 'before-merge');
    const own = await say(dana, from.id, 'also said before', 'before-merge');
    await merge(from.id, into.id);
    expect(await say(maya, from.id, 'said before', 'before-merge')).toMatchObject({
      status: 200,
      body: first.body,
    });
    expect(await say(dana, from.id, 'also said before', 'before-merge')).toMatchObject({
      status: 200,
      body: own.body,
    });
    expect(await say(maya, from.id, 'said after', 'after-merge')).toMatchObject({
      status: 404,
      body: { merged_into: into.id },
    });
    expect(
      (await read(maya, into.id)).messages
        .map((m) => m.message)
        .filter((m) => m.startsWith('said')),
    ).toEqual(['said before']);
    const keys = await api.pool.query(
      "select distinct ticket_id from idempotency_keys where key = 'before-merge'",
    );
    expect(keys.rows).toEqual([{ ticket_id: into.id }]);
  });

  test('is refused to who may not see the other ticket any more', async () => {
    const [from, into] = await pair();
    await say(dana, from.id, 'once mine', 'lost-merge');
    await merge(from.id, into.id);
    await api.pool.query('update support_tickets set user_id = $2 where id = $1', [
      into.id,
      omar.id,
    ]);
    expect(await say(dana, from.id, 'once mine', 'lost-merge')).toMatchObject({
      status: 404,
      body: { detail: 'Ticket not found' },
    });
  });

  test('of the merge itself gets the same answer', async () => {
    const [from, into] = await pair();
    const first = await merge(from.id, into.id, 'merge-twice');
    expect(first.status).toBe(200);
    expect((await merge(from.id, into.id, 'merge-twice')).body).toEqual(first.body);
  });
});

describe('the feed', () => {
  test('brings the moved messages in their new ticket, then the removal that names it, to staff and to the requester alone', async () => {
    const [from, into] = await pair();
    const [staff, own, foreign] = [
      await pullAll(maya, null),
      await pullAll(dana, null),
      await pullAll(omar, null),
    ];
    await merge(from.id, into.id);
    for (const [person, since] of [
      [maya, staff],
      [dana, own],
    ] as const) {
      for (const limit of [50, 1]) {
        const pulled = await pullAll(person, since.cursor, limit);
        expect(pulled.removed).toEqual([{ kind: 'ticket', id: from.id, merged_into: into.id }]);
        expect(pulled.messages.map((m) => m.ticket_id)).toEqual([into.id]);
        expect(new Set(pulled.tickets.map((t) => t.id))).toEqual(new Set([into.id]));
      }
    }
    expect(await pullAll(omar, foreign.cursor)).toMatchObject({
      tickets: [],
      messages: [],
      removed: [],
    });
  });

  test('a removal names the other ticket to no one who may not see it', async () => {
    const [from, into] = await pair();
    const { cursor } = await pullAll(dana, null);
    await merge(from.id, into.id);
    await api.pool.query('update support_tickets set user_id = $2 where id = $1', [
      into.id,
      omar.id,
    ]);
    expect((await pullAll(dana, cursor)).removed).toContainEqual({ kind: 'ticket', id: from.id });
    expect((await pullAll(dana, cursor)).removed.some((r) => 'merged_into' in r)).toBe(false);
  });
});
