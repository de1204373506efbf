import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type {
  CallInput,
  CallName,
  CallOutput,
  CallResult,
  LiveName,
  TicketRow,
} from '../../../src/contract/bridge.ts';
import type { Message, Ticket } from '../../../src/contract/wire/entities.ts';
import { openDesk, type Desk } from '../../../src/main/desk/desk.ts';
import { createMemorySecrets } from '../../../src/main/desk/areas/session/secrets.ts';
import { handleCall } from '../../../src/main/shell/bridge/handle.ts';
import { pick, seeded, type Random } from '../../../src/server/demo/random.ts';
import { tempDir } from '../../helpers/desk.ts';
import { createFakeClock, type FakeClock } from '../../helpers/fake-clock.ts';
import { fillDataFolder, maya, nowhere } from '../../helpers/filled-cache.ts';

const id = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
const dana = id(900);
const start = Date.UTC(2026, 10, 30, 9);
const at = (seconds: number): string =>
  new Date(start - 86_400_000 + seconds * 1_000).toISOString();
const count = 60;

const ticket = (n: number): Ticket => ({
  id: id(n),
  subject: `Ticket ${n}`,
  category: 'account',
  priority: 'medium',
  status: n % 5 === 0 ? 'waiting' : 'open',
  created_at: at(0),
  updated_at: at(0),
  resolved_at: null,
  last_message_at: at(n),
  requester: { id: n % 3 === 0 ? dana : id(900 + n), name: 'Dana', email: 'd@example.test' },
  assignee_id: n % 2 === 0 ? maya : null,
  tags: [],
  snoozed_until: null,
  version: 1,
  message_count: 1,
  last_message: { preview: 'p', is_staff: false },
});
const message = (n: number): Message => ({
  id: id(5_000 + n),
  ticket_id: id(n),
  user_id: dana,
  staff_id: null,
  message: `Where is parcel ${n}?`,
  is_internal: false,
  is_staff: false,
  created_at: at(n),
  author_name: 'Dana',
  client_id: null,
  mentions: [],
});

let home: ReturnType<typeof tempDir>;
let clock: FakeClock;
let desk: Desk;
beforeEach(() => {
  home = tempDir();
  const tickets = Array.from({ length: count }, (_, n) => ticket(n + 1));
  fillDataFolder(
    home.dir,
    tickets,
    tickets.map((_, n) => message(n + 1)),
  );
  clock = createFakeClock(start);
  desk = openDesk({
    dataDir: home.dir,
    server: nowhere,
    clock,
    random: seeded(1),
    secrets: createMemorySecrets(),
    standIn: null,
  });
});
afterEach(async () => {
  const closed = desk.close();
  // What waits for an answer from nowhere is given up.
  clock.advance(60_000);
  await closed;
  home.remove();
});

/**
 * A result as text, without what is no news: the seconds of an undo window, where an unread line
 * would stand, and rows that only their history keeps.
 */
function facts(result: unknown): string {
  return JSON.stringify(result, (key, value: unknown) => {
    if (key === 'kept' || key === 'read_through') return undefined;
    return key === 'held_ms' && value !== null ? 0 : value;
  });
}

interface Watching {
  name: LiveName;
  input: unknown;
  has: unknown;
}

/** A window on the desk: the live queries that were pushed to it, and those as they were before. */
function openWindow(name: string) {
  const watching = new Map<number, Watching>();
  const pushes: number[] = [];
  const again: string[] = [];
  let serial = 0;
  const end = desk.events.listen((event, payload, to) => {
    if (event !== 'live.changed' || to !== name) return;
    const { id: watch, result } = payload as { id: number; result: CallResult };
    const one = watching.get(watch);
    if (!one) throw new Error(`a push for ${watch}, which is over`);
    const value = result.ok ? result.value : result.error.code;
    if (facts(value) === facts(one.has)) again.push(one.name);
    one.has = value;
    pushes.push(watch);
  });
  async function call<N extends CallName>(what: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const result = await handleCall(desk, 'own window', what, input, name);
    if (!result.ok) throw new Error(result.error.code);
    return result.value as CallOutput<N>;
  }
  return {
    pushes,
    again,
    call,
    end,
    has: (watch: number) => watching.get(watch)?.has,
    all: () => [...watching.values()],
    async watch<N extends LiveName>(query: N, input: CallInput<N>, ended: number[] = []) {
      serial += 1;
      for (const one of ended) watching.delete(one);
      const one: Watching = { name: query, input, has: undefined };
      watching.set(serial, one);
      const mine = serial;
      one.has = await call('live.watch', { id: mine, name: query, input, ended });
      return mine;
    },
  };
}

/** Everything that is due is run. */
const settle = (): void => {
  clock.advance(100);
};
const newest = { after: null, limit: 20 };

describe('a live query', () => {
  test('is run again after a commit that touches it, and pushed where it differs, once', async () => {
    const window = openWindow('one');
    const list = await window.watch('tickets.list', { ...newest, view: 'mine' });
    const staff = await window.watch('staff.list', {});
    await window.call('triage.change', { ticket_id: id(60), change: { priority: 'urgent' } });
    expect(window.pushes).toEqual([]);
    settle();
    expect(window.pushes).toEqual([list]);
    const rows = (window.has(list) as { rows: TicketRow[] }).rows;
    expect(rows.find((row) => row.id === id(60))?.priority).toBe('urgent');
    settle();
    expect([window.pushes, window.has(staff)]).toEqual([[list], []]);
  });

  test('is pushed once for all that was committed before it was run', async () => {
    const window = openWindow('one');
    const counts = await window.watch('views.counts', {});
    for (const n of [2, 4, 6]) await window.call('triage.close', { ticket_id: id(n) });
    settle();
    expect(window.pushes).toEqual([counts]);
  });

  test('is pushed to the window that watches it, and no more once that has ended it or has gone', async () => {
    const [one, two] = [openWindow('one'), openWindow('two')];
    await one.watch('outbox.list', {});
    const list = await two.watch('outbox.list', {});
    await one.call('triage.close', { ticket_id: id(2) });
    settle();
    expect([one.pushes.length, two.pushes.length]).toEqual([1, 1]);
    const other = await two.watch('macros.list', {}, [list]);
    desk.live.left('one');
    await one.call('triage.close', { ticket_id: id(4) });
    settle();
    expect([one.pushes.length, two.pushes.length]).toEqual([1, 1]);
    await two.call('live.end', { ended: [other] });
  });

  test('of a thread is run for its own ticket only, where an operation or draft is all that there is', async () => {
    const window = openWindow('one');
    const other = openWindow('two');
    const thread = await window.watch('thread.get', { ticket_id: id(1), before: null, limit: 50 });
    await other.call('draft.save', { ticket_id: id(2), kind: 'reply', text: 'elsewhere' });
    settle();
    expect(window.pushes).toEqual([]);
    await other.call('draft.save', { ticket_id: id(1), kind: 'reply', text: 'here' });
    settle();
    expect(window.pushes).toEqual([thread]);
    expect(window.has(thread)).toMatchObject({ drafts: [{ text: 'here' }] });
  });

  test('that cannot be run is watched all the same', async () => {
    const window = openWindow('one');
    const nobody = id(999);
    await expect(
      window.watch('thread.get', { ticket_id: nobody, before: null, limit: 50 }),
    ).rejects.toThrow('ticket-not-found');
    await window.call('draft.save', { ticket_id: nobody, kind: 'reply', text: 'x' });
    settle();
    expect(window.pushes).toEqual([]);
  });

  test.each([
    ['a call that changes something', 'triage.close', { ticket_id: id(2) }],
    ['no call at all', 'toString', {}],
    ['an input that the call refuses', 'tickets.list', { view: 'mine' }],
  ])('is none: %s', async (_, name, input) => {
    const result = await handleCall(
      desk,
      'own window',
      'live.watch',
      { id: 1, name, input, ended: [] },
      'one',
    );
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });

  test('is one of at most 40 of a window', async () => {
    const window = openWindow('one');
    for (let n = 0; n < 40; n += 1) await window.watch('macros.list', {});
    await expect(window.watch('macros.list', {})).rejects.toThrow('invalid-input');
    await window.call('live.watch', { id: 99, name: 'macros.list', input: {}, ended: 'all' });
  });

  test('without a window that can be told is a call', async () => {
    const input = { id: 1, name: 'macros.list', input: {}, ended: 'all' };
    const result = await handleCall(desk, 'own window', 'live.watch', input);
    expect(result).toMatchObject({ ok: true, value: [] });
  });
});

describe('a draft that is saved', () => {
  test('is no news to the window that has saved it, but for the mark of its row', async () => {
    const [mine, other] = [openWindow('one'), openWindow('two')];
    for (const window of [mine, other]) {
      await window.watch('tickets.list', { ...newest, view: 'all' });
      await window.watch('thread.get', { ticket_id: id(60), before: null, limit: 50 });
    }
    await mine.call('draft.save', { ticket_id: id(60), kind: 'reply', text: 'D' });
    settle();
    expect(mine.pushes).toEqual([1, 2]);
    for (const text of ['De', 'Dear']) {
      await mine.call('draft.save', { ticket_id: id(60), kind: 'reply', text });
      settle();
    }
    expect([mine.pushes, other.pushes]).toEqual([
      [1, 2],
      [1, 2, 2, 2],
    ]);
  });

  test('in another window is news also where both save before it is run', async () => {
    const [mine, other] = [openWindow('one'), openWindow('two')];
    const thread = { ticket_id: id(60), before: null, limit: 50 };
    await mine.call('draft.save', { ticket_id: id(60), kind: 'reply', text: 'mine' });
    const watch = await mine.watch('thread.get', thread);
    await mine.call('draft.save', { ticket_id: id(60), kind: 'reply', text: 'mine 2' });
    await other.call('draft.save', { ticket_id: id(60), kind: 'reply', text: 'other' });
    settle();
    expect(mine.has(watch)).toMatchObject({ drafts: [{ text: 'other' }] });
  });
});

describe('a watched list', () => {
  test('keeps the rows that have moved out of its stretch, as long as they are in the view', async () => {
    const window = openWindow('one');
    const list = await window.watch('tickets.list', {
      view: 'all',
      after: null,
      at: 20,
      limit: 10,
    });
    const before = window.has(list) as CallOutput<'tickets.list'>;
    const [first, second] = before.rows;
    if (!first || !second) throw new Error('no rows');
    clock.advance(3_600_000);
    await window.call('compose.send', { ticket_id: second.id, kind: 'reply', text: 'On it.' });
    settle();
    const after = window.has(list) as CallOutput<'tickets.list'>;
    expect(after.first).toBe(21);
    expect(after.rows.map((row) => row.id)).toEqual([
      first.id,
      ...before.rows.slice(2).map((row) => row.id),
      expect.any(String),
    ]);
    expect(after.kept.map((row) => row.id)).toEqual([second.id]);
  });
});

const words = ['Dear Dana', 'On it.', 'Thank you', ''];
type Act = (window: ReturnType<typeof openWindow>, random: Random) => Promise<unknown>;
const anyTicket = (random: Random): string => id(1 + Math.floor(random() * count));
const acts: Act[] = [
  ({ call }, random) =>
    call('draft.save', { ticket_id: anyTicket(random), kind: 'reply', text: pick(random, words) }),
  ({ call }, random) =>
    call('compose.send', { ticket_id: anyTicket(random), kind: 'reply', text: 'On it.' }),
  ({ call }, random) =>
    call('compose.send', { ticket_id: anyTicket(random), kind: 'note', text: 'Look.' }),
  ({ call }, random) => call('triage.close', { ticket_id: anyTicket(random) }),
  ({ call }, random) => call('triage.reopen', { ticket_id: anyTicket(random) }),
  ({ call }, random) =>
    call('triage.change', {
      ticket_id: anyTicket(random),
      change: { status: pick(random, ['open', 'waiting'] as const), assignee_id: maya },
    }),
  ({ call }, random) =>
    call('triage.change', {
      ticket_id: anyTicket(random),
      change: { snoozed_until: new Date(clock.now() + 86_400_000).toISOString() },
    }),
  ({ call }, random) => call('thread.markRead', { ticket_id: anyTicket(random) }),
  async ({ call }, random) => {
    const [first] = await call('outbox.list', {});
    if (first)
      await call(random() < 0.5 ? 'outbox.discard' : 'compose.takeBack', {
        operation_id: first.id,
      });
  },
  ({ call }, random) =>
    call('settings.set', {
      saved_views: [
        { id: id(800), name: 'Mine', query: { view: 'mine', filter: {}, sort: 'newest' } },
        ...(random() < 0.5
          ? [
              {
                id: id(801),
                name: 'All',
                query: { view: 'all' as const, filter: {}, sort: 'oldest' as const },
              },
            ]
          : []),
      ],
    }),
  async () => {
    clock.advance(5_000);
    return Promise.resolve();
  },
];

test.each([1, 2, 3])(
  'after any work in two windows each has what a fresh query returns, and nothing was pushed twice: seed %d',
  async (seed) => {
    const random = seeded(seed);
    const windows = [openWindow('one'), openWindow('two')];
    for (const window of windows) {
      await window.watch('views.counts', {});
      await window.watch('views.saved', {});
      for (const view of ['mine', 'open', 'drafts', 'snoozed'] as const)
        await window.watch('tickets.list', { view, ...newest });
      await window.watch('outbox.list', {});
      await window.watch('outbox.bin', {});
      await window.watch('search.query', { query: 'parcel is:unread', limit: 20 });
      for (const n of [3, 6, 7])
        await window.watch('thread.get', { ticket_id: id(n), before: null, limit: 50 });
    }
    const wrong: string[] = [];
    let worked = 0;
    for (let step = 0; step < 40; step += 1) {
      const window = pick(random, windows);
      // A command that does not fit the ticket changes nothing.
      const did = await pick(random, acts)(window, random).then(
        () => 1,
        () => 0,
      );
      worked += did;
      if (random() < 0.3) continue;
      settle();
      for (const { name, input, has } of windows.flatMap(({ all }) => all())) {
        const fresh = await handleCall(desk, 'own window', name, input);
        const value = fresh.ok ? fresh.value : fresh.error.code;
        // Drafts that this window has saved itself are not told to it.
        const own = name === 'thread.get' ? { drafts: (has as { drafts: unknown }).drafts } : {};
        const shown = name === 'thread.get' ? { ...(value as object), ...own } : value;
        if (facts(shown) !== facts(has))
          wrong.push(`step ${step}: ${name} ${JSON.stringify(input)}`);
      }
    }
    expect([wrong, windows.flatMap(({ again }) => again)]).toEqual([[], []]);
    expect(worked).toBeGreaterThan(15);
    expect(windows.every(({ pushes }) => pushes.length > 10)).toBe(true);
  },
);
