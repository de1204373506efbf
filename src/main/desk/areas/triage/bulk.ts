import {
  bulkLimit,
  BulkResult,
  type Bulk,
  type BulkAction,
  type BulkTarget,
  type CallOutput,
} from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import {
  addBulk,
  addBulkItem,
  bulkById,
  countItems,
  itemResults,
  listBulks,
  parkedItems,
  redoFailed,
  wantUndo,
  type BulkRecord,
} from './bulks.ts';
import { newestKey } from '../tickets/messages.ts';
import { getTickets } from '../tickets/tickets-table.ts';
import { requireAbility, requireChange } from './abilities.ts';
import { idsOf } from '../tickets/list.ts';
import { sendAgain } from '../outbox/outbox.ts';
import { finalCloseMs } from './triage.ts';
import type { Workspace } from '../../workspace.ts';

const window = 1_000;
const listed = 20;
/** Tickets in one transaction. */
const written = 250;
const retryStretch = 25;

/**
 * Begins to do one thing to many tickets. Which ones is written down before this answers, with what
 * the desk had of each: a customer's word that comes later stops a close as it would stop a single
 * one. Throws BridgeError 'bulk-too-large'.
 */
export async function startBulk(
  work: Workspace,
  {
    target,
    action,
    attempt,
  }: { target: BulkTarget; action: BulkAction; attempt?: string | undefined },
): Promise<CallOutput<'bulk.start'>> {
  if (attempt !== undefined && bulkById(work.outboxDb, work.key, attempt))
    return started(work, attempt, action);
  requireAction(work, action);
  const ids = await meant(work, target);
  if (ids.length > bulkLimit) throw new BridgeError('bulk-too-large');
  const id = attempt ?? work.newId();
  for (let from = 0; from < ids.length; from += written) {
    work.outboxDb.transaction(() => {
      for (const [i, ticketId] of ids.slice(from, from + written).entries())
        addBulkItem(work.outboxDb, id, {
          seq: from + i,
          ticketId,
          seen: action.kind === 'close' ? newestKey(work.cache, ticketId) : 0,
        });
    });
    await pause(work);
  }
  addBulk(work.outboxDb, work.key, { id, action, startedAt: work.serverNow() });
  work.bulks.wake();
  return started(work, id, action);
}

function started(work: Workspace, id: string, action: BulkAction): CallOutput<'bulk.start'> {
  const undoMs = action.kind === 'close' ? finalCloseMs(work) : null;
  return { ...find(work, id), ...(undoMs === null ? {} : { undo_ms: undoMs }) };
}

function requireAction(work: Workspace, action: BulkAction): void {
  if (action.kind === 'change') requireChange(work, action.change);
  if (action.kind === 'reopen') requireAbility(work, 'reopen');
}

async function meant(work: Workspace, target: BulkTarget): Promise<string[]> {
  if ('ids' in target) return [...new Set(target.ids)];
  const except = new Set(target.except);
  const ids = new Set<string>();
  for (const some of idsOf(work, target.query, window)) {
    for (const id of some) if (!except.has(id)) ids.add(id);
    if (ids.size > bulkLimit) break;
    await pause(work);
  }
  return [...ids];
}

/** Lets the desk answer what has been asked meanwhile. */
function pause({ clock }: Workspace): Promise<void> {
  return new Promise((done) => {
    clock.setTimer(done, 0);
  });
}

/** Where a bulk stands; null for one that this version cannot read. */
export function summary(
  work: Workspace,
  { id, action, startedAt, wanted }: BulkRecord,
): Bulk | null {
  if (!action) return null;
  const counts = countItems(work.outboxDb, id);
  return {
    id,
    action,
    started_at: startedAt,
    undone: wanted === 'undo',
    total: Object.values(counts).reduce((a, b) => a + b, 0),
    counts,
  };
}

function find(work: Workspace, id: string): Bulk {
  const record = bulkById(work.outboxDb, work.key, id);
  const bulk = record && summary(work, record);
  if (!bulk) throw new BridgeError('operation-not-found');
  return bulk;
}

export function listRecentBulks(work: Workspace): CallOutput<'bulk.list'> {
  return listBulks(work.outboxDb, work.key, listed).flatMap(
    (record) => summary(work, record) ?? [],
  );
}

export function getBulk(work: Workspace, id: string, limit: number): CallOutput<'bulk.get'> {
  const bulk = find(work, id);
  const items = itemResults(work.outboxDb, id, limit);
  const tickets = new Map(
    getTickets(
      work.cache,
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
export function undoBulk(work: Workspace, id: string): CallOutput<'bulk.undo'> {
  const { undone, action, counts } = find(work, id);
  const isFinal = action.kind === 'close' && finalCloseMs(work) !== null;
  if (undone || (isFinal && counts.todo + counts.waiting + counts['needs-you'] === 0))
    throw new BridgeError('not-undoable');
  wantUndo(work.outboxDb, id);
  work.bulks.moved();
  work.bulks.wake();
  return find(work, id);
}

/** Tries again what did not work, by the agent's decision, knowing what is there now. */
export async function retryBulk(work: Workspace, id: string): Promise<CallOutput<'bulk.retry'>> {
  find(work, id);
  redoFailed(work.outboxDb, id);
  const parked = parkedItems(work.outboxDb, id);
  for (let from = 0; from < parked.length; from += retryStretch) {
    const tickets = work.outbox.together(() =>
      parked
        .slice(from, from + retryStretch)
        .flatMap(({ operationId }) => tryAgain(work, operationId ?? '')),
    );
    work.operationsAdded(tickets);
    await pause(work);
  }
  work.bulks.wake();
  return find(work, id);
}

/** The ticket, where there was something to send; what cannot be sent again stays as it is. */
function tryAgain(work: Workspace, operationId: string): string[] {
  try {
    return [sendAgain(work, operationId)];
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error;
    return [];
  }
}
