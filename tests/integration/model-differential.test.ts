import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { SyncPage } from '../../src/contract/wire/api.ts';
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
} from '../../src/contract/wire/entities.ts';
import { caller, startApi, testPassword, type TestApi } from '../helpers/api.ts';
import { readSettings, type ServerSettings } from '../../src/server/db/settings.ts';
import { unseal } from '../../src/server/feed/cursor.ts';
import { addUser } from '../../src/server/areas/people/users.ts';
import { uuidV7 } from '../../src/core/uuid.ts';
import { createChance, type Chance } from '../simulation/chance.ts';
import { createServerModel, type ServerModel } from '../simulation/server-model.ts';
import { createComparison, type Pair } from '../simulation/compare.ts';

/**
 * One request to both servers. Ids and tokens of earlier answers stand in pairs, each side has its
 * own.
 */
interface Request {
  who: Person | null;
  method: string;
  path: Pair<string>;
  body?: Pair<unknown>;
  key?: string;
}
interface Answers {
  status: Pair<number>;
  body: Pair<unknown>;
}
interface Person {
  id: Pair<string>;
  email: string;
  role: 'customer' | 'staff' | 'admin';
  token: Pair<string>;
  refresh: Pair<string>;
  cursor: Pair<string> | null;
  /**
   * A deletion lies ahead in the feed: its rows go by id, which the sides do not share, so no page
   * may end among them.
   */
  wholePage: boolean;
}

const requests = 2_400;
const seed = 20_260_327;
let api: TestApi;
let settings: ServerSettings;
let model: ServerModel;
/** A transaction of another program that has begun and not ended, on both sides. */
let straggler: { xid: string; end: () => Promise<void> } | null = null;

beforeAll(async () => {
  // Only the calendar moves, so that tokens can grow old; timers and the database's own clock stay
  // as they are. It begins with a full second: the model's statements take a millisecond each, and
  // tokens end by the second, which must be the same one on both sides.
  vi.useFakeTimers({ toFake: ['Date'], now: Math.ceil(Date.now() / 1000) * 1000 });
  api = await startApi();
  settings = await readSettings(api.pool);
  const ids = createChance(seed, 'ids');
  // Ids in the order of time, as the API's are: pages are cut in it.
  let made = 0;
  model = createServerModel({
    now: () => Date.now(),
    newId: () => uuidV7((made += 1), ids.random),
    statementMicros: 1_000,
  });
});
afterAll(async () => {
  vi.useRealTimers();
  await api.close();
});

const same = <T>(value: T): Pair<T> => ({ real: value, model: value });

/**
 * Both sides let so many seconds pass: the calendar for access tokens, the stored times for refresh
 * tokens.
 */
async function passSeconds(seconds: number): Promise<void> {
  vi.setSystemTime(Date.now() + seconds * 1000);
  await api.pool.query(
    'update refresh_tokens set used_at = used_at - make_interval(secs => $1), expires_at = expires_at - make_interval(secs => $1)',
    [seconds],
  );
}

async function send({ who, method, path, body, key }: Request): Promise<Answers> {
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const real = await caller(api.server, who?.token.real)(method, path.real, body?.real, headers);
  const answer = model.handle({
    method,
    path: path.model,
    body: body === undefined ? undefined : JSON.stringify(body.model),
    headers: { ...headers, ...(who ? { authorization: `Bearer ${who.token.model}` } : {}) },
  });
  // As it would arrive over the wire.
  const modelBody: unknown = JSON.parse(JSON.stringify(answer.body));
  return {
    status: { real: real.status, model: answer.status },
    body: { real: real.body, model: modelBody },
  };
}

async function addPerson(role: Person['role'], name: string): Promise<Person> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.test`;
  const { id } = await addUser(api.pool, { email, name, role, password: testPassword });
  return {
    id: { real: id, model: model.addUser({ email, name, role, password: testPassword }) },
    email,
    role,
    token: same('none'),
    refresh: same('none'),
    cursor: null,
    wholePage: false,
  };
}

function tokens(person: Person, { body }: Answers): void {
  const [real, own] = [body.real, body.model] as { access_token: string; refresh_token: string }[];
  if (!real?.access_token || !own?.access_token) return;
  person.token = { real: real.access_token, model: own.access_token };
  person.refresh = { real: real.refresh_token, model: own.refresh_token };
}

/**
 * Waits until the feed serves all that has been written: other databases of the cluster hold the
 * horizon back as well.
 */
async function horizonPasses(): Promise<void> {
  const {
    rows: [mark],
  } = straggler
    ? { rows: [{ x: straggler.xid }] }
    : await api.pool.query<{ x: string }>(
        'select pg_snapshot_xmax(pg_current_snapshot())::text as x',
      );
  for (;;) {
    const {
      rows: [now],
    } = await api.pool.query<{ past: boolean }>(
      'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as past',
      [mark?.x],
    );
    if (now?.past) return;
  }
}

/**
 * Takes its place in the order of transactions now, and writes its note and commits when it is
 * ended.
 */
async function beginStraggler(ticket: Pair<string>, author: Pair<string>): Promise<void> {
  const client = await api.pool.connect();
  await client.query('begin');
  const {
    rows: [own],
  } = await client.query<{ x: string }>('select pg_current_xact_id()::text as x');
  const tx = model.begin((writer, state) => {
    if (state.tickets.has(ticket.model))
      writer.insertMessage({
        id: createChance(Number(own?.x), 'straggler').uuid(),
        ticketId: ticket.model,
        userId: null,
        staffId: author.model,
        text: 'late',
        internal: true,
        createdAt: writer.clock(),
        clientId: null,
        mentions: [],
      });
  });
  straggler = {
    xid: own?.x ?? '0',
    async end() {
      straggler = null;
      await client.query(
        'insert into support_messages (ticket_id, staff_id, message, is_internal) select id, $2, $3, true from support_tickets where id = $1',
        [ticket.real, author.real, 'late'],
      );
      await client.query('commit');
      client.release();
      tx.end();
    },
  };
}

/** Of a cursor of the real server: where its reader stands. */
function modeOf(cursor: Pair<string> | null): string | undefined {
  if (!cursor) return undefined;
  const { position } = JSON.parse(unseal(settings, cursor.real)) as { position: { mode: string } };
  return position.mode;
}

const signIn = (person: Person): Request => ({
  who: null,
  method: 'POST',
  path: same('/auth/login'),
  body: same({ email: person.email, password: testPassword }),
});

const texts = [
  'ok',
  'hello there',
  'a longer message with ümläuts and\nlines',
  '   ',
  '',
  'x'.repeat(150),
  '日本語のメッセージです',
  'with a NUL \u0000 inside',
];
/** Some of these fill a page of the feed, so that conversations are cut. */
const longTexts = ['\u65e5'.repeat(95_000), '\u0001'.repeat(99_000), '"x\n'.repeat(30_000)];
const unknownTicket = same('00000000-0000-4000-8000-000000000000');

test(
  `${requests} random requests over the routes of the desk get the same answers from the model and from the API on PostgreSQL`,
  { timeout: 300_000 },
  async () => {
    const chance = createChance(seed, 'requests');
    const people = [
      await addPerson('customer', 'Dana Okafor'),
      await addPerson('customer', 'Omar Haddad'),
      await addPerson('staff', 'Alex Kim'),
      await addPerson('staff', 'Jonas Weber'),
      await addPerson('admin', 'Maya Ruiz'),
    ];
    const tickets: Pair<string>[] = [];
    const keys: { key: string; request: Request }[] = [];
    const compare = createComparison();
    for (const person of people) {
      compare.ids(person.id);
      tokens(person, await send(signIn(person)));
    }
    const counts = new Map<string, number>();
    for (let n = 0; n < requests; n += 1) {
      const what = await step(n);
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
    await straggler?.end();
    for (const person of people) await wholeFeed(person);
    console.log(
      `differential: ${compare.count()} answers compared, ${[...counts].map(([what, count]) => `${what} ${count}`).join(', ')}`,
    );
    expect(compare.count()).toBeGreaterThan(2_000);

    async function both(what: string, request: Request): Promise<Answers> {
      const answers = await send(request);
      const where = `${what}: ${request.method} ${request.path.real} ${JSON.stringify(request.body?.real)} as ${request.who?.email ?? 'nobody'}`;
      expect(
        answers.status.model,
        `${where}: real ${JSON.stringify(answers.body.real)} model ${JSON.stringify(answers.body.model)}`,
      ).toBe(answers.status.real);
      expect(compare.bodies(answers.body), where).toEqual([]);
      return answers;
    }

    async function step(n: number): Promise<string> {
      const who = chance.pick(people);
      if (straggler && chance.flip(0.15)) {
        await straggler.end();
        return 'straggler ends';
      }
      if (!straggler && tickets.length > 0 && chance.flip(0.04)) {
        await beginStraggler(chance.pick(tickets), chance.pick(people.slice(2)).id);
        return 'straggler begins';
      }
      const roll = chance.random();
      if (roll < 0.07) return auth(who, chance);
      if (roll < 0.1) return changeUser(chance);
      if (roll < 0.25) return read(who, chance);
      if (roll < 0.4) return follow(who, chance);
      return write(who, chance, n);
    }

    async function auth(who: Person, c: Chance): Promise<string> {
      switch (c.between(0, 6)) {
        case 0:
          await passSeconds(c.pick([5, 30, 61, 300, 601]));
          return 'time';
        case 1:
          tokens(who, await both('login', signIn(who)));
          return 'login';
        case 2:
          await both('wrong login', {
            ...signIn(who),
            body: same({ email: who.email, password: 'wrong' }),
          });
          return 'wrong login';
        case 3:
        case 4:
          tokens(
            who,
            await both('refresh', {
              who: null,
              method: 'POST',
              path: same('/auth/refresh'),
              body: {
                real: { refresh_token: who.refresh.real },
                model: { refresh_token: who.refresh.model },
              },
            }),
          );
          return 'refresh';
        // An answer that was lost: the same token once more, within or after the time of grace.
        case 5: {
          const body = {
            real: { refresh_token: who.refresh.real },
            model: { refresh_token: who.refresh.model },
          };
          await both('refresh', { who: null, method: 'POST', path: same('/auth/refresh'), body });
          await passSeconds(c.pick([1, 59, 62]));
          tokens(
            who,
            await both('refresh again', {
              who: null,
              method: 'POST',
              path: same('/auth/refresh'),
              body,
            }),
          );
          return 'refresh again';
        }
        default:
          await both('logout', { who, method: 'POST', path: same('/auth/logout') });
          return 'logout';
      }
    }

    async function changeUser(c: Chance): Promise<string> {
      const person = c.pick(people.slice(2));
      const row = model.state().users.get(person.id.model);
      if (!row) throw new Error('nobody');
      if (c.flip(0.5)) {
        const name = `Name ${c.between(1, 99)} ${person.email}`;
        await api.pool.query('update users set full_name = $2 where id = $1', [
          person.id.real,
          name,
        ]);
        model.write((tx) => {
          tx.updateUser(row, { name });
        });
        return 'rename';
      }
      const role =
        row.role === 'customer'
          ? ('staff' as const)
          : c.pick(['customer', 'staff', 'admin'] as const);
      await api.pool.query('update users set role = $2 where id = $1', [person.id.real, role]);
      model.write((tx) => {
        tx.updateUser(row, { role });
      });
      return 'role';
    }

    async function read(who: Person, c: Chance): Promise<string> {
      const ticket = tickets.length > 0 && c.flip(0.95) ? c.pick(tickets) : unknownTicket;
      const path = (suffix: string): Pair<string> => ({
        real: `/support/tickets/${ticket.real}${suffix}`,
        model: `/support/tickets/${ticket.model}${suffix}`,
      });
      const choices: [string, Pair<string>][] = [
        ['me', same('/auth/me')],
        ['staff', same('/support/staff')],
        ['ticket', path('')],
        ['messages', path('/messages')],
        ['list', same(`/support/tickets?limit=${c.pick([1, 5, 500])}`)],
        ['newest', path(`/messages?order=desc&limit=${c.pick([1, 3, 500])}`)],
        ['thread in parts', path(`?limit=${c.pick([1, 2, 7])}`)],
        ['forged list cursor', path('/messages?cursor=made.up')],
        ['list', same(`/support/tickets?status=${c.pick([...ticketStatuses, 'nonsense'])}`)],
        ['bad id', same('/support/tickets/not-a-uuid')],
        ['bad limit', same('/support/sync?limit=0')],
        ['bad cursor', same('/support/sync?cursor=made.up')],
        ['nobody', same('/auth/me')],
      ];
      const [what, where] = c.pick(choices);
      let answers = await both(what, {
        who: what === 'nobody' ? null : who,
        method: 'GET',
        path: where,
      });
      for (let n = 0; n < 3; n += 1) {
        const [real, own] = [answers.body.real, answers.body.model] as { next_cursor?: string }[];
        // Each side has its own cursor, and the same rows behind it.
        expect(own?.next_cursor === undefined, what).toBe(real?.next_cursor === undefined);
        if (real?.next_cursor === undefined || own?.next_cursor === undefined) return what;
        const next = (from: string, cursor: string): string =>
          `${from}${from.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
        answers = await both(`${what}, behind that`, {
          who,
          method: 'GET',
          path: {
            real: next(where.real, real.next_cursor),
            model: next(where.model, own.next_cursor),
          },
        });
      }
      return what;
    }

    /** One page of a reader's feed; a cursor that is refused is given up, as the desk does. */
    async function follow(who: Person, c: Chance): Promise<string> {
      const limit = c.pick([1, 3, 20, 200]);
      await page(who, limit);
      return 'sync';
    }

    async function page(who: Person, wanted: number): Promise<boolean> {
      const limit = who.wholePage || modeOf(who.cursor) === 'moved' ? 1_000 : wanted;
      await horizonPasses();
      const query = (cursor: string | undefined): string =>
        `/support/sync?limit=${limit}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const answers = await both('sync', {
        who,
        method: 'GET',
        path: { real: query(who.cursor?.real), model: query(who.cursor?.model) },
      });
      if (answers.status.real !== 200) {
        if (answers.status.real !== 401) who.cursor = null;
        return false;
      }
      const [real, own] = [answers.body.real, answers.body.model] as SyncPage[];
      if (!real?.has_more) who.wholePage = false;
      who.cursor = { real: real?.next_cursor ?? '', model: own?.next_cursor ?? '' };
      return real?.has_more ?? false;
    }

    /** From no cursor to the end, on both sides, and what was pulled compared as a whole. */
    async function wholeFeed(who: Person): Promise<void> {
      tokens(who, await both('login', signIn(who)));
      who.cursor = null;
      for (let i = 0; i < 2_000; i += 1) if (!(await page(who, 7))) return;
      throw new Error('the feed does not end');
    }

    async function write(who: Person, c: Chance, n: number): Promise<string> {
      if (keys.length > 0 && c.flip(0.12)) {
        const { key, request } = c.pick(keys.slice(-30));
        const changed =
          c.flip(0.3) && request.body !== undefined
            ? { ...request, body: same({ message: 'another text altogether' }) }
            : request;
        await both('key again', { ...changed, key });
        return 'key again';
      }
      const key = c.flip(0.8) ? (c.flip(0.97) ? `key-${n}` : 'bad key') : undefined;
      const made = writing(c);
      if (made === null) return deleteTicket(c);
      const request: Request = { who, ...made.request, ...(key === undefined ? {} : { key }) };
      const answers = await both(made.what, request);
      if (key !== undefined) keys.push({ key, request });
      if (made.what === 'open' && answers.status.real === 200) {
        const [real, own] = [answers.body.real, answers.body.model] as { id: string }[];
        tickets.push({ real: real?.id ?? '', model: own?.id ?? '' });
      }
      return made.what;
    }

    /** By hand, as no route does it. */
    async function deleteTicket(c: Chance): Promise<string> {
      const ticket = c.pick(tickets);
      const row = model.state().tickets.get(ticket.model);
      if (!row || tickets.length < 8) return 'nothing';
      tickets.splice(tickets.indexOf(ticket), 1);
      await api.pool.query('delete from support_tickets where id = $1', [ticket.real]);
      model.write((tx) => {
        tx.deleteTicket(row);
      });
      for (const person of people) person.wholePage = true;
      return 'delete';
    }

    function writing(c: Chance): { what: string; request: Omit<Request, 'who' | 'key'> } | null {
      const roll = c.random();
      if (tickets.length === 0 || roll < 0.15) {
        return {
          what: 'open',
          request: {
            method: 'POST',
            path: same('/support/tickets'),
            body: same({
              subject: c.pick(['Withdrawal missing', 'abc', `Subject ${c.between(1, 999)}`]),
              category: c.pick([...ticketCategories, 'nonsense']),
              message: c.pick([
                ...texts,
                'A first message that is long enough.',
                'Another first message, long enough.',
              ]),
            }),
          },
        };
      }
      const ticket = c.flip(0.97) ? c.pick(tickets.slice(-12)) : unknownTicket;
      const path = (suffix: string): Pair<string> => ({
        real: `/support/tickets/${ticket.real}${suffix}`,
        model: `/support/tickets/${ticket.model}${suffix}`,
      });
      if (roll < 0.4)
        return {
          what: 'message',
          request: {
            method: 'POST',
            path: path('/messages'),
            body: same({ message: c.pick(c.flip(0.03) ? longTexts : texts) }),
          },
        };
      if (roll < 0.55)
        return {
          what: 'note',
          request: {
            method: 'POST',
            path: path('/notes'),
            body: same({
              message: c.pick(c.flip(0.03) ? longTexts : texts),
              ...(c.flip(0.3) ? { mentions: [] } : {}),
            }),
          },
        };
      if (roll < 0.65) return { what: 'close', request: { method: 'POST', path: path('/close') } };
      if (roll < 0.73)
        return { what: 'reopen', request: { method: 'POST', path: path('/reopen') } };
      if (roll < 0.97)
        return { what: 'change', request: { method: 'PATCH', path: path(''), body: changing(c) } };
      return null;
    }

    function changing(c: Chance): Pair<unknown> {
      const assignee = c.pick(people);
      const change: Record<string, unknown> = c.pick([
        { status: c.pick(ticketStatuses) },
        { priority: c.pick([...ticketPriorities, 'nonsense']) },
        { tags: { add: [c.pick(['vip', 'bug', 'again'])], remove: [c.pick(['vip', 'bug', ''])] } },
        { assignee_id: c.pick([assignee.id.real, null]) },
        { subject: c.pick(['A better subject', 'no']) },
        { snoozed_until: c.pick([null, '2027-01-01T09:00:00Z', 'tomorrow']) },
        { status: c.pick(ticketStatuses), category: c.pick(ticketCategories) },
        {},
      ]);
      const real = {
        ...change,
        ...(c.flip(0.5)
          ? {
              base: {
                status: c.pick(ticketStatuses),
                priority: c.pick(ticketPriorities),
                assignee_id: c.pick([assignee.id.real, null]),
              },
            }
          : {}),
      };
      const modelled: unknown = JSON.parse(
        JSON.stringify(real).replaceAll(assignee.id.real, assignee.id.model),
      );
      return { real, model: modelled };
    }
  },
);
