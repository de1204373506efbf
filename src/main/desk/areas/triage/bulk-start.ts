import {
  bulkLimit,
  type BulkAction,
  type BulkTarget,
  type CallOutput,
  type TicketQuery,
} from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { Clock } from '../../../../core/clock.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import { newestKey } from '../tickets/messages.ts';
import { requireAbility, requireChange } from './abilities.ts';
import { pause, type Bulks } from './bulk-run.ts';
import { findBulk } from './bulk-summary.ts';
import { addBulk, addBulkItem, bulkById } from './bulks.ts';
import { finalCloseMs } from './triage.ts';

export interface BulkStartParts {
  cache: ReadDb;
  own: OwnRows;
  clock: Clock;
  serverNow: () => number;
  newId: () => string;
  /** The ids of everything in a view, in windows of `size`. */
  idsOf: (query: TicketQuery, size: number) => Iterable<string[]>;
  bulks: Pick<Bulks, 'wake'>;
}

const window = 1_000;
/** Tickets in one transaction. */
const written = 250;

/**
 * Begins to do one thing to many tickets. Which ones is written down before this returns, with what
 * the desk had of each: a customer's word that comes later stops a close as it would stop a single
 * one. Throws BridgeError 'bulk-too-large'.
 */
export async function startBulk(
  parts: BulkStartParts,
  {
    target,
    action,
    attempt,
  }: { target: BulkTarget; action: BulkAction; attempt?: string | undefined },
): Promise<CallOutput<'bulk.start'>> {
  if (attempt !== undefined && bulkById(parts.own.db, parts.own.key, attempt))
    return started(parts, attempt, action);
  requireAction(parts.cache, action);
  const ids = await meant(parts, target);
  if (ids.length > bulkLimit) throw new BridgeError('bulk-too-large');
  const id = attempt ?? parts.newId();
  for (let from = 0; from < ids.length; from += written) {
    parts.own.db.transaction(() => {
      for (const [i, ticketId] of ids.slice(from, from + written).entries())
        addBulkItem(parts.own.db, id, {
          seq: from + i,
          ticketId,
          seen: action.kind === 'close' ? newestKey(parts.cache, ticketId) : 0,
        });
    });
    await pause(parts.clock);
  }
  addBulk(parts.own.db, parts.own.key, { id, action, startedAt: parts.serverNow() });
  parts.bulks.wake();
  return started(parts, id, action);
}

function started(
  parts: Pick<BulkStartParts, 'cache' | 'own'>,
  id: string,
  action: BulkAction,
): CallOutput<'bulk.start'> {
  const undoMs = action.kind === 'close' ? finalCloseMs(parts) : null;
  return { ...findBulk(parts.own, id), ...(undoMs === null ? {} : { undo_ms: undoMs }) };
}

function requireAction(cache: ReadDb, action: BulkAction): void {
  if (action.kind === 'change') requireChange(cache, action.change);
  if (action.kind === 'reopen') requireAbility(cache, 'reopen');
}

async function meant(
  parts: Pick<BulkStartParts, 'idsOf' | 'clock'>,
  target: BulkTarget,
): Promise<string[]> {
  if ('ids' in target) return [...new Set(target.ids)];
  const except = new Set(target.except);
  const ids = new Set<string>();
  for (const some of parts.idsOf(target.query, window)) {
    for (const id of some) if (!except.has(id)) ids.add(id);
    if (ids.size > bulkLimit) break;
    await pause(parts.clock);
  }
  return [...ids];
}
