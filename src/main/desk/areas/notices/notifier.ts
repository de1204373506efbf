import type { Settings } from '../../../../contract/bridge.ts';
import type { Message } from '../../../../contract/entities.ts';
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

export function createNotifier({
  cache,
  outbox,
  me,
  events,
  clock,
  settings,
}: NotifierParts): Notifier {
  const unseen = new Map<string, number>();
  const badged = new Set<string>();
  let frontTicket: string | null = null;

  function facts(id: string): TicketFacts | null {
    const record = getTicket(cache, id);
    if (!record) return null;
    const { ticket } = layOver(toFields(record, me), outbox.openOf(id));
    const assigneeId = isUnassigned(ticket.assignee_id, goneStaff(cache))
      ? null
      : ticket.assignee_id;
    return { id, subject: ticket.subject, assigneeId, urgent: ticket.priority === 'urgent' };
  }

  /** Taken by the agent themselves, here, while its confirmation is still under way. */
  const takenHere = (id: string): boolean =>
    outbox
      .openOf(id)
      .some(({ intent }) => intent.kind === 'change' && intent.change.assignee_id === me);

  function tell(notice: Notice, { language, hide_text: hideText }: Settings): void {
    const channels = notice.channels.filter((channel) => channel !== 'badge');
    if (notice.channels.includes('badge')) badge(notice.ticketId, true);
    if (channels.length === 0) return;
    const text = noticeText(
      notice,
      languageOf(language, [Intl.DateTimeFormat().resolvedOptions().locale]),
      hideText,
    );
    events.emit('notification.show', {
      ticket_id: notice.ticketId,
      ...text,
      tag: `ticket-${notice.ticketId}`,
      channels,
    });
  }

  function badge(ticketId: string, on: boolean): void {
    if (on === badged.has(ticketId)) return;
    if (on) badged.add(ticketId);
    else badged.delete(ticketId);
    events.emit('badge.changed', { count: badged.size });
  }

  function seen(ticketId: string): void {
    unseen.delete(ticketId);
    badge(ticketId, false);
  }

  return {
    arrived(messages, assigned) {
      const news = messages.map((m) => ({
        ticketId: m.ticket_id,
        fromCustomer: !m.is_staff,
        internal: m.is_internal,
        author: m.author_name,
        text: m.message,
        mentions: m.mentions,
      }));
      const now = settings();
      const situation = {
        ticketOf: facts,
        me,
        front: frontTicket,
        unseen,
        settings: now,
        now: new Date(clock.now()),
      };
      for (const notice of noticesFor(
        news,
        assigned.filter((id) => !takenHere(id)),
        situation,
      )) {
        if (notice.channels.length === 0) continue;
        unseen.set(notice.ticketId, notice.count);
        tell(notice, now);
      }
    },
    front(ticketId) {
      frontTicket = ticketId;
      if (ticketId !== null) seen(ticketId);
    },
    seen,
  };
}
