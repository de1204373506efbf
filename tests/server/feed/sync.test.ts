import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApi } from '../../../src/server/app.ts';
import { startApi, type Person, type TestApi } from '../../helpers/api.ts';

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

async function pullAll(person: Person, cursor: string | null, limit = 3, rest = '') {
  const tickets: any[] = [];
  const messages: any[] = [];
  const removed: any[] = [];
  const staff: any[] = [];
  let next = cursor;
  for (let pages = 0; pages < 100; pages += 1) {
    const { status, body } = await person.call(
      'GET',
      `/support/sync?limit=${limit}${rest}${next === null ? '' : `&cursor=${encodeURIComponent(next)}`}`,
    );
    expect(status).toBe(200);
    tickets.push(...body.tickets);
    messages.push(...body.messages);
    removed.push(...body.removed);
    staff.push(...body.staff);
    next = body.next_cursor;
    if (!body.has_more) return { tickets, messages, removed, staff, cursor: next as string };
  }
  throw new Error('the feed never ended');
}

describe('the full copy', () => {
  test('comes newest activity first, whole, with every message of each ticket', async () => {
    const made = [];
    for (let i = 0; i < 8; i += 1) made.push(await api.ticket(dana, `Ticket number ${i}`));
    await dana.call('POST', `/support/tickets/${made[2]?.id}/messages`, {
      message: 'any news on this?',
    });
    const copy = await pullAll(maya, null);
    expect(copy.tickets.map((t) => t.subject).slice(0, 2)).toEqual([
      'Ticket number 2',
      'Ticket number 7',
    ]);
    expect(new Set(copy.tickets.map((t) => t.id)).size).toBe(8);
    expect(copy.messages).toHaveLength(9);
    expect(copy.staff.map((s) => s.name)).toContain('Maya Ruiz');
  });

  test('includes what changed while it was being read', async () => {
    const first = (await maya.call('GET', '/support/sync?limit=2')).body;
    const last = (await pullAll(maya, null)).tickets.at(-1);
    await maya.call('POST', `/support/tickets/${last.id}/notes`, { message: 'looked at it' });
    const rest = await pullAll(maya, first.next_cursor, 2);
    expect(rest.messages.some((m) => m.message === 'looked at it')).toBe(true);
  });
});

test('a page that has more names the one behind it in a Link header, the last one does not', async () => {
  for (let n = 0; n < 3; n += 1) await api.ticket(dana, `One of a few ${n}`);
  const first = await maya.call('GET', '/support/sync?limit=2&closed_since=2026-01-01T00:00:00Z');
  const [, target = '', rel] = /^<([^>]+)>; (.+)$/.exec(first.headers.get('link') ?? '') ?? [];
  const next = new URL(target, 'http://127.0.0.1');
  expect([next.pathname, rel]).toEqual(['/api/v1/support/sync', 'rel="next"']);
  expect(Object.fromEntries(next.searchParams)).toEqual({
    cursor: first.body.next_cursor,
    limit: '2',
    closed_since: '2026-01-01T00:00:00Z',
  });
  const { cursor } = await pullAll(maya, null);
  expect(
    (await maya.call('GET', `/support/sync?cursor=${encodeURIComponent(cursor)}`)).headers.get(
      'link',
    ),
  ).toBeNull();
});

test('ids of new tickets and messages begin with the time they were made at', async () => {
  const before = Date.now();
  const { id } = await api.ticket(dana, 'When was this made');
  const message = (
    await dana.call('POST', `/support/tickets/${id}/messages`, { message: 'And this?' })
  ).body;
  for (const made of [id, message.id as string]) {
    expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const at = Number.parseInt(made.slice(0, 13).replace('-', ''), 16);
    expect(at).toBeGreaterThanOrEqual(before - 1);
    expect(at).toBeLessThanOrEqual(Date.now() + 1);
  }
});

describe('a full copy that looks back to a day', () => {
  const since = '&closed_since=2026-01-01T00:00:00Z';
  const aged = async (subject: string, change: string): Promise<string> => {
    const { id } = await api.ticket(dana, subject);
    const old = "'2025-06-01'::timestamptz";
    await api.pool.query(
      `update support_tickets set status = 'closed', resolved_at = ${old}, created_at = ${old}, updated_at = ${old}, last_message_at = ${old} where id = $1`,
      [id],
    );
    if (change !== '')
      await api.pool.query(`update support_tickets set ${change} where id = $1`, [id]);
    return id;
  };

  test('leaves out what was closed and has not moved since, on every page, and nothing else', async () => {
    const gone = [
      await aged('Closed for long', ''),
      await aged('Resolved for long', "status = 'resolved'"),
    ];
    const kept = [
      await aged('Written to since', "last_message_at = '2026-02-01'"),
      await aged('Touched since', "updated_at = '2026-02-01'"),
      await aged('Resolved and asleep', "status = 'resolved', snoozed_until = '2100-01-01'"),
      await aged('Open for long', "status = 'open', resolved_at = null"),
    ];
    for (const limit of [1, 3, 50]) {
      const found = (await pullAll(maya, null, limit, since)).tickets.map((t) => t.id);
      for (const id of kept) expect(found).toContain(id);
      for (const id of gone) expect(found).not.toContain(id);
      // The rule is asked of each page: a reader may find out on the way how much there is.
      expect((await pullAll(maya, null, limit)).tickets.map((t) => t.id)).toEqual(
        expect.arrayContaining([...kept, ...gone]),
      );
    }
  });

  test('goes on as a feed that leaves nothing out', async () => {
    const id = await aged('Moves again', '');
    const { cursor } = await pullAll(maya, null, 50, since);
    await maya.call('POST', `/support/tickets/${id}/notes`, { message: 'looked at it' });
    expect((await pullAll(maya, cursor, 50, since)).tickets.map((t) => t.id)).toContain(id);
  });

  test('brings a ticket that moves while it is being read whole', async () => {
    const id = await aged('Moves meanwhile', '');
    const first = (await maya.call('GET', `/support/sync?limit=1${since}`)).body;
    await maya.call('POST', `/support/tickets/${id}/reopen`);
    const rest = await pullAll(maya, first.next_cursor, 50, since);
    expect(rest.tickets.map((t) => t.id)).toContain(id);
    expect(new Set(rest.messages.filter((m) => m.ticket_id === id).map((m) => m.id)).size).toBe(1);
  });
});

describe('the feed', () => {
  test('answers only what changed since the cursor, then nothing', async () => {
    const { cursor } = await pullAll(maya, null);
    const ticket = await api.ticket(dana, 'A brand new one');
    const changes = await pullAll(maya, cursor);
    expect(changes.tickets.map((t) => t.id)).toEqual([ticket.id]);
    expect(changes.messages).toHaveLength(1);
    const nothing = await pullAll(maya, changes.cursor);
    expect(nothing.tickets).toEqual([]);
    expect(nothing.messages).toEqual([]);
  });

  test('tells of a deleted ticket as a removal', async () => {
    const ticket = await api.ticket(dana, 'To be deleted');
    const { cursor } = await pullAll(maya, null);
    await api.pool.query('delete from support_tickets where id = $1', [ticket.id]);
    expect((await pullAll(maya, cursor)).removed).toContainEqual({ kind: 'ticket', id: ticket.id });
  });

  test('gives a customer their own tickets only, and never a note', async () => {
    const omar = await api.person('customer', 'Omar Haddad');
    const own = await api.ticket(omar, 'The one of Omar');
    const { cursor } = await pullAll(omar, null);
    await maya.call('POST', `/support/tickets/${own.id}/notes`, { message: 'canary-7f3a' });
    const changes = await pullAll(omar, cursor);
    expect(changes).toMatchObject({ tickets: [], messages: [], staff: [] });
    const copy = await pullAll(omar, null);
    expect(copy.tickets.map((t) => t.id)).toEqual([own.id]);
    expect(JSON.stringify(copy)).not.toContain('canary-7f3a');
  });
});

describe('a cursor', () => {
  test('that was never given out is 400', async () => {
    const { cursor } = await pullAll(maya, null);
    for (const forged of [
      'x',
      'a.b',
      `${cursor}x`,
      `!${cursor}`,
      cursor.slice(4),
      `${cursor.slice(0, 40)}${cursor[40] === 'A' ? 'B' : 'A'}${cursor.slice(41)}`,
    ]) {
      expect(
        (await maya.call('GET', `/support/sync?cursor=${encodeURIComponent(forged)}`)).status,
        forged,
      ).toBe(400);
    }
  });

  test('of another user is 410, and so is one from before a change of role', async () => {
    const alex = await api.person('staff', 'Alex Kim');
    const { cursor } = await pullAll(alex, null);
    expect(
      (await maya.call('GET', `/support/sync?cursor=${encodeURIComponent(cursor)}`)).status,
    ).toBe(410);
    await api.pool.query("update users set role = 'admin' where id = $1", [alex.id]);
    expect(
      (await alex.call('GET', `/support/sync?cursor=${encodeURIComponent(cursor)}`)).status,
    ).toBe(410);
  });

  test('of another server is 400, and of this one in another epoch, as after a restore, 410', async () => {
    const { cursor } = await pullAll(maya, null);
    const other = await startApi();
    try {
      const foreign = await other.person('admin');
      expect(
        (await foreign.call('GET', `/support/sync?cursor=${encodeURIComponent(cursor)}`)).status,
      ).toBe(400);
    } finally {
      await other.close();
    }
    await api.pool.query("update server_settings set value = 'restored' where name = 'epoch'");
    const restored = await buildApi({ databaseUrl: api.databaseUrl });
    try {
      const answer = await restored.app.inject({
        url: `/api/v1/support/sync?cursor=${encodeURIComponent(cursor)}`,
        headers: { authorization: `Bearer ${maya.token}` },
      });
      expect(answer.statusCode).toBe(410);
    } finally {
      await restored.close();
    }
  });
});
