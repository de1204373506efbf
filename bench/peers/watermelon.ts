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

type Raw = Record<string, string | number | boolean | null>;
interface Model {
  id: string;
  prepareUpdate: (
    change: (record: { _setRaw: (column: string, value: Raw[string]) => void }) => void,
  ) => object;
}
interface Query {
  fetch: () => Promise<Model[]>;
  fetchCount: () => Promise<number>;
}
interface Collection {
  prepareCreateFromDirtyRaw: (raw: Raw) => object;
  query: (...clauses: unknown[]) => Query;
}
/** The part of WatermelonDB that is used here. */
interface Watermelon {
  Database: new (options: object) => {
    write: (work: () => Promise<void>) => Promise<void>;
    batch: (records: readonly object[]) => Promise<void>;
    get: (table: string) => Collection;
  };
  Model: new () => object;
  appSchema: (schema: object) => object;
  tableSchema: (schema: object) => object;
  Q: Record<'where' | 'sortBy' | 'take' | 'oneOf', (...values: unknown[]) => unknown> & {
    desc: unknown;
  };
}

const text = (name: string, isIndexed = false) => ({
  name,
  type: 'string',
  isOptional: true,
  isIndexed,
});
const number = (name: string, isIndexed = false) => ({
  name,
  type: 'number',
  isOptional: true,
  isIndexed,
});
/** Names that it keeps for numbers. */
const stamps = ['created_at', 'updated_at'].map((name) => ({ name, type: 'number' }));
const flag = (name: string, isIndexed = false) => ({
  name,
  type: 'boolean',
  isOptional: true,
  isIndexed,
});

/**
 * WatermelonDB on better-sqlite3: columns that are asked for are indexed, writes go as prepared
 * records in batches.
 */
export const openWatermelon: OpenStore = async ({ dir, me, peer }) => {
  const {
    Database: Watermelon,
    Model,
    appSchema,
    tableSchema,
    Q,
  } = peer('@nozbe/watermelondb') as Watermelon;
  const { default: Adapter } = peer('@nozbe/watermelondb/adapters/sqlite') as {
    default: new (options: object) => { initializingPromise: Promise<void> };
  };
  (
    peer('@nozbe/watermelondb/utils/common/logger') as { default: { silence: () => void } }
  ).default.silence();
  const schema = appSchema({
    version: 1,
    tables: [
      tableSchema({
        name: 'tickets',
        columns: [
          ...[
            'subject',
            'category',
            'resolved_at',
            'last_message_at',
            'requester_id',
            'requester_name',
            'requester_email',
            'snoozed_until',
            'tags',
            'preview',
          ].map((name) => text(name)),
          text('status', true),
          text('priority', true),
          text('assignee_id', true),
          flag('active', true),
          number('activity', true),
          ...stamps,
          number('version'),
          number('message_count'),
          flag('last_is_staff'),
        ],
      }),
      tableSchema({
        name: 'messages',
        columns: [
          ...['user_id', 'staff_id', 'author_name', 'message', 'client_id', 'mentions'].map(
            (name) => text(name),
          ),
          text('ticket_id', true),
          { name: 'created_at', type: 'number', isIndexed: true },
          flag('is_internal'),
          flag('is_staff'),
        ],
      }),
    ],
  });
  class TicketModel extends Model {
    static table = 'tickets';
  }
  class MessageModel extends Model {
    static table = 'messages';
  }
  const path = join(dir, 'watermelon.db');
  const adapter = new Adapter({ dbName: path, schema });
  await adapter.initializingPromise;
  // As its adapters for phones do; the one for Node leaves SQLite's default.
  const journal = new Database(path);
  journal.pragma('journal_mode = WAL');
  journal.close();
  const database = new Watermelon({ adapter, modelClasses: [TicketModel, MessageModel] });
  const [tickets, messages] = [database.get('tickets'), database.get('messages')];
  const where: Record<View, unknown[]> = {
    mine: [Q.where('active', true), Q.where('assignee_id', me)],
    unassigned: [Q.where('active', true), Q.where('assignee_id', null)],
    open: [Q.where('active', true)],
    urgent: [Q.where('active', true), Q.where('priority', 'urgent')],
    waiting: [Q.where('status', 'waiting')],
    closed: [Q.where('active', false)],
    all: [],
  };
  return {
    async load(pages) {
      for (const page of pages) {
        await database.write(() =>
          database.batch([
            ...page.tickets.map((ticket) =>
              tickets.prepareCreateFromDirtyRaw(ticketRaw(ticket, me)),
            ),
            ...page.messages.map((message) =>
              messages.prepareCreateFromDirtyRaw(messageRaw(message)),
            ),
          ]),
        );
      }
    },
    list: async (view) =>
      (
        await tickets
          .query(...where[view], Q.sortBy('activity', Q.desc), Q.take(windowSize))
          .fetch()
      ).map((ticket) => ticket.id),
    async counts() {
      const counts: Partial<Record<View, number>> = {};
      for (const name of views) counts[name] = await tickets.query(...where[name]).fetchCount();
      return counts as Record<View, number>;
    },
    thread: async (id) =>
      (
        await messages
          .query(Q.where('ticket_id', id), Q.sortBy('created_at', Q.desc), Q.take(threadSize))
          .fetch()
      ).length,
    search: null,
    async apply(rows: Rows) {
      await database.write(async () => {
        const changed = new Map(rows.tickets.map((ticket) => [ticket.id, ticketRaw(ticket, me)]));
        const known = await tickets.query(Q.where('id', Q.oneOf([...changed.keys()]))).fetch();
        await database.batch([
          ...known.map((model) =>
            model.prepareUpdate((record) => {
              for (const [column, value] of Object.entries(changed.get(model.id) ?? {}))
                if (column !== 'id') record._setRaw(column, value);
            }),
          ),
          ...rows.messages.map((message) =>
            messages.prepareCreateFromDirtyRaw(messageRaw(message)),
          ),
        ]);
      });
    },
    // It has no way to close; every write is committed when it resolves.
    close: () => Promise.resolve(),
  };
};

function ticketRaw(ticket: Ticket, me: string): Raw {
  const { requester, tags, last_message: last, ...plain } = ticket;
  return {
    ...plain,
    created_at: Date.parse(ticket.created_at),
    updated_at: Date.parse(ticket.updated_at),
    requester_id: requester.id,
    requester_name: requester.name,
    requester_email: requester.email,
    tags: JSON.stringify(tags),
    preview: last?.preview ?? null,
    last_is_staff: last?.is_staff ?? null,
    activity: activityOf(ticket),
    active: viewsOf(ticket, me).includes('open'),
  };
}

const messageRaw = ({ mentions, ...message }: Message): Raw => ({
  ...message,
  mentions: JSON.stringify(mentions),
  created_at: Date.parse(message.created_at),
});
