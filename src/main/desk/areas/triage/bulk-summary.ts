import type { Bulk } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import { bulkById, countItems, type BulkRecord } from './bulks.ts';

/** Where a bulk stands; null for one that this version cannot read. */
export function summary(
  outboxDb: ReadDb,
  { id, action, startedAt, wanted }: BulkRecord,
): Bulk | null {
  if (!action) return null;
  const counts = countItems(outboxDb, id);
  return {
    id,
    action,
    started_at: startedAt,
    undone: wanted === 'undo',
    total: Object.values(counts).reduce((a, b) => a + b, 0),
    counts,
  };
}

/** Throws BridgeError 'operation-not-found'. */
export function findBulk({ db, key }: OwnRows, id: string): Bulk {
  const record = bulkById(db, key, id);
  const bulk = record && summary(db, record);
  if (!bulk) throw new BridgeError('operation-not-found');
  return bulk;
}
