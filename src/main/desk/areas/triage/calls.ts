import type { Calls } from '../../handlers.ts';
import { startBulk, type BulkStartParts } from './bulk-start.ts';
import { getBulk, listRecentBulks, retryBulk, undoBulk, type BulkParts } from './bulk.ts';
import { changeTicket, closeTicket, reopenTicket, undoTriage, type TriageParts } from './triage.ts';

type Names = 'triage.change' | 'triage.close' | 'triage.reopen' | 'triage.undo';
type BulkNames = 'bulk.start' | 'bulk.list' | 'bulk.get' | 'bulk.undo' | 'bulk.retry';

export const triageCalls = (parts: TriageParts): Calls<Names> => ({
  'triage.change': (input) => changeTicket(parts, input),
  'triage.close': (input) => closeTicket(parts, input),
  'triage.reopen': (input) => reopenTicket(parts, input),
  'triage.undo': ({ operation_id }) => undoTriage(parts, operation_id),
});

export const bulkCalls = (starting: BulkStartParts, parts: BulkParts): Calls<BulkNames> => ({
  'bulk.start': (input) => startBulk(starting, input),
  'bulk.list': () => listRecentBulks(parts.own),
  'bulk.get': ({ bulk_id, limit }) => getBulk(parts, bulk_id, limit),
  'bulk.undo': ({ bulk_id }) => undoBulk(parts, bulk_id),
  'bulk.retry': ({ bulk_id }) => retryBulk(parts, bulk_id),
});
