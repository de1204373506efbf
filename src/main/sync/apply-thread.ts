import type { Answer } from '../../contract/api.ts';
import { parseWireTime } from '../../core/time.ts';
import { keepMessage, storeMessages } from '../db/message-writes.ts';
import type { WriteDb } from '../db/open.ts';
import { wasRemoved } from '../db/removed.ts';
import { markWhole } from '../db/threads-partial.ts';
import { storedVersion, storeTicket } from '../db/tickets.ts';
import { markUnread } from '../db/unread.ts';
import type { ReadThrough } from './apply-page.ts';
import { answerGeneration } from './apply-page.ts';

/**
 * Applies a whole thread that was asked for beside the feed, in one transaction. Pages may have come while the answer was
 * under way, so it adds what is missing and changes nothing that is here: what it knows better, the feed still brings.
 */
export function applyWholeThread(db: WriteDb, { ticket, messages }: Answer<'getTicket'>, readThrough: ReadThrough): void {
  db.transaction(() => {
    if (wasRemoved(db, ticket.id)) return;
    const generation = answerGeneration(db);
    const known = storedVersion(db, ticket.id, generation);
    if (known === null || known < ticket.version) storeTicket(db, ticket, generation);
    const added = storeMessages(db, messages.filter((message) => !wasRemoved(db, message.id) && !keepMessage(db, message.id, generation)), generation);
    // What anyone has answered is settled.
    const settled = Math.max(readThrough(ticket.id), ...messages.filter((m) => m.is_staff && !m.is_internal).map((m) => parseWireTime(m.created_at)));
    for (const { is_staff, is_internal, created_at } of added) if (!is_staff && !is_internal && parseWireTime(created_at) > settled) markUnread(db, ticket.id, parseWireTime(created_at));
    markWhole(db, [ticket.id]);
  });
}
