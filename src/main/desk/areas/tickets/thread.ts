import type { CallInput, CallOutput, ThreadMessage } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { Operation } from '../../../../core/operation.ts';
import { setReadThrough } from '../session/accounts.ts';
import { draftsOf } from '../compose/drafts.ts';
import {
  arrivedOperations,
  countFrom,
  keyOfMessage,
  threadWindow,
  type MessageRecord,
} from './messages.ts';
import { mergedInto } from './merged.ts';
import { wasRemoved } from './removed.ts';
import { isPartial } from './threads-partial.ts';
import {
  countOtherTickets,
  getTicket,
  otherTicketsOf,
  type TicketRecord,
} from './tickets-table.ts';
import { clearUnread, unreadSince } from './unread.ts';
import { knownLevel } from '../../feed/level.ts';
import { toDetail } from './rows.ts';
import { requestFailure } from '../../feed/request-failure.ts';
import type { Workspace } from '../../workspace.ts';

const otherTickets = 5;
/** Messages shown before the one that is reached for, and the most that are loaded to reach it. */
const context = 20;
const farthest = 5_000;

/**
 * A ticket with a window of its messages; what waits to be sent stands at the end of the newest
 * window.
 */
export function getThread(
  work: Workspace,
  input: CallInput<'thread.get'>,
): CallOutput<'thread.get'> {
  const { ticket_id: id, before, limit } = input;
  const record = getTicket(work.cache, id);
  if (!record) throw new BridgeError('ticket-not-found');
  const operations = work.outbox.openOf(id);
  const wanted = before === null ? Math.max(limit, reachOf(work, id, input.reach)) : limit;
  const window = threadWindow(work.cache, id, parseKey(before), wanted + 1);
  const more = window.length > wanted;
  const messages = more ? window.slice(1) : window;
  const drafts = draftsOf(work.outboxDb, work.key, id);
  return {
    ticket: toDetail(record, operations, work.account.id, drafts.length > 0, work.sleep()),
    messages: [
      ...messages.map((m) => fromServer(m, work.account.id)),
      ...(before === null ? waiting(work, operations) : []),
    ],
    older: more ? String(messages[0]?.key ?? '') : null,
    read_through: readThroughOf(work, id),
    unread_state: unreadState(work, record),
    drafts,
    other_tickets: otherTicketsOf(work.cache, record.requester_id, id, otherTickets),
    whole: !isPartial(work.cache, id),
    other_count: countOtherTickets(work.cache, record.requester_id),
  };
}

/**
 * Brings a ticket that is not kept on this computer. Throws BridgeError: 'unreachable' and others
 * of the network, 'ticket-not-found'.
 */
export async function fetchThread(
  work: Workspace,
  ticketId: string,
): Promise<CallOutput<'thread.fetch'>> {
  // What the feed has removed is wanted for good, and a server without a feed lists all that there
  // is.
  const wanted = wasRemoved(work.cache, ticketId) ? mergedInto(work.cache, ticketId) : ticketId;
  if (wanted === null || knownLevel(work.cache) === 1) throw new BridgeError('ticket-not-found');
  try {
    return {
      ticket_id: getTicket(work.cache, wanted) ? wanted : await work.workingSet.fetch(wanted),
    };
  } catch (error) {
    throw requestFailure(error);
  }
}

/** Until when all was seen: a merge may have put an unseen message before what was read. */
function readThroughOf(work: Workspace, ticketId: string): number {
  return Math.min(work.readThrough(ticketId), (unreadSince(work.cache, ticketId) ?? Infinity) - 1);
}

/**
 * How many of the newest messages reach back to the first unread one, or to the one named; 0 where
 * there is nothing to reach.
 */
function reachOf(
  work: Workspace,
  ticketId: string,
  reach: CallInput<'thread.get'>['reach'],
): number {
  if (reach === undefined) return 0;
  const key =
    reach === 'unread'
      ? (readThroughOf(work, ticketId) + 1) * 1_000
      : keyOfMessage(work.cache, ticketId, reach);
  return key === null ? 0 : Math.min(farthest, countFrom(work.cache, ticketId, key) + context);
}

/**
 * All that the window showed counts as read: nothing, where more has come since it asked. It asks
 * again then.
 */
export function markRead(
  work: Workspace,
  { ticket_id: ticketId, state }: CallInput<'thread.markRead'>,
): void {
  const record = getTicket(work.cache, ticketId);
  const isSeen = record !== null && (state === undefined || state === unreadState(work, record));
  if (isSeen && setRead(work, ticketId)) work.changed([ticketId]);
}

/** Differs once anything arrives: at the end, or by a merge before what was read. */
export function unreadState(
  { cache }: Pick<Workspace, 'cache'>,
  { id, last_customer_at: at, message_count: count }: TicketRecord,
): string {
  return `${unreadSince(cache, id) ?? '-'} ${at ?? '-'} ${count}`;
}

/**
 * Everything that is in the cache of this ticket now counts as read, and the window is not told.
 * Returns whether it was unread.
 */
export function setRead(
  work: Pick<Workspace, 'cache' | 'notifier' | 'readThrough' | 'outboxDb' | 'key'>,
  ticketId: string,
): boolean {
  const record = getTicket(work.cache, ticketId);
  if (!record) return false;
  work.notifier.seen(ticketId);
  if (record.last_customer_at !== null && record.last_customer_at > work.readThrough(ticketId)) {
    setReadThrough(work.outboxDb, work.key, ticketId, record.last_customer_at);
  }
  return clearUnread(work.cache, ticketId);
}

/** A message of the server as the window shows it. */
export function fromServer(record: MessageRecord, me: string): ThreadMessage {
  return {
    id: record.id,
    kind: record.is_internal ? 'note' : record.staff_id === null ? 'customer' : 'reply',
    mine: record.staff_id === me,
    author: record.author_name,
    text: record.text,
    at: record.created_at,
    delivery: null,
    held_ms: null,
    problem: null,
    mentions: record.mentions,
  };
}

function waiting(work: Workspace, operations: readonly Operation[]): ThreadMessage[] {
  const arrived = arrivedOperations(
    work.cache,
    operations.map((operation) => operation.id),
    work.account.id,
  );
  return operations.flatMap((operation) => {
    const { intent } = operation;
    if ((intent.kind !== 'reply' && intent.kind !== 'note') || arrived.has(operation.id)) return [];
    return [
      {
        id: operation.id,
        kind: intent.kind,
        mine: true,
        author: work.account.name,
        text: intent.text,
        at: operation.createdAt,
        delivery: deliveryOf(operation),
        held_ms: operation.state === 'held' ? work.holds.left(operation.id) : null,
        problem: operation.parked?.reason ?? null,
        mentions: intent.kind === 'note' ? intent.mentions : [],
      },
    ];
  });
}

/** An operation's state in the words of the window. */
export function deliveryOf(operation: Operation): 'held' | 'queued' | 'sending' | 'needs-you' {
  if (operation.state === 'parked') return 'needs-you';
  if (operation.state === 'held') return 'held';
  return operation.state === 'inflight' ? 'sending' : 'queued';
}

function parseKey(text: string | null): number | null {
  if (text === null) return null;
  if (!/^\d{1,16}$/.test(text))
    throw new BridgeError('invalid-input', { message: 'not a position of this thread' });
  return Number(text);
}
