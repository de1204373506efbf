import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ticket } from '../../../../src/contract/wire/entities.ts';
import { day, hour, minute } from '../../../../src/core/time.ts';
import { openOutbox } from '../../../../src/main/desk/sqlite/outbox-file.ts';
import {
  lastServerTime,
  noteServerTime,
} from '../../../../src/main/desk/areas/outbox/retention-table.ts';
import { createMemorySecrets } from '../../../../src/main/desk/areas/session/secrets.ts';
import type { Transport } from '../../../../src/main/desk/feed/transport.ts';
import { openTestDesk, tempDir, type TestDesk } from '../../../helpers/desk.ts';
import { createFakeClock, type FakeClock } from '../../../helpers/fake-clock.ts';
import { fillDataFolder, nowhere } from '../../../helpers/filled-cache.ts';

const now = Date.UTC(2026, 2, 27, 9);
const id = '00000000-0000-7000-8000-000000000001';
const ticket: Ticket = {
  id,
  subject: 'Asleep',
  category: 'other',
  priority: 'low',
  status: 'open',
  created_at: new Date(now - day).toISOString(),
  updated_at: new Date(now - day).toISOString(),
  resolved_at: null,
  last_message_at: null,
  requester: { id: '00000000-0000-7000-8000-000000000900', name: 'Dana', email: 'd@example.test' },
  assignee_id: null,
  tags: [],
  snoozed_until: null,
  version: 1,
  message_count: 0,
  last_message: null,
};
const portals: [what: string, transport: Transport][] = [
  'Fri, 01 Jan 2100 00:00:00 GMT',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'soon',
].map((date) => [
  date,
  () =>
    Promise.resolve({
      status: 200,
      headers: { 'content-type': 'text/html', date },
      body: '<!doctype html>',
    }),
]);
const noNetwork: Transport = () => Promise.reject(new Error('no network'));

let home: ReturnType<typeof tempDir>;
let desk: TestDesk;
let clock: FakeClock;
beforeEach(() => {
  home = tempDir();
  fillDataFolder(home.dir, [ticket]);
  const { db } = openOutbox(join(home.dir, 'outbox.db'));
  noteServerTime(db, nowhere, now);
  db.close();
});
afterEach(async () => {
  await desk.desk.close();
  home.remove();
});

async function start(localTime: number, transport: Transport = noNetwork): Promise<void> {
  clock = createFakeClock(localTime);
  desk = openTestDesk(home.dir, nowhere, createMemorySecrets(), clock, transport);
  await desk.until(async () => (await desk.call('sync.get', {})).phase !== 'starting');
}
const asleep = async (): Promise<boolean> =>
  (await desk.call('tickets.list', { view: 'snoozed', after: null, limit: 9 })).rows.length === 1;
async function leaveThings(): Promise<void> {
  await start(now);
  await desk.call('triage.change', {
    ticket_id: id,
    change: { snoozed_until: new Date(now + day).toISOString() },
  });
  await desk.call('draft.save', { ticket_id: id, kind: 'reply', text: 'a first version' });
  await desk.call('draft.save', { ticket_id: id, kind: 'reply', text: '' });
  const { operation_id } = await desk.call('compose.send', {
    ticket_id: id,
    kind: 'note',
    text: 'thrown away',
  });
  await desk.call('outbox.discard', { operation_id });
  await desk.desk.close();
}
const kept = async (): Promise<[boolean, number, number]> => [
  await asleep(),
  (await desk.call('draft.versions', { ticket_id: id, kind: 'reply' })).length,
  (await desk.call('outbox.bin', {})).length,
];

test.each([
  ['8 days ahead', now + 8 * day],
  ['4 h ahead', now + 4 * hour],
  ['4 h behind', now - 4 * hour],
  ['in 1970', 0],
  ['in 2100', Date.UTC(2100, 0, 1)],
])(
  'an offline start with a clock that is %s wakes and removes nothing',
  async (_what, localTime) => {
    await leaveThings();
    await start(localTime);
    clock.advance(2 * hour);
    expect(await kept()).toEqual([true, 1, 1]);
  },
);

test.each(portals)(
  'a page of a Wi-Fi that says it is %s wakes and removes nothing',
  async (_date, transport) => {
    await leaveThings();
    await start(now, transport);
    for (let n = 0; n < 10; n += 1) {
      await desk.call('sync.retry', {});
      clock.advance(minute);
    }
    expect(await kept()).toEqual([true, 1, 1]);
  },
);

test('a snooze ends offline by the time that the server had, carried on while the desk runs', async () => {
  await leaveThings();
  await start(now);
  clock.advance(day - minute);
  expect(await asleep()).toBe(true);
  clock.advance(2 * minute);
  expect(await asleep()).toBe(false);
});

test('what was last known of the time is not forgotten by a start without a network', async () => {
  await start(now + 8 * day);
  await desk.desk.close();
  const { db } = openOutbox(join(home.dir, 'outbox.db'));
  expect(lastServerTime(db, nowhere)).toBe(now);
  db.close();
  await start(now);
});
