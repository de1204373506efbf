import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Message, Ticket } from '../../../../../src/contract/wire/entities.ts';
import { meets } from '../../../../../src/core/search-match.ts';
import { parseSearch } from '../../../../../src/core/search-query.ts';
import { matchOf } from '../../../../../src/core/search-text.ts';
import { rememberAccount } from '../../../../../src/main/desk/areas/session/accounts.ts';
import { openCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import { indexWaiting } from '../../../../../src/main/desk/areas/search/search-index.ts';
import { writeMeta } from '../../../../../src/main/desk/sqlite/meta.ts';
import { openOutbox } from '../../../../../src/main/desk/sqlite/outbox-file.ts';
import {
  messagesWithSql,
  ticketsWhere,
  ticketsWhereSql,
} from '../../../../../src/main/desk/areas/search/search-table.ts';
import { getTicket } from '../../../../../src/main/desk/areas/tickets/tickets-table.ts';
import { applyPage } from '../../../../../src/main/desk/feed/apply-page.ts';
import { adoptLevel } from '../../../../../src/main/desk/feed/servers/known.ts';
import { openTestDesk, tempDir, type TestDesk } from '../../../../helpers/desk.ts';

/** Nobody listens there: everything is asked of the cache. */
const server = 'http://127.0.0.1:9';
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [maya, alex] = [id(901), id(902)];
const hours = (n: number): string => new Date(Date.now() - n * 3_600_000).toISOString();

interface Seed extends Partial<Omit<Ticket, 'id' | 'requester'>> {
  from?: string;
  age?: number;
  said?: (string | { note?: string; by?: string; reply?: string })[];
}

/**
 * Ticket n was last active n hours ago, if its `age` is not another; its messages are a minute
 * apart before that.
 */
function page(seeds: readonly Seed[]): { tickets: Ticket[]; messages: Message[] } {
  const tickets: Ticket[] = [];
  const messages: Message[] = [];
  for (const [i, { from = 'Dana Okafor', said = [], age = i + 1, ...fields }] of seeds.entries()) {
    const n = i + 1;
    const email = `${from.split(' ')[0]?.toLowerCase() ?? ''}@customer.test`;
    tickets.push({
      id: id(n),
      subject: `Ticket ${n}`,
      category: 'other',
      priority: 'low',
      status: 'open',
      created_at: hours(age + 1),
      updated_at: hours(age),
      resolved_at: null,
      last_message_at: hours(age),
      requester: { id: id(800 + from.length), name: from, email },
      assignee_id: null,
      tags: [],
      snoozed_until: null,
      version: 1,
      message_count: said.length,
      last_message: null,
      ...fields,
    });
    for (const [m, one] of said.entries()) {
      const { note, reply, by = maya } = typeof one === 'string' ? {} : one;
      const staff = note !== undefined || reply !== undefined;
      messages.push({
        id: id(10_000 + n * 100 + m),
        ticket_id: id(n),
        user_id: staff ? null : id(800),
        staff_id: staff ? by : null,
        message: typeof one === 'string' ? one : (note ?? reply ?? ''),
        is_internal: note !== undefined,
        is_staff: staff,
        created_at: hours(age + (said.length - m) / 60),
        author_name: staff ? 'Staff' : from,
        client_id: null,
        mentions: [],
      });
    }
  }
  return { tickets, messages };
}

const seeds: Seed[] = [
  {
    subject: 'Refund of a card payment',
    said: [
      'The refund is late',
      'refund, please',
      'any refund?',
      { reply: 'The refund has left us' },
    ],
    status: 'waiting',
    priority: 'urgent',
    category: 'billing',
    assignee_id: maya,
    tags: ['Refund', 'bank-trace'],
  },
  {
    subject: 'Überweisung nach Zürich',
    from: 'Zoë Müller',
    said: ['Wo ist die Überweisung?', { note: 'Bank says it is a refund', by: alex }],
    assignee_id: alex,
    status: 'in_progress',
  },
  {
    subject: 'Password',
    from: 'Omar Haddad',
    said: ['No mail comes', { reply: 'Which bank sends them?', by: alex }],
    status: 'closed',
    resolved_at: hours(3),
    tags: ['login'],
  },
  {
    subject: '出金について',
    from: '田中 太郎',
    said: ['出金がまだ届いていません。CSV も見ました。'],
    snoozed_until: new Date(Date.now() + 86_400_000).toISOString(),
  },
  { subject: 'ถอนเงินไม่ได้', said: ['ฉันถอนเงินไม่ได้เลย'], priority: 'high' },
  { subject: 'Old one', said: ['An old refund of the bank'], age: 24 * 400 },
];

let home: ReturnType<typeof tempDir>;
let desk: TestDesk;

function fill(dir: string): void {
  const { db } = openCache(join(dir, 'cache.db'));
  adoptLevel(db, {
    level: 2,
    features: ['notes', 'patch', 'reopen', 'idempotency', 'sync', 'events', 'staff'],
  });
  writeMeta(db, 'owner', `${server} ${maya}`);
  const people = [
    [maya, 'Maya Ruiz'],
    [alex, 'Alex Kim'],
  ] as const;
  const staff = people.map(([who, name]) => ({
    id: who,
    name,
    email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@staffdesk.test`,
    role: 'staff',
    is_active: true,
  }));
  applyPage(
    db,
    { ...page(seeds), staff, macros: [], removed: [], next_cursor: 'c', has_more: false },
    maya,
    () => Number.MAX_SAFE_INTEGER,
  );
  db.close();
  const outbox = openOutbox(join(dir, 'outbox.db')).db;
  rememberAccount(
    outbox,
    { id: maya, email: 'maya@staffdesk.test', name: 'Maya Ruiz', role: 'staff' },
    server,
  );
  outbox.close();
}

function open(): void {
  home = tempDir();
  fill(home.dir);
  desk = openTestDesk(home.dir, server);
}
async function close(): Promise<void> {
  await desk.desk.close();
  home.remove();
}

const search = (query: string) => desk.call('search.query', { query, limit: 50 });
const found = async (query: string): Promise<number[]> =>
  (await search(query)).hits.map(({ row }) => Number(row.id.slice(-12)));

describe('a search finds', () => {
  beforeAll(open);
  afterAll(close);

  test.each<[string, number[]]>([
    ['refund', [1, 2, 6]],
    ['refund b', [1, 2, 6]],
    ['refund b ', []],
    ['status:waiting x', [1]],
    ['"x" status:waiting', []],
    ['refund 出', []],
    ['refu ban', [1, 2, 6]],
    ['"card payment"', [1]],
    ['"payment card"', []],
    ['uberweisung', [2]],
    ['zurich', [2]],
    ['ZOE', [2]],
    ['bank-trace', [1]],
    ['refund -bank', []],
    ['refund -says', [1, 6]],
    ['-refund status:open', [4, 5]],
    ['出金', [4]],
    ['届いて', [4]],
    ['出', [4]],
    ['出金 csv', [4]],
    ['出金 xyz', []],
    ['太郎', [4]],
    ['ถอนเงิน', [5]],
    ['届て', []],
    ['from:dana', [1, 5, 6]],
    ['from:"dana okafor" refund', [1, 6]],
    ['from:zoe@customer', [2]],
    ['from:me', [1]],
    ['from:alex', [2, 3]],
    ['from:alex bank', [2, 3]],
    ['from:me refund', [1]],
    ['-from:dana', [2, 3, 4]],
    ['assignee:me', [1]],
    ['assignee:none is:open', [4, 5, 6]],
    ['assignee:alex refund', [2]],
    ['status:waiting', [1]],
    ['status:waiting,in_progress', [1, 2]],
    ['status:closed', [3]],
    ['priority:urgent', [1]],
    ['priority:high priority:urgent', [1, 5]],
    ['category:billing', [1]],
    ['password status:closed', [3]],
    ['password status:open', []],
    ['zurich assignee:alex', [2]],
    ['zurich assignee:me', []],
    ['old is:open', [6]],
    ['tag:refund', [1]],
    ['tag:REFUND refund', [1]],
    ['tag:ref', []],
    ['-tag:refund refund', [2, 6]],
    ['before:30d', [6]],
    ['after:30d refund', [1, 2]],
    ['before:30d refund', [6]],
    ['is:snoozed', [4]],
    ['is:closed', [3]],
    ['is:open refund', [1, 2, 6]],
    ['has:note', [2]],
    ['has:note refund', [2]],
    ['-has:note refund', [1, 6]],
    ['', []],
    ['   ', []],
    ['"', []],
    ['* OR *', []],
    ["'; drop table tickets", []],
    ['NEAR(refund bank)', []],
    ['{subject} : refund', []],
  ])('%s', async (query, expected) => {
    expect((await found(query)).toSorted((a, b) => a - b)).toEqual(expected);
  });

  test('newest first, one hit a ticket with its newest message, and how many more there are', async () => {
    const { hits } = await search('refund');
    expect(
      hits.map(({ row, more, message_id }) => [
        Number(row.id.slice(-12)),
        more,
        Number(message_id?.slice(-4)),
      ]),
    ).toEqual([
      [1, 3, 103],
      [2, 0, 201],
      [6, 0, 600],
    ]);
    expect(hits[0]?.snippet).toBe('The \u0001refund\u0002 has left us');
    expect(hits[0]?.at).toBeGreaterThan(hits[1]?.at ?? 0);
  });

  test('a match of the ticket itself, shown with its tags as words', async () => {
    expect((await search('trace')).hits).toMatchObject([
      { message_id: null, snippet: 'Refund, bank-\u0001trace\u0002' },
    ]);
    // A subject is marked in its own place; below it stands what was said last.
    const [password] = (await search('password')).hits;
    expect(password).toMatchObject({ message_id: null, snippet: password?.row.preview });
  });

  test('and tells which values it could not use, leaving those out', async () => {
    const { hits, problems } = await search('refund status:done after:soon assignee:someone');
    expect(problems).toEqual([
      { operator: 'status', value: 'done' },
      { operator: 'after', value: 'soon' },
      { operator: 'assignee', value: 'someone' },
    ]);
    expect(hits).toHaveLength(3);
  });
});

describe('where nothing is found, a search offers', () => {
  beforeAll(open);
  afterAll(close);
  const steps = async (query: string): Promise<string[]> =>
    (await desk.call('search.query', { query, limit: 50, steps: true })).steps.map(
      (step) => `${step.kind} ${step.query}`,
    );

  test.each<[string, string[]]>([
    ['passwrd', ['spelling password']],
    ['pasword mail', ['any pasword OR mail']],
    ['Überweisungs', ['spelling Überweisung']],
    ['uberwiesung', ['spelling Überweisung']],
    ['refnud status:waiting', ['spelling refund status:waiting']],
    ['erfund', ['spelling refund']],
    ['refnud bnak', ['spelling refund bank']],
    ['refnud pasword', []],
    // Neither a number nor the value of an operator is taken for a slip.
    ['refnud 4711', []],
    ['from:dnaa refund', []],
    ['tag:refnud', ['value tag:Refund']],
    ['card tag:bank-trcae', ['value card tag:bank-trace']],
    ['xyzzy tag:refund', []],
    ['xyzzy status:clsoed', ['value xyzzy status:closed']],
    ['refnud bnak is:opn', ['spelling refund bank is:opn', 'value refnud bnak is:open']],
    ['refund mail', ['any refund OR mail']],
    ['password card status:closed', ['any password OR card status:closed']],
    [
      'refund mail status:nothing',
      [
        ...['open', 'in-progress', 'waiting', 'resolved', 'closed'].map(
          (value) => `value refund mail status:${value}`,
        ),
        'any refund OR mail status:nothing',
      ],
    ],
    ['"no such words"', []],
    ['xyzzy', []],
    ['refund', []],
    ['出金 refund', ['any 出金 OR refund']],
  ])('%s: %j', async (query, expected) => {
    expect(await steps(query)).toEqual(expected);
  });

  test('what any of the words has, and each step finds something', async () => {
    expect((await found('refund OR mail')).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 6]);
    expect((await found('出金 OR card')).toSorted((a, b) => a - b)).toEqual([1, 4]);
    expect(await found('password OR card status:closed')).toEqual([3]);
    expect((await desk.call('search.query', { query: 'passwrd', limit: 50 })).steps).toEqual([]);
  });
});

describe('on a desk that changes', () => {
  beforeEach(open);
  afterEach(close);

  test('a search finds what the agent has changed and not sent yet, as it shows', async () => {
    await desk.call('triage.close', { ticket_id: id(1) });
    await desk.call('triage.change', {
      ticket_id: id(5),
      change: { tags: { add: ['refund'], remove: [] } },
    });
    await desk.call('triage.change', { ticket_id: id(2), change: { assignee_id: maya } });
    expect(await found('status:waiting')).toEqual([]);
    expect(await found('status:closed')).toEqual([1, 3]);
    expect(await found('tag:refund')).toEqual([1, 5]);
    expect(await found('assignee:me refund')).toEqual([1, 2]);
    // However many have been closed since, they take no place of those that are found.
    expect(
      (await desk.call('search.query', { query: 'is:open', limit: 1 })).hits.map(
        ({ row }) => row.id,
      ),
    ).toEqual([id(2)]);
  });

  test('tags are one in every spelling: on the ticket, in the list of tags, in a filter and in a change', async () => {
    const { db } = openCache(join(home.dir, 'cache.db'));
    const more = page([
      ...seeds,
      { tags: ['refund', 'Ka\u0308ufer'] },
      { tags: ['REFUND', 'Refund', 'K\u00E4ufer', 'k\u00E4ufer', 'KA\u0308UFER'] },
    ]);
    applyPage(
      db,
      {
        tickets: more.tickets.slice(6),
        messages: [],
        staff: [],
        macros: [],
        removed: [],
        next_cursor: 'd',
        has_more: false,
      },
      maya,
      () => Number.MAX_SAFE_INTEGER,
    );
    db.close();
    const tagsOf = async (n: number) =>
      (await desk.call('thread.get', { ticket_id: id(n), before: null, limit: 1 })).ticket.tags;
    expect(await tagsOf(8)).toEqual(['REFUND', 'K\u00E4ufer']);
    expect(
      (await desk.call('tags.list', {})).map(({ tag }) => tag.normalize().toLowerCase()),
    ).toEqual(['refund', 'k\u00E4ufer', 'bank-trace', 'login']);
    for (const tag of ['refund', 'REFUND']) {
      const { rows, total } = await desk.call('tickets.list', {
        view: 'all',
        filter: { tag: [tag] },
        after: null,
        limit: 10,
      });
      expect([rows.map((row) => Number(row.id.slice(-12))).toSorted(), total]).toEqual([
        [1, 7, 8],
        3,
      ]);
    }
    expect((await found('tag:KÄUFER')).toSorted()).toEqual([7, 8]);
    await desk.call('triage.change', {
      ticket_id: id(8),
      change: { tags: { add: ['refund', 'kaufer', 'new'], remove: [] } },
    });
    expect(await tagsOf(8)).toEqual(['REFUND', 'K\u00E4ufer', 'new']);
    await desk.call('triage.change', {
      ticket_id: id(8),
      change: { tags: { add: [], remove: ['Refund'] } },
    });
    expect([await tagsOf(8), (await found('tag:refund')).toSorted()]).toEqual([
      ['K\u00E4ufer', 'new'],
      [1, 7],
    ]);
  });

  test('a search finds what the agent has written and what has not gone out', async () => {
    await desk.call('compose.send', {
      ticket_id: id(5),
      kind: 'reply',
      text: 'The mail server was reset.',
    });
    const { operation_id: noted } = await desk.call('compose.send', {
      ticket_id: id(1),
      kind: 'note',
      text: 'Refund: bank called',
    });
    expect((await search('reset')).hits).toMatchObject([
      { row: { id: id(5) }, snippet: '…server was \u0001reset\u0002.', more: 0 },
    ]);
    // With the messages of the server, and as the newest of them.
    expect((await search('refund')).hits[0]).toMatchObject({
      row: { id: id(1) },
      message_id: noted,
      more: 4,
    });
    for (const query of ['from:me reset', 'has:note bank', 'priority:high mail', 'after:1d reset'])
      expect((await found(query))[0], query).toBe(query.includes('bank') ? 1 : 5);
    for (const query of [
      'from:alex reset',
      'reset -mail',
      'status:closed reset',
      'before:1d reset',
      'is:unread reset',
      'has:note reset',
    ])
      expect(await found(query), query).toEqual([]);
  });

  test('a search finds tickets with a draft, and unread ones', async () => {
    await desk.call('draft.save', { ticket_id: id(3), kind: 'reply', text: 'half a' });
    expect(await found('has:draft')).toEqual([3]);
    expect(await found('has:draft password')).toEqual([3]);
    expect(await found('is:unread')).toEqual([]);
  });

  test('searches that led somewhere are remembered for this account, newest first, each once', async () => {
    for (const query of ['a', 'b', 'a', ...Array.from({ length: 8 }, (_, i) => `q${i}`)])
      await desk.call('search.remember', { query });
    expect((await desk.call('search.recent', {})).queries).toEqual([
      'q7',
      'q6',
      'q5',
      'q4',
      'q3',
      'q2',
      'q1',
      'q0',
    ]);
  });

  test('solved tickets about the same are offered, none of the same customer and none that is still open', async () => {
    const { db } = openCache(join(home.dir, 'cache.db'));
    const { tickets, messages } = page([
      ...seeds,
      {
        subject: 'Refund of card payment late',
        from: 'Li Wei',
        status: 'closed',
        said: ['My card payment was not refunded'],
      },
      { subject: 'Refund card payment', from: 'Ann', said: ['still open'] },
      { subject: 'Refund of a card payment', status: 'closed', said: ['own'] },
    ]);
    applyPage(
      db,
      {
        tickets: tickets.slice(6),
        messages: messages.filter((m) => tickets.slice(6).some((t) => t.id === m.ticket_id)),
        staff: [],
        macros: [],
        removed: [],
        next_cursor: 'd',
        has_more: false,
      },
      maya,
      () => Number.MAX_SAFE_INTEGER,
    );
    db.close();
    expect(
      (await desk.call('thread.similar', { ticket_id: id(1) })).tickets.map(({ id: one }) => one),
    ).toEqual([id(7)]);
  });

  test('a long thread opens with what is unread, or with the message that was found, and is otherwise a window', async () => {
    const { db } = openCache(join(home.dir, 'cache.db'));
    const long = page([
      ...seeds,
      { subject: 'Long', said: Array.from({ length: 99 }, (_, n) => `number ${n}`) },
    ]);
    applyPage(
      db,
      {
        tickets: long.tickets.slice(6),
        messages: long.messages.filter((m) => m.ticket_id === id(7)),
        staff: [],
        macros: [],
        removed: [],
        next_cursor: 'd',
        has_more: false,
      },
      maya,
      () => Number.MAX_SAFE_INTEGER,
    );
    db.close();
    const ask = async (reach?: string) =>
      (
        await desk.call('thread.get', {
          ticket_id: id(7),
          before: null,
          limit: 10,
          ...(reach === undefined ? {} : { reach }),
        })
      ).messages.map(({ text }) => text);
    expect(await ask()).toHaveLength(10);
    expect((await ask(id(10_740)))[0]).toBe('number 20');
    expect(await ask(id(10_795))).toHaveLength(24);
    // Nothing has been read on a desk whose mark lies a day back.
    expect((await ask('unread'))[0]).toBe('number 0');
    expect(await ask(id(10_100))).toHaveLength(10);
  });
});

describe('the search', () => {
  beforeAll(open);
  afterAll(close);

  const scope = {
    now: Date.now(),
    drafts: [],
    overlaid: [],
    spelled: (tag: string) => (tag === 'refund' ? ['Refund'] : [tag]),
  };
  const parse = (input: string) =>
    parseSearch(input, {
      now: scope.now,
      me: maya,
      staff: [{ id: alex, name: 'Alex Kim', email: 'alex@staffdesk.test' }],
    });

  test('reads words by their index, never all messages or all tickets, and sorts nothing', () => {
    const { db } = openCache(join(home.dir, 'cache.db'));
    const plan = (sql: string, values: object): string =>
      db
        .prepare<[object], { detail: string }>(`explain query plan ${sql}`)
        .all(values)
        .map(({ detail }) => detail)
        .join('\n');
    for (const input of [
      'refund',
      'refund bank -late',
      '出金',
      '出金 csv',
      'refund status:open assignee:none tag:x has:note is:unread',
      'from:alex refund',
      'refund after:7d before:2026-01-01',
    ]) {
      const { words, without, conditions } = parse(input);
      const { sql, bound } = messagesWithSql(
        matchOf(words, without),
        conditions,
        scope,
        input.includes('tag:') ? [id(1)] : null,
      );
      const text = plan(sql, bound.values);
      expect(text, input).toMatch(/^SCAN message_(search|parts) VIRTUAL TABLE INDEX \d+:/);
      expect(text, input).toContain('SEARCH m USING COVERING INDEX messages_place');
      expect(text, input).not.toMatch(/SCAN (m|t|whole)\b|TEMP B-TREE/);
    }
    // Fields alone are read from one index, in its order.
    for (const input of [
      'status:open',
      'assignee:alex is:snoozed',
      'priority:urgent before:7d',
      'has:note',
    ]) {
      const { sql, bound } = ticketsWhereSql(db, parse(input).conditions, scope);
      const text = plan(sql, bound.values);
      expect(text, input).toMatch(
        /SCAN t USING (COVERING )?INDEX tickets_searched|SEARCH t USING (COVERING )?INDEX tickets_searched/,
      );
      expect(text, input).not.toMatch(/TEMP B-TREE/);
    }
    db.close();
  });

  test('has the same conditions in SQL as in the rules over rows', () => {
    const { db } = openCache(join(home.dir, 'cache.db'));
    while (indexWaiting(db, 1_000) > 0);
    const all = seeds.map((_, i) => getTicket(db, id(i + 1))).filter((ticket) => ticket !== null);
    for (const input of [
      'status:open',
      'status:open,closed',
      '-status:open',
      'assignee:alex',
      'assignee:none',
      '-assignee:none',
      '-assignee:alex',
      'tag:refund',
      '-tag:refund',
      'is:snoozed',
      '-is:snoozed',
      'is:open',
      '-is:open',
      'is:closed',
      'priority:urgent,low',
      'category:billing',
      '-category:billing tag:login',
    ]) {
      const { conditions } = parse(input);
      const expected = all
        .filter((ticket) => meets(conditions, ticket, scope.now))
        .map((ticket) => ticket.id)
        .toSorted();
      expect(
        [...ticketsWhere(db, conditions, scope)].map((hit) => hit.ticket_id).toSorted(),
        input,
      ).toEqual(expected);
    }
    db.close();
  });
});
