import { join } from 'node:path';
import type { CallOutput } from '../../contract/bridge.ts';
import { countDrafts, countMessages, databaseBytes } from '../db/storage.ts';
import { countAllTickets } from '../db/tickets.ts';
import type { Workspace } from './workspace.ts';
import { cachePath } from './workspace.ts';

/** What this desk keeps on this computer. */
export function storageOf({ cache, outbox, outboxDb, account }: Workspace, dataDir: string): CallOutput<'storage.get'> {
  return {
    tickets: countAllTickets(cache), messages: countMessages(cache), drafts: countDrafts(outboxDb, account.id), waiting: outbox.open().length,
    cache_bytes: databaseBytes(cachePath(dataDir)), outbox_bytes: databaseBytes(join(dataDir, 'outbox.db')), folder: dataDir,
  };
}

/** The undo windows that run, to go on with after the workspace was closed and opened again. */
export function windowsLeft({ outbox, holds }: Workspace): [operationId: string, ms: number][] {
  return outbox.open().flatMap(({ id }) => {
    const left = holds.left(id);
    return left === null ? [] : [[id, left]];
  });
}
