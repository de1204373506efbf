import type { Account } from '../../../contract/bridge.ts';
import type { Outbox } from '../areas/outbox/queue.ts';
import type { ReadMarks } from '../areas/tickets/read-marks.ts';
import type { WriteDb } from '../sqlite/connection.ts';
import type { OwnRows } from '../sqlite/own-rows.ts';

/** What sync reads and writes of an account. */
export interface SyncedData {
  account: Pick<Account, 'id' | 'name'>;
  cache: WriteDb;
  own: Pick<OwnRows, 'db'>;
  outbox: Outbox;
  marks: ReadMarks;
}
