import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Message, Ticket } from '../../src/contract/wire/entities.ts';
import {
  activityOf,
  threadSize,
  views,
  viewsOf,
  windowSize,
  type OpenStore,
  type Rows,
  type View,
} from './store.ts';

type Cells = Record<string, string | number | boolean>;
/** The part of TinyBase that is used here. */
interface TinyStore {
  transaction: (run: () => void) => void;
  setRow: (table: string, id: string, cells: Cells) => void;
  getRow: (table: string, id: string) => Cells;
}
interface Indexes {
  setIndexDefinition: (
    id: string,
    table: string,
    slice: (get: (cell: string) => unknown) => string | string[],
    sort: string,
    sorter?: (a: number, b: number) => number,
  ) => void;
  getSliceRowIds: (index: string, slice: string) => string[];
}
interface Persister {
  load: () => Promise<unknown>;
  save: () => Promise<unknown>;
  destroy: () => Promise<unknown>;
}
interface TinyBase {
  createStore: () => TinyStore;
  createIndexes: (store: TinyStore) => Indexes;
}
interface Persisters {
  createBetterSqlite3Persister: (
    store: TinyStore,
    db: Database.Database,
    config: object,
    onSql: undefined,
    onError: (error: unknown) => void,
  ) => Persister;
}

const sortNewest = (a: number, b: number): number => b - a;

/**
 * TinyBase with its SQLite persister: all rows in memory, lists and threads from its sorted
 * indexes. As JSON, since the tabular mode binds each cell of a table that it saves, and SQLite
 * takes 32,766 values in one statement.
 */
export const openTinyBase: OpenStore = async ({ dir, me, peer }) => {
  const { createStore, createIndexes } = peer('tinybase') as TinyBase;
  const { createBetterSqlite3Persister } = peer(
    'tinybase/persisters/persister-better-sqlite3',
  ) as Persisters;
  const path = join(dir, 'tinybase.db');
  const isThere = existsSync(path);
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  const store = createStore();
  const persister = createBetterSqlite3Persister(
    store,
    db,
    { mode: 'json' },
    undefined,
    (error) => {
      throw error instanceof Error ? error : new Error(String(error));
    },
  );
  if (isThere) await persister.load();
  const indexes = createIndexes(store);
  indexes.setIndexDefinition(
    'views',
    'tickets',
    (get) => String(get('views')).split(' '),
    'activity',
    sortNewest,
  );
  indexes.setIndexDefinition(
    'threads',
    'messages',
    (get) => String(get('ticket_id')),
    'created',
    sortNewest,
  );
  const put = ({ tickets, messages }: Rows): void => {
    store.transaction(() => {
      for (const ticket of tickets) store.setRow('tickets', ticket.id, ticketCells(ticket, me));
      for (const message of messages) store.setRow('messages', message.id, messageCells(message));
    });
  };
  return {
    async load(pages) {
      for (const page of pages) put(page);
      await persister.save();
    },
    list(view) {
      const ids = indexes.getSliceRowIds('views', view).slice(0, windowSize);
      for (const id of ids) store.getRow('tickets', id);
      return Promise.resolve(ids);
    },
    counts: () =>
      Promise.resolve(
        Object.fromEntries(
          views.map((name) => [name, indexes.getSliceRowIds('views', name).length]),
        ) as Record<View, number>,
      ),
    thread(id) {
      const ids = indexes.getSliceRowIds('threads', id).slice(0, threadSize);
      for (const message of ids) store.getRow('messages', message);
      return Promise.resolve(ids.length);
    },
    search: null,
    async apply(rows) {
      put(rows);
      await persister.save();
    },
    async close() {
      await persister.destroy();
      db.close();
    },
  };
};

function ticketCells(
  { requester, tags, last_message: last, ...ticket }: Ticket,
  me: string,
): Cells {
  return withoutNulls({
    ...ticket,
    requester_id: requester.id,
    requester_name: requester.name,
    requester_email: requester.email,
    tags: JSON.stringify(tags),
    preview: last?.preview ?? null,
    last_is_staff: last?.is_staff ?? null,
    activity: activityOf({ requester, tags, last_message: last, ...ticket }),
    views: viewsOf(ticket, me).join(' '),
  });
}

const messageCells = ({ mentions, ...message }: Message): Cells =>
  withoutNulls({
    ...message,
    mentions: JSON.stringify(mentions),
    created: Date.parse(message.created_at),
  });

const withoutNulls = (values: Record<string, string | number | boolean | null>): Cells =>
  Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, string | number | boolean] => entry[1] !== null,
    ),
  );
