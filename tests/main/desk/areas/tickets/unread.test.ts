import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Message } from '../../../../../src/contract/wire/entities.ts';
import { openCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import { createMemorySecrets } from '../../../../../src/main/desk/areas/session/secrets.ts';
import { applyPage } from '../../../../../src/main/desk/feed/apply-page.ts';
import { openTestDesk, tempDir } from '../../../../helpers/desk.ts';
import { createFakeClock } from '../../../../helpers/fake-clock.ts';
import { fillDataFolder, maya, nowhere } from '../../../../helpers/filled-cache.ts';
import { plainTicket } from '../../../../helpers/plain-ticket.ts';

const now = Date.UTC(2026, 10, 30);
const id = '00000000-0000-7000-8000-000000000001';
const said = (n: number): Message => ({
  id: `00000000-0000-7000-8000-00000000010${n}`,
  ticket_id: id,
  user_id: id,
  staff_id: null,
  author_name: 'Dana',
  message: `message ${n}`,
  is_internal: false,
  is_staff: false,
  created_at: new Date(now + n).toISOString(),
  client_id: null,
  mentions: [],
});

const openDesk = (dir: string, clock = createFakeClock(now)) =>
  openTestDesk(dir, nowhere, createMemorySecrets(), clock, () =>
    Promise.reject(new Error('no network')),
  );

function arrive(dir: string, n: number): void {
  const cache = openCache(join(dir, 'cache.db')).db;
  applyPage(
    cache,
    {
      tickets: [{ ...plainTicket(id, now), version: n + 1, message_count: n }],
      messages: [said(n)],
      staff: [],
      macros: [],
      removed: [],
      next_cursor: `c${n}`,
      has_more: false,
    },
    maya,
    () => 0,
  );
  cache.close();
}

test('what arrives after the window has asked is not read by what it showed', async () => {
  const home = tempDir();
  fillDataFolder(home.dir, [plainTicket(id, now)]);
  const desk = openDesk(home.dir);
  const thread = () => desk.call('thread.get', { ticket_id: id, before: null, limit: 10 });
  arrive(home.dir, 1);
  const shown = await thread();
  arrive(home.dir, 2);
  await desk.call('thread.markRead', { ticket_id: id, state: shown.unread_state });
  const later = await thread();
  expect([later.ticket.unread, later.messages.length]).toEqual([true, 2]);
  await desk.call('thread.markRead', { ticket_id: id, state: later.unread_state });
  expect((await thread()).ticket.unread).toBe(false);
  await desk.desk.close();
  home.remove();
});

test('a ticket that is marked unread stays so through a restart and a cache that is made again, until it is seen', async () => {
  const home = tempDir();
  fillDataFolder(home.dir, [plainTicket(id, now)]);
  arrive(home.dir, 1);
  let desk = openDesk(home.dir);
  const thread = () => desk.call('thread.get', { ticket_id: id, before: null, limit: 10 });
  const shown = await thread();
  await desk.call('thread.markRead', { ticket_id: id, state: shown.unread_state });
  const read = await thread();
  expect([read.ticket.unread, read.kept_unread]).toEqual([false, null]);

  await desk.call('thread.markUnread', { ticket_id: id });
  const marked = await thread();
  expect([marked.ticket.unread, marked.read_through < now + 1]).toEqual([true, true]);
  // The look that was under way when the agent pressed U.
  await desk.call('thread.markRead', { ticket_id: id, state: read.unread_state });
  await desk.call('thread.markRead', { ticket_id: id, state: shown.unread_state });
  expect((await thread()).ticket.unread).toBe(true);

  await desk.desk.close();
  desk = openDesk(home.dir);
  expect((await thread()).kept_unread).toBe(marked.kept_unread);

  await desk.desk.close();
  rmSync(join(home.dir, 'cache.db'));
  fillDataFolder(home.dir, [plainTicket(id, now)]);
  arrive(home.dir, 1);
  desk = openDesk(home.dir);
  const again = await thread();
  expect([again.ticket.unread, again.kept_unread]).toEqual([true, marked.kept_unread]);

  await desk.call('thread.markRead', { ticket_id: id, state: again.unread_state });
  const end = await thread();
  expect([end.ticket.unread, end.kept_unread]).toEqual([false, null]);
  await desk.call('thread.markUnread', { ticket_id: id });
  expect((await thread()).kept_unread).not.toBe(marked.kept_unread);
  await desk.desk.close();
  home.remove();
});

test('a selection is marked unread as one ticket is', async () => {
  const home = tempDir();
  const other = '00000000-0000-7000-8000-000000000002';
  fillDataFolder(home.dir, [plainTicket(id, now), plainTicket(other, now)]);
  const clock = createFakeClock(now);
  const desk = openDesk(home.dir, clock);
  const target = { ids: [id, other] };
  const bulks = () => desk.call('bulk.list', {});
  void desk.call('bulk.start', { target, action: { kind: 'unread' } });
  // It goes on in turns.
  while ((await bulks())[0]?.counts.done !== 2) {
    clock.advance(1_000);
    await setImmediate();
  }
  const { rows } = await desk.call('tickets.list', { view: 'all', after: null, limit: 10 });
  expect(rows.map(({ unread }) => unread)).toEqual([true, true]);
  await desk.desk.close();
  home.remove();
});
