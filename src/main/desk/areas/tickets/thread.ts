import type { Account, CallInput, CallOutput, ThreadMessage } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { Operation } from '../../../../core/operation.ts';
import { draftsOf } from '../compose/drafts.ts';
import {
  arrivedOperations,
  countFrom,
  keyOfMessage,
  threadWindow,
  type MessageRecord,
} from './messages.ts';
import { keptUnread } from './kept-unread.ts';
import { isPartial } from './threads-partial.ts';
import { countOtherTickets, getTicket, otherTicketsOf } from './tickets-table.ts';
import { unreadState } from './mark-read.ts';
import { unreadSince } from './unread.ts';
import { toDetail } from './rows.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Holds } from '../outbox/holds.ts';
import type { Outbox } from '../outbox/queue.ts';
import type { Snoozes } from '../triage/snooze.ts';

export interface ThreadParts {
  cache: ReadDb;
  outbox: Pick<Outbox, 'openOf'>;
  own: OwnRows;
  account: Account;
  snoozes: Pick<Snoozes, 'sleep'>;
  holds: Pick<Holds, 'left'>;
  /** Until when (server ms) the agent has read a ticket. */
  readThrough: (ticketId: string) => number;
}

type ReachParts = Pick<ThreadParts, 'cache' | 'readThrough'>;
type WaitingParts = Pick<ThreadParts, 'cache' | 'account' | 'holds'>;

const otherTickets = 5;
/** Messages shown before the one that is reached for, and the most that are loaded to reach it. */
const context = 20;
const farthest = 5_000;

/**
 * A ticket with a window of its messages; what waits to be sent stands at the end of the newest
 * window.
 */
export function getThread(
  parts: ThreadParts,
  input: CallInput<'thread.get'>,
): CallOutput<'thread.get'> {
  const { ticket_id: id, before, limit } = input;
  const record = getTicket(parts.cache, id);
  if (!record) throw new BridgeError('ticket-not-found');
  const operations = parts.outbox.openOf(id);
  const wanted = before === null ? Math.max(limit, reachOf(parts, id, input.reach)) : limit;
  const window = threadWindow(parts.cache, id, parseKey(before), wanted + 1);
  const more = window.length > wanted;
  const messages = more ? window.slice(1) : window;
  const drafts = draftsOf(parts.own.db, parts.own.key, id);
  return {
    ticket: toDetail(
      record,
      operations,
      parts.account.id,
      drafts.length > 0,
      parts.snoozes.sleep(),
    ),
    messages: [
      ...messages.map((m) => fromServer(m, parts.account.id)),
      ...(before === null ? waiting(parts, operations) : []),
    ],
    older: more ? String(messages[0]?.key ?? '') : null,
    read_through: readThroughOf(parts, id),
    unread_state: unreadState(parts.cache, parts.own, record),
    kept_unread: keptUnread(parts.own, id)?.mark ?? null,
    drafts,
    other_tickets: otherTicketsOf(parts.cache, record.requester_id, id, otherTickets),
    whole: !isPartial(parts.cache, id),
    other_count: countOtherTickets(parts.cache, record.requester_id),
  };
}

/** Until when all was seen: a merge may have put an unseen message before what was read. */
function readThroughOf(parts: ReachParts, ticketId: string): number {
  return Math.min(
    parts.readThrough(ticketId),
    (unreadSince(parts.cache, ticketId) ?? Infinity) - 1,
  );
}

/**
 * How many of the newest messages reach back to the first unread one, or to the one named; 0 where
 * there is nothing to reach.
 */
function reachOf(
  parts: ReachParts,
  ticketId: string,
  reach: CallInput<'thread.get'>['reach'],
): number {
  if (reach === undefined) return 0;
  const key =
    reach === 'unread'
      ? (readThroughOf(parts, ticketId) + 1) * 1_000
      : keyOfMessage(parts.cache, ticketId, reach);
  return key === null ? 0 : Math.min(farthest, countFrom(parts.cache, ticketId, key) + context);
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

function waiting(parts: WaitingParts, operations: readonly Operation[]): ThreadMessage[] {
  const arrived = arrivedOperations(
    parts.cache,
    operations.map((operation) => operation.id),
    parts.account.id,
  );
  return operations.flatMap((operation) => {
    const { intent } = operation;
    if ((intent.kind !== 'reply' && intent.kind !== 'note') || arrived.has(operation.id)) return [];
    return [
      {
        id: operation.id,
        kind: intent.kind,
        mine: true,
        author: parts.account.name,
        text: intent.text,
        at: operation.createdAt,
        delivery: deliveryOf(operation),
        held_ms: operation.state === 'held' ? parts.holds.left(operation.id) : null,
        problem: operation.parked?.reason ?? null,
        mentions: intent.kind === 'note' ? intent.mentions : [],
      },
    ];
  });
}

/** An operation's state in the words of the window. */
export function deliveryOf(operation: Operation): 'held' | 'queued' | 'sending' | 'not-sent' {
  if (operation.state === 'parked') return 'not-sent';
  if (operation.state === 'held') return 'held';
  return operation.state === 'inflight' ? 'sending' : 'queued';
}

function parseKey(text: string | null): number | null {
  if (text === null) return null;
  if (!/^\d{1,16}$/.test(text))
    throw new BridgeError('invalid-input', { message: 'not a position of this thread' });
  return Number(text);
}
