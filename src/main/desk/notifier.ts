import type { Message } from '../../contract/entities.ts';
import type { Banner, TicketFacts } from '../../core/notification.ts';
import { bannersFor } from '../../core/notification.ts';
import { layOver } from '../../core/overlay.ts';
import type { ReadDb } from '../db/open.ts';
import { getTicket } from '../db/tickets.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { Events } from './events.ts';
import { toFields } from './rows.ts';

/** Says what matters while the agent looks elsewhere: one banner a ticket, replaced by the next one of the same ticket. */
export interface Notifier {
  arrived(messages: readonly Message[]): void;
  /** The ticket in front of the agent, in a window that has the focus; null when there is none. */
  front(ticketId: string | null): void;
  /** The agent has seen this ticket: its next banner counts from one again. */
  seen(ticketId: string): void;
}

export function createNotifier({ cache, outbox, me, events }: { cache: ReadDb; outbox: Outbox; me: string; events: Events }): Notifier {
  const unseen = new Map<string, number>();
  let frontTicket: string | null = null;

  function facts(id: string): TicketFacts | null {
    const record = getTicket(cache, id);
    if (!record) return null;
    const { ticket } = layOver(toFields(record, me), outbox.openOf(id));
    return { id, subject: ticket.subject, assigneeId: ticket.assignee_id };
  }

  function show(banner: Banner): void {
    events.emit('notification.show', { ticket_id: banner.ticketId, title: banner.title, body: banner.body, tag: `ticket-${banner.ticketId}` });
  }

  return {
    arrived(messages) {
      const news = messages.map((m) => ({ ticketId: m.ticket_id, fromCustomer: !m.is_staff, internal: m.is_internal, author: m.author_name, text: m.message }));
      const banners = bannersFor(news, facts, me, frontTicket, unseen);
      for (const banner of banners) {
        const arrivedNow = news.filter((n) => n.ticketId === banner.ticketId && n.fromCustomer).length;
        unseen.set(banner.ticketId, (unseen.get(banner.ticketId) ?? 0) + arrivedNow);
        show(banner);
      }
    },
    front(ticketId) {
      frontTicket = ticketId;
      if (ticketId !== null) unseen.delete(ticketId);
    },
    seen: (ticketId) => { unseen.delete(ticketId); },
  };
}
