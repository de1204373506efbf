import type {
  NoticeChannel,
  NoticeEvent,
  NoticeOwner,
  NoticeRules,
  QuietHours,
} from '../contract/bridge.ts';
import { previewOf } from './overlay.ts';
import { isQuiet } from './quiet-hours.ts';

export interface NewMessage {
  ticketId: string;
  fromCustomer: boolean;
  internal: boolean;
  author: string;
  text: string;
  mentions: readonly string[];
}
export interface TicketFacts {
  id: string;
  subject: string;
  /** Null: unassigned, or assigned to a deactivated account. */
  assigneeId: string | null;
  urgent: boolean;
}
/**
 * News of one ticket, and the channels to notify by. `count`: unseen events, including those of
 * earlier notices.
 */
export interface Notice {
  ticketId: string;
  event: NoticeEvent;
  author: string;
  subject: string;
  text: string;
  count: number;
  channels: NoticeChannel[];
}

export interface NoticeSettings {
  notices: NoticeRules;
  quiet_hours: QuietHours;
}
export interface Situation {
  ticketOf: (id: string) => TicketFacts | null;
  me: string;
  /** The ticket in front of the agent. */
  front: string | null;
  /** By ticket: the number of events in earlier notices that the agent has not seen. */
  unseen: ReadonlyMap<string, number>;
  settings: NoticeSettings;
  /** The agent's local time. */
  now: Date;
}

/**
 * Notices for newly synced messages and assignments. Each ticket has at most one, for its most
 * pressing event: a mention, then an assignment, then a customer's message. The ticket in front of
 * the agent has none, nor do the agent's own actions.
 */
export function noticesFor(
  messages: readonly NewMessage[],
  assigned: readonly string[],
  situation: Situation,
): Notice[] {
  const { front, me } = situation;
  const byTicket = new Map<string, NewMessage[]>();
  for (const message of messages) {
    const counts = message.internal ? message.mentions.includes(me) : message.fromCustomer;
    if (counts && message.ticketId !== front)
      byTicket.set(message.ticketId, [...(byTicket.get(message.ticketId) ?? []), message]);
  }
  const tickets = new Set([...byTicket.keys(), ...assigned.filter((id) => id !== front)]);
  return [...tickets].flatMap(
    (ticketId) =>
      noticeOf(ticketId, byTicket.get(ticketId) ?? [], assigned.includes(ticketId), situation) ??
      [],
  );
}

function noticeOf(
  ticketId: string,
  group: readonly NewMessage[],
  assigned: boolean,
  situation: Situation,
): Notice | null {
  const ticket = situation.ticketOf(ticketId);
  if (!ticket) return null;
  const mention = group.findLast((message) => message.internal);
  const event: NoticeEvent = mention ? 'mention' : assigned ? 'assigned' : 'reply';
  const told = mention ?? group.at(-1);
  return {
    ticketId,
    event,
    author: told?.author ?? '',
    subject: ticket.subject,
    text: previewOf(told?.text ?? ''),
    count: group.length + (situation.unseen.get(ticketId) ?? 0),
    channels: channelsOf(event, ticket, situation),
  };
}

/**
 * Quiet hours remove the banner and the sound and keep the number on the icon, which disturbs
 * nobody.
 */
function channelsOf(
  event: NoticeEvent,
  ticket: TicketFacts,
  { me, settings, now }: Situation,
): NoticeChannel[] {
  const owner: NoticeOwner =
    ticket.assigneeId === null ? 'unassigned' : ticket.assigneeId === me ? 'mine' : 'others';
  const channels = settings.notices[event][owner];
  const breaks = settings.quiet_hours.breaks.some((breaker) =>
    breaker === 'mention' ? event === 'mention' : ticket.urgent,
  );
  return isQuiet(settings.quiet_hours, now) && !breaks
    ? channels.filter((channel) => channel === 'badge')
    : [...channels];
}
