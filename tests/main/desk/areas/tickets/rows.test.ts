import { expect, test } from 'vitest';
import type { Ticket } from '../../../../../src/contract/wire/entities.ts';
import { hour } from '../../../../../src/core/time.ts';
import {
  getTicket,
  storeTicket,
} from '../../../../../src/main/desk/areas/tickets/tickets-table.ts';
import { toRow } from '../../../../../src/main/desk/areas/tickets/rows.ts';
import { useCache } from '../../../../helpers/cache.ts';

const cacheOf = useCache();
const id = '0199d7a0-0000-7000-8000-00000000000a';
const at = '2026-11-20T09:00:00.000000Z';
const written = Date.parse(at);
const ticket: Ticket = {
  id,
  subject: 'A question',
  status: 'open',
  priority: 'low',
  category: 'other',
  created_at: at,
  updated_at: at,
  resolved_at: null,
  last_message_at: at,
  requester: { id, name: 'Dana', email: 'dana@example.test' },
  assignee_id: null,
  tags: [],
  snoozed_until: null,
  version: 1,
  message_count: 1,
  last_message: { preview: 'hello', is_staff: false },
};

test.each([
  ['open', 'woke', written + hour],
  ['resolved', undefined, written],
  ['closed', undefined, written],
] as const)(
  'a ticket that is %s and whose snooze has ended stands where it belongs',
  (status, state, activity) => {
    const cache = cacheOf();
    storeTicket(cache, { ...ticket, status }, 1);
    const record = getTicket(cache, id);
    if (!record) throw new Error('not stored');
    const local = new Map([
      [id, { until: written + hour, since: written, alone: true, throughReplies: false }],
    ]);
    const row = toRow(record, [], 'me', false, { now: written + 2 * hour, local });
    expect([row.snooze?.state, row.activity_at]).toEqual([state, activity]);
  },
);
