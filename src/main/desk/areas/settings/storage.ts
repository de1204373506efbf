import { join } from 'node:path';
import type { CallOutput } from '../../../../contract/bridge.ts';
import { storageFaultOf, type StorageFault } from '../../sqlite/storage-fault.ts';
import { countDrafts, countMessages, databaseBytes } from './storage-figures.ts';
import { countAllTickets } from '../tickets/tickets-table.ts';
import { cachePath } from '../../sqlite/account-cache.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Outbox } from '../outbox/queue.ts';

export interface StorageParts {
  cache: ReadDb;
  outbox: Pick<Outbox, 'open'>;
  own: OwnRows;
  dataDir: string;
}

/** The data that this desk keeps on this computer: counts, sizes and folder. */
export function storageOf({
  cache,
  outbox,
  own,
  dataDir,
}: StorageParts): CallOutput<'storage.get'> {
  return {
    tickets: countAllTickets(cache),
    messages: countMessages(cache),
    drafts: countDrafts(own.db, own.key),
    waiting: outbox.open().length,
    cache_bytes: databaseBytes(cachePath(dataDir)),
    outbox_bytes: databaseBytes(join(dataDir, 'outbox.db')),
    folder: dataDir,
  };
}

/**
 * Why the desk cannot start in its data folder, in a sentence for the user; anything else is thrown
 * as it is.
 */
export function startFailure(error: unknown, dir: string): unknown {
  const fault = storageFaultOf(error, dir);
  return fault === null ? error : new Error(startSentences[fault](dir), { cause: error });
}

const startSentences: Record<StorageFault, (dir: string) => string> = {
  full: (dir) =>
    `The disk of the data folder ${dir} is full, so Staffdesk cannot begin there. Free ` +
    'some space, then start it again.',
  'read-only': (dir) =>
    `The data folder ${dir} cannot be written to, so Staffdesk cannot begin there. Allow ` +
    'it to be changed, or choose another folder with --data.',
  held: (dir) =>
    `Another program is using the data folder ${dir}. Close it, or wait until it is done, then start Staffdesk again.`,
  gone: (dir) =>
    `The data folder ${dir} cannot be made. Check its path, or choose another folder with --data.`,
  swapped: (dir) =>
    `The data folder ${dir} was changed by another program while Staffdesk was starting. Start it again.`,
  failed: (dir) =>
    `The data folder ${dir} cannot be used: the disk refuses it. Check the disk and the ` +
    'permissions of the folder, or choose another folder with --data.',
};
