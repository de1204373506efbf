import {
  enterFeed,
  feedKinds,
  type MessageRow,
  type State,
  type TicketRow,
  type Tombstone,
  type UserRow,
} from './state.ts';

/** What a commit says of itself to the event hub. */
export interface Notice {
  xid: number;
  ownerId: string | null;
  internal: boolean;
}

/** A writing transaction. Rows count as written by it; the feed knows of them once it ends. */
export interface Tx {
  xid: number;
  /** Now, in microseconds; later with each call, as clock_timestamp() is. */
  clock(): number;
  insertTicket(row: Omit<TicketRow, 'xid' | 'version'>): TicketRow;
  /** Changes a ticket: version and transaction move with it. */
  updateTicket(row: TicketRow, change: Partial<TicketRow>): void;
  insertMessage(row: Omit<MessageRow, 'xid'>): MessageRow;
  updateUser(row: UserRow, change: Partial<UserRow>): void;
  deleteTicket(row: TicketRow): void;
  deleteMessage(row: MessageRow): void;
  notices: Notice[];
}

export function createTx(state: State, xid: number, clock: () => number): Tx {
  const notices: Notice[] = [];
  const note = (ownerId: string | null, internal: boolean): void => {
    if (!notices.some((n) => n.ownerId === ownerId && n.internal === internal))
      notices.push({ xid, ownerId, internal });
  };
  const enter = (kind: (typeof feedKinds)[number], id: string): void => {
    enterFeed(state, { xid, kind: feedKinds.indexOf(kind), id });
  };
  const bury = (
    kind: Tombstone['kind'],
    id: string,
    ownerId: string | null,
    internal: boolean,
  ): void => {
    state.tombstones.set(`${kind} ${id}`, { kind, id, ownerId, internal, xid });
    enter('removed', id);
  };
  const ownerOf = (ticketId: string): string | null => state.tickets.get(ticketId)?.userId ?? null;
  return {
    xid,
    clock,
    notices,
    insertTicket(plain) {
      const row = { ...plain, version: 1, xid };
      state.tickets.set(row.id, row);
      state.threads.set(row.id, []);
      enter('ticket', row.id);
      note(row.userId, false);
      return row;
    },
    updateTicket(row, change) {
      Object.assign(row, change, { version: row.version + 1, xid });
      enter('ticket', row.id);
      note(row.userId, false);
    },
    insertMessage(plain) {
      const row = { ...plain, xid };
      state.messages.set(row.id, row);
      state.threads.get(row.ticketId)?.push(row.id);
      enter('message', row.id);
      note(ownerOf(row.ticketId), row.internal);
      return row;
    },
    updateUser(row, change) {
      const wasStaff = row.role !== 'customer';
      Object.assign(row, change, { xid });
      if (row.role !== 'customer') {
        state.tombstones.delete(`staff ${row.id}`);
        enter('staff', row.id);
      } else if (wasStaff) {
        bury('staff', row.id, null, true);
      } else {
        return;
      }
      note(null, true);
    },
    deleteTicket(row) {
      const thread = state.threads.get(row.id) ?? [];
      state.tickets.delete(row.id);
      state.threads.delete(row.id);
      for (const [key, stored] of state.keys)
        if (stored.ticketId === row.id) state.keys.delete(key);
      bury('ticket', row.id, row.userId, false);
      note(row.userId, false);
      for (const id of thread) {
        const message = state.messages.get(id);
        state.messages.delete(id);
        bury('message', id, row.userId, message?.internal ?? false);
      }
    },
    deleteMessage(row) {
      state.messages.delete(row.id);
      const thread = state.threads.get(row.ticketId);
      thread?.splice(thread.indexOf(row.id), 1);
      bury('message', row.id, ownerOf(row.ticketId), row.internal);
      note(ownerOf(row.ticketId), row.internal);
    },
  };
}
