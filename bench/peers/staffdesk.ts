import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SyncPage } from '../../src/contract/wire/api.ts';
import { systemClock, systemRandom } from '../../src/main/clock.ts';
import { rememberAccount } from '../../src/main/desk/areas/session/accounts.ts';
import { openCache } from '../../src/main/desk/sqlite/cache-file.ts';
import { writeMeta } from '../../src/main/desk/sqlite/meta.ts';
import { openOutbox } from '../../src/main/desk/sqlite/outbox-file.ts';
import { indexWaiting, mergeIndex } from '../../src/main/desk/areas/search/search-index.ts';
import { openDesk } from '../../src/main/desk/desk.ts';
import { applyPage } from '../../src/main/desk/feed/apply-page.ts';
import { adoptLevel } from '../../src/main/desk/feed/servers/known.ts';
import { createMemorySecrets } from '../../src/main/desk/areas/session/secrets.ts';
import { nobody } from '../window/cache.ts';
import { threadSize, views, windowSize, type OpenStore, type Rows, type View } from './store.ts';

const pageOf = ({ tickets, messages }: Rows, more: boolean): SyncPage => ({
  tickets,
  messages,
  staff: [],
  macros: [],
  removed: [],
  next_cursor: 'c',
  has_more: more,
});

/**
 * Our own copy, filled by the pages of a first sync and read through the desk's own calls, as a
 * window reads it.
 */
export const openStaffdesk: OpenStore = ({ dir, me }) => {
  const path = join(dir, 'cache.db');
  const isThere = existsSync(path);
  const { db } = openCache(path);
  if (!isThere) {
    adoptLevel(db, {
      level: 2,
      features: ['notes', 'patch', 'reopen', 'idempotency', 'sync', 'events', 'staff'],
    });
    writeMeta(db, 'owner', `${nobody} ${me}`);
    const outbox = openOutbox(join(dir, 'outbox.db')).db;
    rememberAccount(
      outbox,
      { id: me, email: 'bench@staffdesk.test', name: 'Bench Agent', role: 'staff' },
      nobody,
    );
    outbox.close();
  }
  // The search follows behind the rows; here it is waited for, since the others' rows are found
  // when they are in.
  const put = (rows: Rows, more: boolean): void => {
    applyPage(db, pageOf(rows, more), me, () => Number.MAX_SAFE_INTEGER);
    while (indexWaiting(db, 4_000) > 0);
  };
  // No server is there: the desk reads its own data.
  const desk = isThere
    ? openDesk({
        dataDir: dir,
        server: nobody,
        clock: systemClock,
        random: systemRandom,
        secrets: createMemorySecrets(),
        standIn: null,
      })
    : null;
  const reader = () => {
    if (!desk) throw new Error('The desk reads a copy that is there when it is opened.');
    return desk.handlers;
  };
  return Promise.resolve({
    load(pages) {
      for (const [n, page] of pages.entries()) put(page, n < pages.length - 1);
      while (mergeIndex(db, 1_000));
      db.pragma('wal_checkpoint(TRUNCATE)');
      return Promise.resolve();
    },
    list: async (view) =>
      (
        await reader()['tickets.list']({
          view,
          filter: {},
          sort: 'newest',
          after: null,
          limit: windowSize,
        })
      ).rows.map((row) => row.id),
    async counts() {
      const counted = await reader()['views.counts']({});
      return Object.fromEntries(
        views.map((name) => [name, counted.find((c) => c.view === name)?.count ?? 0]),
      ) as Record<View, number>;
    },
    thread: async (id) =>
      (await reader()['thread.get']({ ticket_id: id, before: null, limit: threadSize })).messages
        .length,
    search: async (begin) =>
      (await reader()['search.query']({ query: begin, limit: threadSize })).hits.length,
    apply(rows) {
      put(rows, false);
      return Promise.resolve();
    },
    async close() {
      await desk?.close();
      db.close();
    },
  });
};
