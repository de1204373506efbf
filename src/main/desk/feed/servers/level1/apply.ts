import type {
  Message,
  MessageLevel1,
  TicketLevel1,
} from '../../../../../contract/wire/entities.ts';
import {
  answeredStatus,
  compareList,
  factsOf,
  noFacts,
  threadMark,
  toMessage,
  toTicket,
  withSides,
  type ListNews,
  type Me,
  type ThreadFacts,
} from '../../../../../core/level1.ts';
import { parseWireMicros } from '../../../../../core/time.ts';
import { storeMessages } from '../../../areas/tickets/message-writes.ts';
import { hasMessages, newestKey } from '../../../areas/tickets/messages.ts';
import { wasRemoved } from '../../../areas/tickets/removed.ts';
import { readMeta, writeMeta } from '../../../sqlite/meta.ts';
import type { WriteDb } from '../../../sqlite/connection.ts';
import {
  markThreadRead,
  removeListedTicket,
  showNewestMessage,
  threadMarks,
} from '../../../areas/tickets/threads-read.ts';
import {
  getTicket,
  getTickets,
  storeTicket,
  type TicketRecord,
} from '../../../areas/tickets/tickets-table.ts';
import { type Applied } from '../../apply-page.ts';
import { currentGeneration } from '../../generation.ts';
import { markUnreadOf, type ReadThrough } from '../../../areas/tickets/unread.ts';
import { adoptLevel, levelOne } from '../known.ts';

/** Which message of a thread an operation of this desk wrote, where that is not confirmed yet. */
export type Claim = (
  ticketId: string,
  messages: readonly MessageLevel1[],
) => { messageId: string; operationId: string } | null;

export interface ThreadParts {
  me: Me;
  readThrough: ReadThrough;
  claim: Claim;
}

/**
 * Applies a list of tickets in one transaction: rows of new and changed tickets, so that the inbox
 * is usable before their threads are read, and, where the list is complete, the removal of what it
 * does not name. Answers what to read.
 */
export function applyList(
  db: WriteDb,
  listed: readonly TicketLevel1[],
  complete: boolean,
  me: Me,
): { applied: Applied; news: ListNews } {
  return db.transaction(() => {
    adoptLevel(db, levelOne);
    const news = compareList(listed, threadMarks(db), complete);
    const generation = currentGeneration(db);
    const cached = new Map(
      getTickets(
        db,
        news.changed.map((ticket) => ticket.id),
      ).map((record) => [record.id, record]),
    );
    for (const ticket of news.changed) {
      const record = cached.get(ticket.id);
      storeTicket(db, toTicket(ticket, record ? knownFacts(record) : noFacts, me), generation);
    }
    for (const id of news.vanished) removeListedTicket(db, id);
    const applied = {
      snapshot: readMeta(db, 'snapshot') !== 'done',
      newMessages: [],
      assigned: [],
      ticketIds: [...news.changed.map((ticket) => ticket.id), ...news.vanished],
      arrived: [],
      merged: [],
      copied: false,
      lists: false,
    };
    return { applied, news };
  });
}

/**
 * Applies a thread in one transaction with the mark it was read at; null leaves the mark to the
 * next list.
 */
export function applyThread(
  db: WriteDb,
  ticket: TicketLevel1,
  messages: readonly MessageLevel1[],
  mark: 'read' | null,
  parts: ThreadParts,
): Applied {
  const { me, readThrough, claim } = parts;
  return db.transaction(() => {
    const generation = currentGeneration(db);
    const snapshot = readMeta(db, 'snapshot') !== 'done';
    const facts = factsOf(messages, me);
    storeTicket(db, toTicket(answeredStatus(ticket, facts), facts, me), generation);
    const claimed = claim(ticket.id, messages);
    const converted: Message[] = withSides(messages, me).map((m) =>
      toMessage(m, me, claimed?.messageId === m.id ? claimed.operationId : null),
    );
    // A thread that was read here before: what is new of it has not been seen, whatever its time.
    const wasHere = hasMessages(db, ticket.id, generation + 1);
    const newest = newestKey(db, ticket.id);
    const newMessages = storeMessages(db, converted, generation);
    const isMerged = wasHere && newMessages.some((m) => cameByMerge(db, m, newest));
    markUnreadOf(db, newMessages, {
      me: me.id,
      isNews: () => wasHere,
      readThrough,
      merging: new Set(isMerged ? [ticket.id] : []),
    });
    showNewestMessage(db, ticket.id);
    if (mark === 'read') markThreadRead(db, ticket.id, threadMark(ticket));
    return {
      snapshot,
      newMessages: newMessages.filter((m) => m.staff_id !== me.id),
      assigned: [],
      ticketIds: [ticket.id],
      arrived: claimed ? [claimed] : [],
      merged: [],
      copied: false,
      lists: false,
    };
  });
}

/**
 * Level 1 does not tell of a merge, which support makes by SQL: what was in another ticket, or
 * stands before what is here, came by one. An answer among it answered that other ticket.
 */
function cameByMerge(db: WriteDb, { id, created_at: at }: Message, newest: number): boolean {
  return wasRemoved(db, id) || parseWireMicros(at) < newest;
}

/** From now on what comes is news. */
export function endFirstCopy(db: WriteDb): void {
  if (readMeta(db, 'snapshot') !== 'done') writeMeta(db, 'snapshot', 'done');
}

/**
 * Facts of a ticket that the cache has and the server does not report; `noFacts` when it is not
 * cached.
 */
export function cachedFacts(db: WriteDb, ticketId: string): ThreadFacts {
  const record = getTicket(db, ticketId);
  return record ? knownFacts(record) : noFacts;
}

/** Preview and activity stay together as they are until the thread is read. */
function knownFacts(record: TicketRecord): ThreadFacts {
  return {
    customerId: record.requester_id === record.id ? null : record.requester_id,
    messageCount: record.message_count,
    lastMessage:
      record.preview_is_staff === null
        ? null
        : { preview: record.preview, is_staff: record.preview_is_staff },
    lastMessageAt: new Date(record.activity_at).toISOString(),
  };
}
