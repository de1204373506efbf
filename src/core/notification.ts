import { previewOf } from './overlay.ts';

export interface NewMessage { ticketId: string; fromCustomer: boolean; internal: boolean; author: string; text: string }
export interface TicketFacts { id: string; subject: string; assigneeId: string | null }
export interface Banner { ticketId: string; title: string; body: string }

/**
 * Which banners a batch of newly synced messages deserves: customers' messages on my or unassigned tickets, one per
 * ticket, none for the ticket in front of the agent. `unseen` counts what earlier banners of a ticket already said.
 */
export function bannersFor(
  messages: readonly NewMessage[],
  ticketOf: (id: string) => TicketFacts | null,
  me: string,
  front: string | null,
  unseen: ReadonlyMap<string, number>,
): Banner[] {
  const byTicket = new Map<string, NewMessage[]>();
  for (const message of messages) {
    if (!message.fromCustomer || message.internal || message.ticketId === front) continue;
    byTicket.set(message.ticketId, [...(byTicket.get(message.ticketId) ?? []), message]);
  }
  const banners: Banner[] = [];
  for (const [ticketId, group] of byTicket) {
    const ticket = ticketOf(ticketId);
    const last = group.at(-1);
    if (!ticket || !last || (ticket.assigneeId !== null && ticket.assigneeId !== me)) continue;
    const count = group.length + (unseen.get(ticketId) ?? 0);
    const title = count > 1 ? `${last.author} (${count} new messages)` : last.author;
    banners.push({ ticketId, title, body: `${ticket.subject}\n${previewOf(last.text)}` });
  }
  return banners;
}
