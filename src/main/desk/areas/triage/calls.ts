import type { triageContract } from '../../../../contract/areas/triage.ts';
import type { Calls, CallsOf } from '../../handlers.ts';
import { startBulk, type BulkStartParts } from './bulk-start.ts';
import { getBulk, listRecentBulks, retryBulk, undoBulk, type BulkParts } from './bulk.ts';
import { changeTicket, closeTicket, reopenTicket, undoTriage, type TriageParts } from './triage.ts';

type Names = keyof CallsOf<typeof triageContract>;
type BulkNames = Extract<Names, `bulk.${string}`>;

export const triageCalls = (parts: TriageParts): Calls<Exclude<Names, BulkNames>> => ({
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
