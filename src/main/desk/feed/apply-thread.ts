import type { Answer } from '../../../contract/wire/api.ts';
import type { Message } from '../../../contract/wire/entities.ts';
import { parseWireTime } from '../../../core/time.ts';
import { keepMessage, storeMessages } from '../areas/tickets/message-writes.ts';
import type { WriteDb } from '../sqlite/connection.ts';
import { wasRemoved } from '../areas/tickets/removed.ts';
import { markDoubtful, markWhole } from '../areas/tickets/threads-partial.ts';
import { storedVersion, storeTicket } from '../areas/tickets/tickets-table.ts';
import { markUnread, type ReadThrough } from '../areas/tickets/unread.ts';
import { answerGeneration } from './generation.ts';

export interface PartState {
  readThrough: ReadThrough;
  /**
   * Until when (ms) the parts before this one, which are newer, say that the thread was answered.
   */
  settled: number;
}

/**
 * Applies a part of a thread that was asked for beside the feed, the newest first, in one
 * transaction. Pages may have come while the answer was under way, so it adds what is missing and
 * changes nothing that is here: what it knows better, the feed still brings. Until its last part is
 * here the thread counts as partial, also after a crash. Answers `settled` for the next part.
 */
export function applyThreadPart(
  db: WriteDb,
  { ticket, messages, next_cursor: next }: Answer<'getTicket'>,
  { readThrough, settled: before }: PartState,
): number {
  return db.transaction(() => {
    if (wasRemoved(db, ticket.id)) return before;
    const generation = answerGeneration(db);
    const known = storedVersion(db, ticket.id, generation);
    if (known === null || known < ticket.version) storeTicket(db, ticket, generation);
    const missing = messages.filter(
      (message) => !wasRemoved(db, message.id) && !keepMessage(db, message.id, generation),
    );
    // The cache takes a thread oldest first.
    const added = storeMessages(db, missing.toSorted(byTime), generation);
    // An agent's reply settles the messages before it.
    const settled = Math.max(
      before,
      readThrough(ticket.id),
      ...messages
        .filter((m) => m.is_staff && !m.is_internal)
        .map((m) => parseWireTime(m.created_at)),
    );
    for (const { is_staff, is_internal, created_at } of added)
      if (!is_staff && !is_internal && parseWireTime(created_at) > settled)
        markUnread(db, ticket.id, parseWireTime(created_at));
    if (next === undefined) markWhole(db, [ticket.id]);
    else markDoubtful(db, [ticket.id]);
    return settled;
  });
}

/** Wire times sort as text. */
const byTime = (a: Message, b: Message): number =>
  a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : 0;
