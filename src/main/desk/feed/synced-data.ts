import type { Account } from '../../../contract/bridge.ts';
import type { Outbox } from '../areas/outbox/queue.ts';
import type { ReadMarks } from '../areas/tickets/read-marks.ts';
import type { WriteDb } from '../sqlite/connection.ts';
import type { OwnRows } from '../sqlite/own-rows.ts';

/** The data of an account that sync reads and writes. */
export interface SyncedData {
  account: Pick<Account, 'id' | 'name'>;
  cache: WriteDb;
  own: Pick<OwnRows, 'db'>;
  outbox: Outbox;
  marks: ReadMarks;
}
