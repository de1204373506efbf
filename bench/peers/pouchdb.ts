import { join } from 'node:path';
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

interface Doc {
  _id: string;
  _rev?: string;
}
interface Found {
  rows: { id: string; key: unknown; value: { rev: string } | number | null; doc?: Doc }[];
}
/** The part of a PouchDB database that is used here. */
interface Pouch {
  bulkDocs: (docs: readonly object[]) => Promise<{ ok?: true; error?: unknown }[]>;
  allDocs: (options: object) => Promise<Found>;
  query: (view: string, options: object) => Promise<Found>;
  put: (doc: object) => Promise<unknown>;
  close: () => Promise<void>;
}
type PouchConstructor = new (path: string, options: object) => Pouch;

/**
 * Emitted for each view that a ticket is in; the reduce counts them. It becomes text and knows
 * nothing of this file.
 */
const lists =
  'function (doc) { for (var i = 0; i < doc.views.length; i++) emit([doc.views[i], doc.activity, doc._id]); }';

/**
 * PouchDB on LevelDB: threads are ranges of the primary key, lists and counts one persistent view,
 * writes bulkDocs.
 */
export const openPouch: OpenStore = async ({ dir, me, peer }) => {
  const PouchDB = peer('pouchdb') as PouchConstructor;
  const options = { auto_compaction: true, revs_limit: 1 };
  const tickets = new PouchDB(join(dir, 'tickets'), options);
  const messages = new PouchDB(join(dir, 'messages'), options);
  const ticketDocs = ({ tickets: list }: Rows) =>
    list.map((ticket) => ({
      ...ticket,
      _id: ticket.id,
      activity: activityOf(ticket),
      views: viewsOf(ticket, me),
    }));
  // So that a thread is a range, oldest first.
  const messageDocs = ({ messages: list }: Rows) =>
    list.map((message) => ({
      ...message,
      _id: `${message.ticket_id} ${message.created_at} ${message.id}`,
    }));
  const write = async (to: Pouch, docs: readonly object[]): Promise<void> => {
    if ((await to.bulkDocs(docs)).some((result) => result.ok !== true))
      throw new Error('PouchDB refused a document.');
  };
  return {
    async load(pages) {
      await tickets.put({
        _id: '_design/lists',
        views: { lists: { map: lists, reduce: '_count' } },
      });
      for (const page of pages) {
        await write(tickets, ticketDocs(page));
        await write(messages, messageDocs(page));
      }
      // The view is built when it is first asked.
      await tickets.query('lists', { limit: 1, reduce: false });
    },
    async list(view) {
      const window = await tickets.query('lists', {
        reduce: false,
        descending: true,
        startkey: [view, {}],
        endkey: [view],
        limit: windowSize,
        include_docs: true,
      });
      return window.rows.map((row) => row.id);
    },
    async counts() {
      const counted = await tickets.query('lists', { group_level: 1 });
      const counts = Object.fromEntries(views.map((name) => [name, 0])) as Record<View, number>;
      for (const { key, value } of counted.rows) counts[(key as [View])[0]] = Number(value);
      return counts;
    },
    thread: async (id) =>
      (
        await messages.allDocs({
          include_docs: true,
          descending: true,
          startkey: `${id} ~`,
          endkey: `${id} `,
          limit: threadSize,
        })
      ).rows.length,
    search: null,
    async apply(rows) {
      const known = await tickets.allDocs({ keys: rows.tickets.map((ticket) => ticket.id) });
      const revisions = new Map(
        known.rows.map(({ id, value }) => [id, typeof value === 'object' ? value?.rev : undefined]),
      );
      await write(
        tickets,
        ticketDocs(rows).map((doc) => ({ ...doc, _rev: revisions.get(doc._id) })),
      );
      await write(messages, messageDocs(rows));
      // A view that is behind is brought up by who asks next; a list that is shown asks at once.
      await tickets.query('lists', { limit: 1, reduce: false });
    },
    async close() {
      await tickets.close();
      await messages.close();
    },
  };
};
