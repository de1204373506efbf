import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SyncPage } from '../../../../src/contract/wire/api.ts';
import type { Message, StaffMember, Ticket } from '../../../../src/contract/wire/entities.ts';
import { readThrough, setReadThrough } from '../../../../src/main/desk/areas/session/accounts.ts';
import { openCache } from '../../../../src/main/desk/sqlite/cache-file.ts';
import { threadWindow } from '../../../../src/main/desk/areas/tickets/messages.ts';
import { readMeta } from '../../../../src/main/desk/sqlite/meta.ts';
import { openOutbox } from '../../../../src/main/desk/sqlite/outbox-file.ts';
import { keepUnread } from '../../../../src/main/desk/areas/tickets/read-marks.ts';
import type { WriteDb } from '../../../../src/main/desk/sqlite/connection.ts';
import { listStaff } from '../../../../src/main/desk/areas/tickets/staff.ts';
import { partialThreads } from '../../../../src/main/desk/areas/tickets/threads-partial.ts';
import { getTicket } from '../../../../src/main/desk/areas/tickets/tickets-table.ts';
import {
  applyAnswer,
  applyCopyPage,
  applyOldAnswer,
  applyPage,
  type Slices,
} from '../../../../src/main/desk/feed/apply-page.ts';
import { beginSnapshot } from '../../../../src/main/desk/feed/generation.ts';
import { tempDir } from '../../../helpers/desk.ts';

let home: ReturnType<typeof tempDir>;
let cache: WriteDb;
beforeEach(() => {
  home = tempDir();
  cache = openCache(join(home.dir, 'cache.db')).db;
});
afterEach(() => {
  cache.close();
  home.remove();
});

const me = '00000000-0000-4000-8000-000000000001';
const id = '00000000-0000-4000-8000-00000000000a';
const alex: StaffMember = {
  id: me,
  name: 'Alex Kim',
  email: 'alex@example.test',
  role: 'staff',
  is_active: true,
};
const ticket = (change: Partial<Ticket>): Ticket => ({
  id,
  subject: 'Withdrawal has not arrived',
  category: 'funding',
  priority: 'medium',
  status: 'open',
  created_at: '2026-03-27T09:00:00.000000Z',
  updated_at: '2026-03-27T09:00:00.000000Z',
  resolved_at: null,
  last_message_at: '2026-03-27T09:00:00.000000Z',
  requester: { id: me, name: 'Dana Okafor', email: 'dana@example.test' },
  assignee_id: null,
  tags: [],
  snoozed_until: null,
  version: 3,
  message_count: 1,
  last_message: { preview: 'It has been three days.', is_staff: false },
  ...change,
});
const apply = (page: Partial<SyncPage>) =>
  applyPage(
    cache,
    {
      tickets: [],
      messages: [],
      staff: [],
      macros: [],
      removed: [],
      next_cursor: 'next',
      has_more: false,
      ...page,
    },
    me,
    () => 0,
  );

describe('a new full copy', () => {
  test('replaces a ticket also when the server has gone back to an older version of it', () => {
    apply({
      tickets: [
        ticket({
          status: 'closed',
          version: 9,
          last_message_at: '2026-03-27T11:00:00.000000Z',
          last_message: { preview: 'Done.', is_staff: true },
        }),
      ],
    });
    beginSnapshot(cache);
    apply({ tickets: [ticket({})] });
    expect(getTicket(cache, id)).toMatchObject({
      status: 'open',
      preview: 'It has been three days.',
      activity_at: Date.parse('2026-03-27T09:00:00Z'),
    });
  });

  test('within one copy an older version of a ticket never replaces a newer one', () => {
    apply({ tickets: [ticket({ status: 'closed', version: 9 })] });
    apply({ tickets: [ticket({})] });
    expect(getTicket(cache, id)?.status).toBe('closed');
  });

  test('that ends with the latest of a ticket which it left out as too old finds the hole, also where the rest was here before', () => {
    const said = (n: number): Message => ({
      id: `00000000-0000-4000-8000-00000000010${n}`,
      ticket_id: id,
      user_id: me,
      staff_id: null,
      author_name: 'Dana Okafor',
      message: `message ${n}`,
      is_internal: false,
      is_staff: false,
      created_at: `2026-03-27T09:0${n}:00.000000Z`,
      client_id: null,
      mentions: [],
    });
    apply({ tickets: [ticket({ message_count: 3 })], messages: [said(1), said(2), said(3)] });
    expect(partialThreads(cache)).toEqual([]);
    beginSnapshot(cache);
    apply({ has_more: true });
    apply({ tickets: [ticket({ message_count: 4, version: 4 })], messages: [said(4)] });
    expect(partialThreads(cache)).toEqual([id]);
    // Brought whole, it has none.
    beginSnapshot(cache);
    apply({
      tickets: [ticket({ message_count: 4, version: 4 })],
      messages: [said(1), said(2), said(3), said(4)],
    });
    expect(partialThreads(cache)).toEqual([]);
  });

  test('forgets the colleagues that it does not bring', () => {
    apply({ staff: [alex] });
    expect(listStaff(cache)).toHaveLength(1);
    beginSnapshot(cache);
    apply({});
    expect(listStaff(cache)).toEqual([]);
  });

  test('keeps the colleagues of its first page through the pages that follow', () => {
    beginSnapshot(cache);
    apply({ staff: [alex], has_more: true });
    apply({ tickets: [ticket({})] });
    expect(listStaff(cache)).toEqual([alex]);
  });
});

test('an answer that comes after the removal of its ticket does not bring the ticket back', () => {
  apply({ tickets: [ticket({})] });
  apply({ removed: [{ kind: 'ticket', id }] });
  applyAnswer(cache, { ticket: ticket({ version: 4 }) });
  expect(getTicket(cache, id)).toBeNull();
});

test('a late answer does not take back the count of a note that a page has brought', () => {
  apply({ tickets: [ticket({ message_count: 2 })] });
  applyAnswer(cache, { ticket: ticket({ message_count: 1 }) });
  expect(getTicket(cache, id)?.message_count).toBe(2);
});

describe('an answer that may be older than the full copy', () => {
  const note = (change: Partial<Message> = {}): Message => ({
    id: '00000000-0000-4000-8000-000000000301',
    ticket_id: id,
    user_id: null,
    staff_id: me,
    author_name: 'Alex Kim',
    message: 'Ours.',
    is_internal: true,
    is_staff: true,
    created_at: '2026-03-27T09:05:00.000000Z',
    client_id: null,
    mentions: [],
    ...change,
  });
  const texts = (): string[] => threadWindow(cache, id, null, 10).map(({ text }) => text);

  test('brings nothing that the copy lacks: it may have been removed before the copy', () => {
    apply({});
    applyOldAnswer(cache, { ticket: ticket({}), message: note() });
    expect([getTicket(cache, id), texts()]).toEqual([null, []]);
  });

  test('renews a ticket that the copy has, and takes it back to no earlier version', () => {
    apply({ tickets: [ticket({})] });
    applyOldAnswer(cache, { ticket: ticket({ version: 4, status: 'closed' }) });
    applyOldAnswer(cache, { ticket: ticket({ version: 2 }) });
    expect(getTicket(cache, id)?.status).toBe('closed');
  });

  test.each([
    ['and is taken away with its end where that does not bring it', [], []],
    ['and stays where that brings it', [note()], ['Ours.']],
  ])('is shown while a copy is under way, %s', (_, brought, left) => {
    apply({ tickets: [ticket({})] });
    beginSnapshot(cache);
    apply({ tickets: [ticket({})], has_more: true });
    applyOldAnswer(cache, { message: note() });
    expect(texts()).toEqual(['Ours.']);
    apply({ messages: brought });
    expect(texts()).toEqual(left);
  });

  test('does not move a message that a copy under way has brought in another ticket', () => {
    beginSnapshot(cache);
    apply({ tickets: [ticket({})], messages: [note()], has_more: true });
    applyOldAnswer(cache, { message: note({ ticket_id: me }) });
    expect(texts()).toEqual(['Ours.']);
  });
});

describe('a long page of a full copy', () => {
  const other = '00000000-0000-4000-8000-00000000000b';
  const message = (n: number, ticketId: string, fields: Partial<Message> = {}): Message => ({
    id: `00000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`,
    ticket_id: ticketId,
    user_id: me,
    staff_id: null,
    message: `Message ${n}`,
    is_internal: false,
    is_staff: false,
    created_at: `2026-03-27T09:00:${String(n).padStart(2, '0')}.000000Z`,
    author_name: 'Dana Okafor',
    client_id: null,
    mentions: [],
    ...fields,
  });
  const page: SyncPage = {
    tickets: [ticket({}), ticket({ id: other, created_at: '2026-03-27T08:00:00.000000Z' })],
    messages: [
      message(1, other),
      message(2, id),
      message(3, id, { is_staff: true, staff_id: me, user_id: null }),
      message(4, id),
      message(5, other, { is_internal: true }),
    ],
    staff: [alex],
    macros: [],
    removed: [],
    next_cursor: 'after',
    has_more: false,
  };
  /** Slices of `rows` rows, of which `before` are let through until the desk closes. */
  const slices = (rows: number, before = Number.POSITIVE_INFINITY): Slices => {
    let left = before;
    return {
      rows: () => rows,
      timed: (slice) => slice(),
      pause: () => {
        left -= 1;
        return Promise.resolve();
      },
      stopped: () => left <= 0,
    };
  };
  // But its name: each copy has one of its own.
  const tables = [
    'tickets',
    'messages',
    'unread',
    'staff',
    "meta where name != 'copy'",
    'messages_to_index',
    'tickets_to_index',
  ];
  const all = (): unknown[] =>
    tables.map((table) => cache.prepare(`select * from ${table} order by 1`).all());

  test('leaves what one transaction leaves, however it is cut', async () => {
    applyPage(cache, page, me, () => 0);
    const whole = all();
    for (const rows of [1, 2, 3]) {
      cache.close();
      cache = openCache(join(home.dir, `cache-${rows}.db`)).db;
      expect(await applyCopyPage(cache, page, me, () => 0, slices(rows))).toMatchObject({
        copied: true,
        snapshot: true,
        ticketIds: [id, other],
      });
      expect(all(), `${rows} rows`).toEqual(whole);
    }
  });

  test('that was cut keeps the old cursor, and comes again without a trace of the cut', async () => {
    applyPage(cache, page, me, () => 0);
    const whole = all();
    for (const done of [1, 2, 3, 4, 5, 6]) {
      cache.close();
      cache = openCache(join(home.dir, `cut-${done}.db`)).db;
      expect(await applyCopyPage(cache, page, me, () => 0, slices(1, done))).toBeNull();
      expect([readMeta(cache, 'cursor'), readMeta(cache, 'snapshot')]).toEqual([null, null]);
      expect(await applyCopyPage(cache, page, me, () => 0, slices(2))).toMatchObject({
        copied: true,
      });
      expect(all(), `${done} slices`).toEqual(whole);
    }
  });

  test('at the end of a new copy takes away what it did not contain, slice by slice', async () => {
    applyPage(cache, page, me, () => 0);
    beginSnapshot(cache);
    await applyCopyPage(
      cache,
      {
        ...page,
        tickets: page.tickets.slice(0, 1),
        messages: page.messages.filter((m) => m.ticket_id === id && m.id !== message(4, id).id),
      },
      me,
      () => 0,
      slices(1),
    );
    expect(getTicket(cache, other)).toBeNull();
    expect(threadWindow(cache, id, null, 10).map((m) => m.text)).toEqual([
      'Message 2',
      'Message 3',
    ]);
    expect(threadWindow(cache, other, null, 10)).toEqual([]);
  });

  test.each(['first', 'new'])(
    'what was answered before a %s copy began is not taken for a part of it',
    async (copy) => {
      if (copy === 'new') {
        applyPage(cache, page, me, () => 0);
        beginSnapshot(cache);
      }
      // The server is set back after them: the copy has only one of the two.
      applyAnswer(cache, {
        ticket: ticket({ version: 4 }),
        message: message(8, id, { is_staff: true, staff_id: me, user_id: null }),
      });
      applyAnswer(cache, {
        message: message(9, id, { is_staff: true, staff_id: me, user_id: null }),
      });
      await applyCopyPage(
        cache,
        {
          ...page,
          messages: [
            ...page.messages,
            message(9, id, { is_staff: true, staff_id: me, user_id: null }),
          ],
        },
        me,
        () => 0,
        slices(2),
      );
      expect(threadWindow(cache, id, null, 10).map((m) => m.text)).toEqual([
        'Message 2',
        'Message 3',
        'Message 4',
        'Message 9',
      ]);
      expect(getTicket(cache, id)).not.toBeNull();
      expect(readMeta(cache, 'unconfirmed')).toBeNull();
    },
  );

  test('an answer that comes between two slices is not taken back by the slices that follow', async () => {
    const between = slices(1);
    let pauses = 0;
    await applyCopyPage(cache, page, me, () => 0, {
      ...between,
      pause() {
        pauses += 1;
        if (pauses === 1)
          applyAnswer(cache, {
            ticket: ticket({ version: 4, status: 'resolved' }),
            message: message(9, id, { is_staff: true, staff_id: me, user_id: null }),
          });
        return Promise.resolve();
      },
    });
    expect(getTicket(cache, id)).toMatchObject({
      status: 'resolved',
      preview: 'Message 9',
      preview_is_staff: true,
    });
  });
});

describe('what is unread', () => {
  const other = '00000000-0000-4000-8000-00000000000b';
  const read = Date.parse('2026-03-27T12:00:00Z');
  const said = (n: number, at: string, change: Partial<Message> = {}): Message => ({
    id: `00000000-0000-4000-8000-00000000020${n}`,
    ticket_id: id,
    user_id: me,
    staff_id: null,
    author_name: 'Dana Okafor',
    message: `message ${n}`,
    is_internal: false,
    is_staff: false,
    created_at: `2026-03-27T${at}:00.000000Z`,
    client_id: null,
    mentions: [],
    ...change,
  });
  const page = (change: Partial<SyncPage>) =>
    applyPage(
      cache,
      {
        tickets: [],
        messages: [],
        staff: [],
        macros: [],
        removed: [],
        next_cursor: 'next',
        has_more: false,
        ...change,
      },
      me,
      () => read,
    );
  const unread = (ticketId = id) => getTicket(cache, ticketId)?.unread;

  test('is what arrived and was not seen, however old it is; in a full copy its time decides', () => {
    page({ tickets: [ticket({})], messages: [said(1, '09:00')] });
    expect(unread()).toBe(false);
    page({ tickets: [ticket({ version: 4 })], messages: [said(2, '10:00')] });
    expect(unread()).toBe(true);
  });

  test('stays so where its ticket is merged into one that was read later', () => {
    page({ tickets: [ticket({}), ticket({ id: other })], messages: [said(1, '09:00')] });
    page({
      messages: [said(2, '10:00', { ticket_id: other })],
      tickets: [ticket({ id: other, version: 4 })],
    });
    expect([unread(), unread(other)]).toEqual([false, true]);
    page({
      tickets: [ticket({ version: 5 })],
      messages: [said(2, '10:00')],
      removed: [{ kind: 'ticket', id: other, merged_into: id }],
    });
    expect(unread()).toBe(true);
  });

  test('what was read in a ticket is not unread again because it was merged', () => {
    page({
      tickets: [ticket({}), ticket({ id: other })],
      messages: [said(1, '09:00'), said(2, '10:00', { ticket_id: other })],
    });
    page({
      tickets: [ticket({ version: 5 })],
      messages: [said(2, '10:00')],
      removed: [{ kind: 'ticket', id: other, merged_into: id }],
    });
    expect(unread()).toBe(false);
  });

  test('stays so where a full copy brings the merge, which does not say that there was one', () => {
    page({ tickets: [ticket({}), ticket({ id: other })], messages: [said(1, '09:00')] });
    page({
      messages: [said(2, '10:00', { ticket_id: other })],
      tickets: [ticket({ id: other, version: 4 })],
    });
    beginSnapshot(cache);
    page({
      tickets: [ticket({ version: 5 })],
      messages: [
        said(1, '09:00'),
        said(2, '10:00'),
        said(3, '11:00', { is_staff: true, staff_id: other, user_id: null }),
      ],
    });
    expect([unread(), getTicket(cache, other)]).toEqual([true, null]);
  });

  test('is what a full copy brings of a thread that was here, whatever its time and whoever answered it', () => {
    page({ tickets: [ticket({})], messages: [said(1, '09:00')] });
    beginSnapshot(cache);
    page({
      tickets: [ticket({ version: 5 })],
      messages: [
        said(1, '09:00'),
        said(2, '10:00'),
        said(3, '11:00', { is_staff: true, staff_id: other, user_id: null }),
      ],
    });
    expect(unread()).toBe(true);
  });

  test('stays so where an own answer comes with a merge: it answered the other ticket', () => {
    page({ tickets: [ticket({})], messages: [] });
    page({ tickets: [ticket({ version: 4 })], messages: [said(1, '10:00')] });
    page({
      tickets: [ticket({ version: 5 })],
      messages: [
        said(2, '10:30'),
        said(3, '11:00', { is_staff: true, staff_id: me, user_id: null }),
      ],
      removed: [{ kind: 'ticket', id: other, merged_into: id }],
    });
    expect(unread()).toBe(true);
    page({
      tickets: [ticket({ version: 6 })],
      messages: [said(4, '12:00', { is_staff: true, staff_id: me, user_id: null })],
    });
    expect(unread()).toBe(false);
  });

  test('lowers the read mark that is later, so that it stays so where the copy is lost', () => {
    const outbox = openOutbox(join(home.dir, 'outbox.db')).db;
    setReadThrough(outbox, 'me', id, read);
    page({ tickets: [ticket({})], messages: [said(1, '09:00')] });
    keepUnread(cache, outbox, 'me', id);
    expect(readThrough(outbox, 'me', id)).toBe(read);
    page({ tickets: [ticket({ version: 4 })], messages: [said(2, '10:00')] });
    keepUnread(cache, outbox, 'me', id);
    expect(readThrough(outbox, 'me', id)).toBe(Date.parse('2026-03-27T10:00:00Z') - 1);
    outbox.close();
  });
});
