import { BulkResult, type CallOutput } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { Clock } from '../../../../core/clock.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Tell } from '../../tell.ts';
import { sendAgain } from '../outbox/outbox.ts';
import type { Outbox } from '../outbox/queue.ts';
import { getTickets } from '../tickets/tickets-table.ts';
import { pause, type Bulks } from './bulk-run.ts';
import { findBulk, summary } from './bulk-summary.ts';
import { itemResults, listBulks, parkedItems, redoFailed, wantUndo } from './bulks.ts';
import { finalCloseMs } from './triage.ts';

export interface BulkParts {
  cache: ReadDb;
  outbox: Outbox;
  own: OwnRows;
  clock: Clock;
  tell: Pick<Tell, 'bulkAdded'>;
  bulks: Pick<Bulks, 'wake' | 'moved'>;
}

const listed = 20;
const retryStretch = 25;

export function listRecentBulks({ db, key }: OwnRows): CallOutput<'bulk.list'> {
  return listBulks(db, key, listed).flatMap((record) => summary(db, record) ?? []);
}

export function getBulk(
  parts: Pick<BulkParts, 'cache' | 'own'>,
  id: string,
  limit: number,
): CallOutput<'bulk.get'> {
  const bulk = findBulk(parts.own, id);
  const items = itemResults(parts.own.db, id, limit);
  const tickets = new Map(
    getTickets(
      parts.cache,
      items.map((item) => item.ticket_id),
    ).map((record) => [record.id, record]),
  );
  return {
    bulk,
    results: items.map((item) => ({
      ...item,
      reason: isReason(item.reason) ? item.reason : null,
      subject: tickets.get(item.ticket_id)?.subject ?? '',
      requester: tickets.get(item.ticket_id)?.requester_name ?? '',
    })),
  };
}

type Reason = CallOutput<'bulk.get'>['results'][number]['reason'];
const reasons = BulkResult.shape.reason;
const isReason = (text: string | null): text is NonNullable<Reason> =>
  text !== null && reasons.safeParse(text).success;

/** Takes all of it back. */
export function undoBulk(
  parts: Pick<BulkParts, 'cache' | 'own' | 'bulks'>,
  id: string,
): CallOutput<'bulk.undo'> {
  const { undone, action, counts } = findBulk(parts.own, id);
  const isFinal = action.kind === 'close' && finalCloseMs(parts) !== null;
  if (undone || (isFinal && counts.todo + counts.waiting + counts['not-sent'] === 0))
    throw new BridgeError('not-undoable');
  wantUndo(parts.own.db, id);
  parts.bulks.moved();
  parts.bulks.wake();
  return findBulk(parts.own, id);
}

/** Tries again what did not parts, by the agent's decision, knowing what is there now. */
export async function retryBulk(parts: BulkParts, id: string): Promise<CallOutput<'bulk.retry'>> {
  findBulk(parts.own, id);
  redoFailed(parts.own.db, id);
  const parked = parkedItems(parts.own.db, id);
  for (let from = 0; from < parked.length; from += retryStretch) {
    const tickets = parts.outbox.together(() =>
      parked
        .slice(from, from + retryStretch)
        .flatMap(({ operationId }) => tryAgain(parts, operationId ?? '')),
    );
    parts.tell.bulkAdded(tickets);
    await pause(parts.clock);
  }
  parts.bulks.wake();
  return findBulk(parts.own, id);
}

/** The ticket, where there was something to send; what cannot be sent again stays as it is. */
function tryAgain(parts: Pick<BulkParts, 'cache' | 'outbox'>, operationId: string): string[] {
  try {
    return [sendAgain(parts, operationId)];
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error;
    return [];
  }
}
