import type { Message, Ticket } from '../../src/contract/wire/entities.ts';
import { generateDemo } from '../../src/server/demo/generate.ts';
import { sizes, type Size } from '../data.ts';
import { withMoreTalk } from '../more-talk.ts';
import { wireMessage, wireTicket } from '../window/cache.ts';
import type { Rows } from './store.ts';

const seed = 20_251_123;
const anchor = new Date('2026-06-01T08:00:00Z');
const pageSize = 1_000;

/** The demo's tickets as the feed sends them, in pages, and the agent who reads them. */
export function rowsOf(size: Size): { pages: Rows[]; me: string } {
  const demo = generateDemo({
    seed,
    tickets: sizes[size].tickets,
    customers: Math.round(sizes[size].tickets / 4),
    anchor,
  });
  const people = new Map([...demo.staff, ...demo.customers].map((user) => [user.id, user]));
  const pages: Rows[] = [];
  let page: Rows = { tickets: [], messages: [] };
  for (const ticket of withMoreTalk(demo.tickets, { seed, messages: sizes[size].messages })) {
    page.tickets.push({ ...wireTicket(ticket, people), snoozed_until: null });
    for (const n of ticket.messages.keys()) page.messages.push(wireMessage(ticket, n, people));
    if (page.tickets.length < pageSize) continue;
    pages.push(page);
    page = { tickets: [], messages: [] };
  }
  return { pages: page.tickets.length > 0 ? [...pages, page] : pages, me: demo.staff[0]?.id ?? '' };
}

/** The tickets changed and three more messages in each, all newer than what is there. */
export function changesOf(tickets: readonly Ticket[], round: number): Rows {
  const at = (n: number): string =>
    new Date(Date.parse('2026-07-01T00:00:00Z') + round * 60_000 + n).toISOString();
  return {
    tickets: tickets.map((ticket, n) => ({
      ...ticket,
      priority: n % 2 === 0 ? 'high' : 'low',
      status: 'waiting',
      resolved_at: null,
      updated_at: at(n),
      last_message_at: at(n),
      tags: ['changed'],
      version: ticket.version + round + 1,
      message_count: ticket.message_count + 3,
      last_message: { preview: 'Is there any news on this?', is_staff: false },
    })),
    messages: tickets.flatMap((ticket, n) =>
      [0, 1, 2].map((m): Message => ({
        id: `00000000-0000-4000-8${String(round).padStart(3, '0')}-${String(n * 3 + m).padStart(12, '0')}`,
        ticket_id: ticket.id,
        user_id: ticket.requester.id,
        staff_id: null,
        author_name: ticket.requester.name,
        message:
          'Is there any news on this? I have been waiting since the withdrawal of last week, ' +
          `number ${round} ${n} ${m}.`,
        is_internal: false,
        is_staff: false,
        created_at: at(n * 3 + m),
        client_id: null,
        mentions: [],
      })),
    ),
  };
}
