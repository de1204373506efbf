import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Message } from '../../../../../src/contract/entities.ts';
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

test('what arrives after the window has asked is not read by what it showed', async () => {
  const home = tempDir();
  fillDataFolder(home.dir, [plainTicket(id, now)]);
  const desk = openTestDesk(home.dir, nowhere, createMemorySecrets(), createFakeClock(now), () =>
    Promise.reject(new Error('no network')),
  );
  const cache = openCache(join(home.dir, 'cache.db')).db;
  const arrive = (n: number): void => {
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
  };
  const thread = () => desk.call('thread.get', { ticket_id: id, before: null, limit: 10 });
  arrive(1);
  const shown = await thread();
  arrive(2);
  await desk.call('thread.markRead', { ticket_id: id, state: shown.unread_state });
  const later = await thread();
  expect([later.ticket.unread, later.messages.length]).toEqual([true, 2]);
  await desk.call('thread.markRead', { ticket_id: id, state: later.unread_state });
  expect((await thread()).ticket.unread).toBe(false);
  cache.close();
  await desk.desk.close();
  home.remove();
});
