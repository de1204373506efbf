import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SyncPage } from '../../../src/contract/api.ts';
import type { StaffMember, Ticket } from '../../../src/contract/entities.ts';
import { openCache } from '../../../src/main/db/cache-file.ts';
import type { WriteDb } from '../../../src/main/db/open.ts';
import { listStaff } from '../../../src/main/db/staff.ts';
import { getTicket } from '../../../src/main/db/tickets.ts';
import { applyAnswer, applyPage, beginSnapshot } from '../../../src/main/sync/apply-page.ts';
import { tempDir } from '../../helpers/desk.ts';

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
const alex: StaffMember = { id: me, name: 'Alex Kim', email: 'alex@example.test', role: 'staff', is_active: true };
const ticket = (change: Partial<Ticket>): Ticket => ({
  id, subject: 'Withdrawal has not arrived', category: 'funding', priority: 'medium', status: 'open', created_at: '2026-03-27T09:00:00.000000Z', updated_at: '2026-03-27T09:00:00.000000Z',
  resolved_at: null, last_message_at: '2026-03-27T09:00:00.000000Z', requester: { id: me, name: 'Dana Okafor', email: 'dana@example.test' }, assignee_id: null, tags: [], snoozed_until: null,
  version: 3, message_count: 1, last_message: { preview: 'It has been three days.', is_staff: false }, ...change,
});
const apply = (page: Partial<SyncPage>) => applyPage(cache, { tickets: [], messages: [], staff: [], macros: [], removed: [], next_cursor: 'next', has_more: false, ...page }, me, () => 0);

describe('a new full copy', () => {
  test('replaces a ticket also when the server has gone back to an older version of it', () => {
    apply({ tickets: [ticket({ status: 'closed', version: 9, last_message_at: '2026-03-27T11:00:00.000000Z', last_message: { preview: 'Done.', is_staff: true } })] });
    beginSnapshot(cache);
    apply({ tickets: [ticket({})] });
    expect(getTicket(cache, id)).toMatchObject({ status: 'open', preview: 'It has been three days.', activity_at: Date.parse('2026-03-27T09:00:00Z') });
  });

  test('within one copy an older version of a ticket never replaces a newer one', () => {
    apply({ tickets: [ticket({ status: 'closed', version: 9 })] });
    apply({ tickets: [ticket({})] });
    expect(getTicket(cache, id)?.status).toBe('closed');
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
