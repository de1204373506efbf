import type { Ticket } from '../../src/contract/wire/entities.ts';
import { day } from '../../src/core/time.ts';

/** An open ticket without messages, made the day before `now` (ms). */
export function plainTicket(id: string, now: number): Ticket {
  const at = new Date(now - day).toISOString();
  return {
    id,
    subject: 'Where is my order?',
    category: 'other',
    priority: 'low',
    status: 'open',
    created_at: at,
    updated_at: at,
    resolved_at: null,
    last_message_at: null,
    requester: {
      id: '00000000-0000-7000-8000-000000000900',
      name: 'Dana',
      email: 'd@example.test',
    },
    assignee_id: null,
    tags: [],
    snoozed_until: null,
    version: 1,
    message_count: 0,
    last_message: null,
  };
}
