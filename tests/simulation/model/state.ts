import { pageBytes } from '../../../src/server/feed/page-size.ts';
import type { Role } from '../../../src/contract/wire/entities.ts';

/**
 * The tables of the API, in memory. Times in microseconds since the epoch. `xid` is the writing
 * transaction.
 */
export interface UserRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  active: boolean;
  password: string;
  createdAt: number;
  lastLogin: number | null;
  xid: number;
}
export interface TicketRow {
  id: string;
  userId: string;
  subject: string;
  category: string;
  priority: string;
  status: string;
  createdAt: number;
  updatedAt: number;
  resolvedAt: number | null;
  lastMessageAt: number | null;
  assigneeId: string | null;
  tags: string[];
  snoozedUntil: number | null;
  version: number;
  publicMessages: number;
  lastPreview: string | null;
  lastIsStaff: boolean;
  xid: number;
}
export interface MessageRow {
  id: string;
  ticketId: string;
  userId: string | null;
  staffId: string | null;
  text: string;
  internal: boolean;
  createdAt: number;
  clientId: string | null;
  mentions: string[];
  xid: number;
}
export interface Tombstone {
  kind: 'ticket' | 'message' | 'staff';
  id: string;
  ownerId: string | null;
  internal: boolean;
  xid: number;
}
interface SessionRow {
  id: string;
  userId: string;
  revoked: boolean;
}
interface RefreshRow {
  sessionId: string;
  expiresAt: number;
  usedAt: number | null;
  /** Its access token was used. */
  arrived: boolean;
  successor: string;
}
interface StoredKey {
  ticketId: string | null;
  fingerprint: string;
  status: number;
  body: Record<string, unknown>;
}

/** The order of kinds within one transaction, as in the server's feed. */
export const feedKinds = ['staff', 'ticket', 'message', 'removed'] as const;
export interface Change {
  xid: number;
  kind: number;
  id: string;
}

/** One write that took effect, whoever made it. Not a table: it is what the checks read. */
export interface Effect {
  key: string | null;
  actorId: string;
  route: string;
  ticketId: string;
  text: string | null;
}

export interface State {
  users: Map<string, UserRow>;
  tickets: Map<string, TicketRow>;
  messages: Map<string, MessageRow>;
  /** Message ids of each ticket, oldest first. */
  threads: Map<string, string[]>;
  tombstones: Map<string, Tombstone>;
  sessions: Map<string, SessionRow>;
  refreshTokens: Map<string, RefreshRow>;
  keys: Map<string, StoredKey>;
  /** Every row version in feed order; one that is outdated is passed over. */
  feed: Change[];
  effects: Effect[];
  nextXid: number;
  /** Transactions that have begun and not ended. */
  running: Set<number>;
  /** At about so many bytes a page of the feed is cut. */
  pageBytes: number;
  /** The installation's public name, which a dump carries along. */
  serverId: string;
  /** Which cluster the database lies in, and which database of it this is. */
  cluster: number;
  database: number;
}

/**
 * Names this history of the database, as src/server/feed/epoch.ts does: a restore of any way
 * changes it.
 */
export function epochOf({ cluster, database }: State): string {
  return `${cluster}.${database}`;
}

export function emptyState(): State {
  return {
    users: new Map(),
    tickets: new Map(),
    messages: new Map(),
    threads: new Map(),
    tombstones: new Map(),
    sessions: new Map(),
    refreshTokens: new Map(),
    keys: new Map(),
    feed: [],
    effects: [],
    nextXid: 100,
    running: new Set(),
    pageBytes,
    serverId: 'support',
    cluster: 1,
    database: 1,
  };
}

/** The oldest transaction that may still be running: only rows below it are served. */
export function horizonOf(state: State): number {
  return Math.min(state.nextXid, ...state.running);
}

export function compareChanges(a: Change, b: Change): number {
  return a.xid - b.xid || a.kind - b.kind || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/**
 * Enters a row version into the feed; a row that one transaction writes twice stands there once.
 */
export function enterFeed(state: State, change: Change): void {
  let at = state.feed.length;
  for (; at > 0; at -= 1) {
    const before = state.feed[at - 1];
    const order = before ? compareChanges(before, change) : -1;
    if (order === 0) return;
    if (order < 0) break;
  }
  state.feed.splice(at, 0, change);
}

/** Whether an entry of the feed is still the newest version of its row. */
export function isCurrent(state: State, { xid, kind, id }: Change): boolean {
  switch (feedKinds[kind]) {
    case 'staff':
      return state.users.get(id)?.xid === xid;
    case 'ticket':
      return state.tickets.get(id)?.xid === xid;
    case 'message':
      return state.messages.get(id)?.xid === xid;
    case 'removed':
      return tombstonesOf(state, id).some((stone) => stone.xid === xid);
    default:
      return false;
  }
}

export function tombstonesOf(state: State, id: string): Tombstone[] {
  return (['ticket', 'message', 'staff'] as const)
    .map((kind) => state.tombstones.get(`${kind} ${id}`))
    .filter((stone) => stone !== undefined);
}
