import type { Settings } from '../../../../contract/bridge.ts';
import type { Message } from '../../../../contract/wire/entities.ts';
import type { Clock } from '../../../../core/clock.ts';
import { languageOf } from '../../../../core/language.ts';
import { noticeText } from '../../../../core/notice-words.ts';
import { noticesFor, type Notice, type TicketFacts } from '../../../../core/notification.ts';
import { layOver } from '../../../../core/overlay.ts';
import { isUnassigned } from '../../../../core/views.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import { goneStaff } from '../tickets/staff.ts';
import { getTicket } from '../tickets/tickets-table.ts';
import type { Outbox } from '../outbox/queue.ts';
import type { Events } from '../../events.ts';
import { toFields } from '../tickets/rows.ts';

/**
 * Says what matters while the agent looks elsewhere: one banner a ticket, replaced by the next one
 * of the same ticket.
 */
export interface Notifier {
  /** `assigned`: tickets that became this account's. */
  arrived(messages: readonly Message[], assigned: readonly string[]): void;
  /** The ticket in front of the agent, in a window that has the focus; null when there is none. */
  front(ticketId: string | null): void;
  /** The agent has seen this ticket: its next banner counts from one again. */
  seen(ticketId: string): void;
}

export interface NotifierParts {
  cache: ReadDb;
  outbox: Outbox;
  me: string;
  events: Events;
  clock: Clock;
  settings: () => Settings;
}

export function createNotifier(parts: NotifierParts): Notifier {
  const { outbox, me, events, clock, settings } = parts;
  const unseen = new Map<string, number>();
  const badge = createBadge(events);
  let frontTicket: string | null = null;

  function seen(ticketId: string): void {
    unseen.delete(ticketId);
    badge.set(ticketId, false);
  }

  return {
    arrived(messages, assigned) {
      const now = settings();
      const situation = {
        ticketOf: (id: string) => factsOf(parts, id),
        me,
        front: frontTicket,
        unseen,
        settings: now,
        now: new Date(clock.now()),
      };
      const given = assigned.filter((id) => !isTakenHere(outbox, me, id));
      for (const notice of noticesFor(messages.map(toNews), given, situation)) {
        if (notice.channels.length === 0) continue;
        unseen.set(notice.ticketId, notice.count);
        if (notice.channels.includes('badge')) badge.set(notice.ticketId, true);
        show(events, notice, now);
      }
    },
    front(ticketId) {
      frontTicket = ticketId;
      if (ticketId !== null) seen(ticketId);
    },
    seen,
  };
}

/** Taken by the agent themselves, here, while its confirmation is still under way. */
function isTakenHere(outbox: Pick<Outbox, 'openOf'>, me: string, ticketId: string): boolean {
  return outbox
    .openOf(ticketId)
    .some(({ intent }) => intent.kind === 'change' && intent.change.assignee_id === me);
}

/** The number on the app's icon: how many tickets count for it. */
function createBadge(events: Events): { set: (ticketId: string, on: boolean) => void } {
  const badged = new Set<string>();
  return {
    set(ticketId, on) {
      if (on === badged.has(ticketId)) return;
      if (on) badged.add(ticketId);
      else badged.delete(ticketId);
      events.emit('badge.changed', { count: badged.size });
    },
  };
}

function show(events: Events, notice: Notice, { language, hide_text: hideText }: Settings): void {
  const channels = notice.channels.filter((channel) => channel !== 'badge');
  if (channels.length === 0) return;
  const system = [Intl.DateTimeFormat().resolvedOptions().locale];
  events.emit('notification.show', {
    ticket_id: notice.ticketId,
    ...noticeText(notice, languageOf(language, system), hideText),
    tag: `ticket-${notice.ticketId}`,
    channels,
  });
}

/** The ticket with the agent's own operations laid over it; null: it is not in the cache. */
function factsOf(
  { cache, outbox, me }: Pick<NotifierParts, 'cache' | 'outbox' | 'me'>,
  id: string,
): TicketFacts | null {
  const record = getTicket(cache, id);
  if (!record) return null;
  const { ticket } = layOver(toFields(record, me), outbox.openOf(id));
  const assigneeId = isUnassigned(ticket.assignee_id, goneStaff(cache)) ? null : ticket.assignee_id;
  return { id, subject: ticket.subject, assigneeId, urgent: ticket.priority === 'urgent' };
}

const toNews = (message: Message) => ({
  ticketId: message.ticket_id,
  fromCustomer: !message.is_staff,
  internal: message.is_internal,
  author: message.author_name,
  text: message.message,
  mentions: message.mentions,
});
