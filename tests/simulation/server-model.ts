import type { z } from 'zod';
import {
  customerMinMessageLength,
  routes,
  staffMinMessageLength,
  type ApiRoute,
  type RouteName,
} from '../../src/contract/wire/api.ts';
import { createAuthModel } from './model/auth.ts';
import {
  addMessage,
  addNote,
  changeTicket,
  closeTicket,
  openTicket,
  reopenTicket,
  visibleTicket,
  type Writing,
} from './model/domain.ts';
import { syncPage } from './model/feed.ts';
import { Refusal, refusals } from './model/refusal.ts';
import {
  isStaff,
  messagesFor,
  seesTicket,
  staffFor,
  toMessage,
  toTicket,
  wireTime,
  type Actor,
} from './model/rows.ts';
import {
  emptyState,
  epochOf,
  horizonOf,
  type Effect,
  type State,
  type UserRow,
} from './model/state.ts';
import { createTx, type Notice, type Tx } from './model/transaction.ts';

export interface ModelRequest {
  method: string;
  /** Path below the API's base, with its query. */ path: string;
  headers: Record<string, string | undefined>;
  body: string | undefined;
}
export interface ModelAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/**
 * The level-2 API in memory, answering at once: what the simulator runs against. It is proven equal
 * to src/server on PostgreSQL by tests/integration/model-differential.test.ts, which drives both
 * with the same requests.
 */
export interface ServerModel {
  handle(request: ModelRequest): ModelAnswer;
  /** Who would be let in with these headers, or null. */
  whoIs(authorization: string | undefined): Actor | null;
  addUser(user: Pick<UserRow, 'email' | 'name' | 'role' | 'password'>): string;
  /**
   * Runs a write of another program on the same database; it counts as running, and holds the feed
   * back, until `end` is called.
   */
  begin(run: (tx: Tx, state: State) => void): { end: () => void };
  write(run: (tx: Tx, state: State) => void): void;
  /**
   * Requests of this actor with this key are refused as in progress until the answered function is
   * called.
   */
  holdKey(actorId: string, key: string): () => void;
  state(): State;
  backup(): State;
  /**
   * Goes back to a backup under a new epoch: what was written since is gone. The numbers of a
   * cluster that stays count on.
   */
  restore(backup: State, into?: 'same cluster' | 'another cluster'): void;
}

export interface ModelOptions {
  /** Milliseconds since the epoch. */
  now: () => number;
  newId: () => string;
  /**
   * What this installation has of its own: its name, where there is more than one of them, and how
   * long its pages are.
   */
  place?: Partial<Pick<State, 'serverId' | 'cluster' | 'pageBytes'>>;
  /** Microseconds between two statements; 1 unless given. */
  statementMicros?: number;
  /** Called when a transaction ends, with its notices; a rolled back one has none. */
  onCommit?: (notices: Notice[], horizon: number) => void;
  /** Each write that takes effect, in order. */
  onEffect?: (effect: Effect) => void;
}

type Access = 'anyone' | 'signed-in' | 'customer' | 'staff';
interface Input {
  params: { id: string };
  query: Record<string, unknown>;
  body: Record<string, unknown>;
  actor: Actor;
  now: number;
}
interface Reading {
  access: Access;
  read: (input: Input) => unknown;
}
interface Writes {
  access: Access;
  authorize: (input: Input) => void;
  write: (input: Input, writing: Writing) => object;
  text?: string;
}

const storable = new Set([400, 404, 409, 412, 422]);
const features = [
  'notes',
  'patch',
  'reopen',
  'idempotency',
  'sync',
  'events',
  'staff',
  'closed-since',
];

export function createServerModel({
  now,
  newId,
  statementMicros = 1,
  place,
  onCommit,
  onEffect,
}: ModelOptions): ServerModel {
  let state = { ...emptyState(), ...place };
  let lastTick = 0;
  const held = new Set<string>();
  const auth = createAuthModel(() => state, newId);

  /** Grows with every call, so that no two rows share a time. */
  function tick(): number {
    lastTick = Math.max(lastTick + statementMicros, now() * 1000);
    return lastTick;
  }

  function begin(): { tx: Tx; end: (outcome: 'commit' | 'rollback') => void } {
    const xid = state.nextXid;
    state.nextXid += 1;
    state.running.add(xid);
    const mine = state;
    const tx = createTx(mine, xid, tick);
    return {
      tx,
      end(outcome) {
        mine.running.delete(xid);
        if (mine === state) onCommit?.(outcome === 'commit' ? tx.notices : [], horizonOf(state));
      },
    };
  }

  function inTransaction<T>(run: (tx: Tx) => T): T {
    const { tx, end } = begin();
    try {
      const result = run(tx);
      end('commit');
      return result;
    } catch (error) {
      end('rollback');
      throw error;
    }
  }

  const ticketAnswer = (actor: Actor, id: string): object =>
    toTicket(state, actor, visibleTicket(state, actor, id));
  const mayRead = ({ actor, params }: Input): void => {
    visibleTicket(state, actor, params.id);
  };

  function messagesPart(route: RouteName, { actor, params, query }: Input): object {
    const oldestFirst = messagesFor(state, actor, params.id);
    const { rows, next } = partOf(
      query['order'] === 'desc' ? oldestFirst.toReversed() : oldestFirst,
      [route, actor, params.id, query['order']],
      query,
    );
    return { messages: rows, ...next };
  }

  const reads: Partial<Record<RouteName, Reading>> = {
    login: {
      access: 'anyone',
      read: ({ body, now: at }) => auth.login(text(body['email']), text(body['password']), at),
    },
    refresh: {
      access: 'anyone',
      read: ({ body, now: at }) => auth.refresh(text(body['refresh_token']), at),
    },
    capabilities: {
      access: 'anyone',
      read: ({ now: at }) => ({
        level: 2,
        features,
        server_time: wireTime(at),
        min_message_length: { customer: customerMinMessageLength, staff: staffMinMessageLength },
        kind: 'staffdesk',
        server: { id: state.serverId, history: epochOf(state) },
      }),
    },
    me: { access: 'signed-in', read: ({ actor }) => me(actor) },
    logout: {
      access: 'signed-in',
      read({ actor }) {
        const session = state.sessions.get(actor.sessionId);
        if (session) session.revoked = true;
        return { detail: 'Signed out' };
      },
    },
    listTickets: {
      access: 'signed-in',
      read({ actor, query }) {
        const found = [...state.tickets.values()]
          .filter(
            (t) =>
              seesTicket(actor, t) &&
              (query['status'] === undefined || t.status === query['status']),
          )
          .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
        const { rows, next } = partOf(
          found,
          ['listTickets', actor, query['status'] ?? null],
          query,
        );
        return { tickets: rows.map((t) => toTicket(state, actor, t)), ...next };
      },
    },
    getTicket: {
      access: 'signed-in',
      read: (input) => ({
        ticket: ticketAnswer(input.actor, input.params.id),
        ...messagesPart('getTicket', input),
      }),
    },
    listMessages: {
      access: 'signed-in',
      read: (input) => {
        mayRead(input);
        return messagesPart('listMessages', input);
      },
    },
    sync: {
      access: 'signed-in',
      read: ({ actor, query, now: at }) =>
        syncPage(state, actor, {
          cursor: optionalText(query['cursor']),
          limit: Number(query['limit']),
          closedSince: optionalText(query['closed_since']),
          now: at,
        }),
    },
    staff: { access: 'staff', read: ({ actor }) => ({ staff: staffFor(state, actor, null) }) },
  };

  const writes: Partial<Record<RouteName, Writes>> = {
    createTicket: {
      access: 'customer',
      authorize: () => undefined,
      text: 'message',
      write: ({ actor, body }, writing) =>
        toTicket(
          state,
          actor,
          openTicket(writing, {
            subject: text(body['subject']),
            category: text(body['category']),
            priority: text(body['priority']),
            message: text(body['message']),
          }),
        ),
    },
    postMessage: {
      access: 'signed-in',
      authorize: mayRead,
      text: 'message',
      write: ({ actor, params, body }, writing) =>
        toMessage(state, actor, addMessage(writing, params.id, text(body['message']))),
    },
    // The contract has parsed the body, mentions included.
    postNote: {
      access: 'staff',
      authorize: mayRead,
      text: 'message',
      write: ({ actor, params, body }, writing) =>
        toMessage(
          state,
          actor,
          addNote(writing, params.id, text(body['message']), body['mentions'] as string[]),
        ),
    },
    patchTicket: {
      access: 'staff',
      authorize: mayRead,
      write({ actor, params, body: { base, ...change } }, writing) {
        // The contract has parsed the body with TicketPatch.
        return toTicket(
          state,
          actor,
          changeTicket(writing, params.id, change, base ?? {}, (row) =>
            toTicket(state, actor, row),
          ),
        );
      },
    },
    closeTicket: {
      access: 'signed-in',
      write: ({ actor, params }, writing) =>
        toTicket(state, actor, closeTicket(writing, params.id)),
      authorize({ actor, params }) {
        const row = state.tickets.get(params.id);
        if (!row || !seesTicket(actor, row)) throw refusals.notFoundOrClosed();
      },
    },
    reopenTicket: {
      access: 'staff',
      authorize: mayRead,
      write: ({ actor, params }, writing) =>
        toTicket(state, actor, reopenTicket(writing, params.id)),
    },
  };

  function me(actor: Actor): object {
    const user = state.users.get(actor.id);
    if (!user) throw refusals.notAuthenticated();
    return {
      id: user.id,
      email: user.email,
      username: user.email.split('@')[0],
      full_name: user.name,
      is_active: user.active,
      is_superuser: user.role === 'admin',
      created_at: wireTime(user.createdAt),
      last_login: user.lastLogin === null ? null : wireTime(user.lastLogin),
      role: user.role,
    };
  }

  function admit(access: Access, authorization: string | undefined, at: number): Actor {
    if (access === 'anyone') return { id: '', role: 'customer', sessionId: '' };
    const actor = auth.authenticate(authorization, at);
    if (access === 'staff' && !isStaff(actor)) throw refusals.staffOnly();
    if (access === 'customer' && isStaff(actor)) throw refusals.customersOnly();
    return actor;
  }

  function answer(request: ModelRequest): unknown {
    const found = findRoute(request.method, request.path);
    const reading = found ? reads[found.name] : undefined;
    const writing = found ? writes[found.name] : undefined;
    const access = reading?.access ?? writing?.access;
    if (!found || access === undefined) throw refusals.notFound();
    const at = tick();
    const actor = admit(access, request.headers['authorization'], at);
    const input: Input = { ...parseParts(routes[found.name], found, request.body), actor, now: at };
    if (reading) return reading.read(input);
    if (!writing) throw refusals.notFound();
    const key = readKey(request.headers['idempotency-key']);
    const fingerprint = JSON.stringify([
      isStaff(actor),
      found.name,
      input.params.id ?? null,
      'body' in routes[found.name] ? input.body : null,
    ]);
    return onceOnly(found.name, writing, input, key, fingerprint);
  }

  function onceOnly(
    name: RouteName,
    steps: Writes,
    input: Input,
    key: string | null,
    fingerprint: string,
  ): object {
    const { actor, params } = input;
    const act = (): object =>
      inTransaction((tx) => {
        steps.authorize(input);
        const result = steps.write(input, { state, tx, actor, key, newId });
        const ticketId = params.id ?? (result as { id: string }).id;
        const effect: Effect = {
          key,
          actorId: actor.id,
          route: name,
          ticketId,
          text: steps.text === undefined ? null : text(input.body[steps.text]),
        };
        state.effects.push(effect);
        onEffect?.(effect);
        return result;
      });
    if (key === null) return act();
    const slot = `${actor.id} ${key}`;
    if (held.has(slot)) throw refusals.keyInProgress();
    const stored = state.keys.get(slot);
    if (stored) {
      if (stored.fingerprint !== fingerprint) throw refusals.keyReused();
      steps.authorize(input);
      if (stored.status >= 400) {
        const { detail, ...rest } = stored.body;
        throw new Refusal(stored.status, detail, rest);
      }
      return stored.body;
    }
    try {
      const result = act();
      state.keys.set(slot, {
        ticketId: params.id ?? null,
        fingerprint,
        status: 200,
        body: { ...result },
      });
      return result;
    } catch (error) {
      if (error instanceof Refusal && storable.has(error.status))
        state.keys.set(slot, {
          ticketId: error.status === 404 ? null : (params.id ?? null),
          fingerprint,
          status: error.status,
          body: error.body,
        });
      throw error;
    }
  }

  return {
    handle(request) {
      const headers = {
        date: new Date(now()).toUTCString(),
        'content-type': 'application/json; charset=utf-8',
      };
      try {
        return { status: 200, headers, body: answer(request) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return {
          status: error.status,
          headers: { ...headers, ...error.headers },
          body: error.body,
        };
      }
    },
    whoIs(authorization) {
      try {
        return auth.authenticate(authorization, now() * 1000);
      } catch (error) {
        if (error instanceof Refusal) return null;
        throw error;
      }
    },
    addUser(user) {
      const id = newId();
      inTransaction((tx) => {
        const row: UserRow = {
          ...user,
          id,
          active: true,
          createdAt: tick(),
          lastLogin: null,
          xid: tx.xid,
        };
        state.users.set(id, row);
        tx.updateUser(row, {});
      });
      return id;
    },
    begin(run) {
      const { tx, end } = begin();
      const mine = state;
      return {
        end: () => {
          if (mine === state) run(tx, mine);
          end('commit');
        },
      };
    },
    write(run) {
      inTransaction((tx) => {
        run(tx, state);
      });
    },
    holdKey(actorId, key) {
      held.add(`${actorId} ${key}`);
      return () => {
        held.delete(`${actorId} ${key}`);
      };
    },
    state: () => state,
    backup: () => structuredClone(state),
    restore(backup, into = 'another cluster') {
      const before = state;
      state = structuredClone(backup);
      state.running.clear();
      state.serverId = before.serverId;
      state.pageBytes = before.pageBytes;
      if (into === 'same cluster') state.nextXid = before.nextXid;
      state.cluster = before.cluster + (into === 'same cluster' ? 0 : 1);
      state.database = before.database + 1;
    },
  };
}

/**
 * A part of a list and where it goes on, as src/server/areas/tickets/long-list.ts makes it, but for the
 * bound on bytes.
 */
function partOf<T extends { id: string }>(
  all: readonly T[],
  scope: unknown,
  query: Record<string, unknown>,
): { rows: T[]; next: { next_cursor?: string } } {
  const from = optionalText(query['cursor']);
  const opened = from === undefined ? null : openListCursor(from);
  if (opened && opened.scope !== JSON.stringify(scope)) throw refusals.badCursor();
  const start = opened ? all.findIndex(({ id }) => id === opened.id) + 1 : 0;
  const rows = all.slice(start, start + Math.min(Number(query['limit']), 10_000));
  const last = rows.at(-1);
  return {
    rows,
    next:
      last && start + rows.length < all.length
        ? {
            next_cursor: `list.${Buffer.from(JSON.stringify({ scope: JSON.stringify(scope), id: last.id })).toString('base64url')}`,
          }
        : {},
  };
}

function openListCursor(cursor: string): { scope: string; id: string } {
  if (!cursor.startsWith('list.')) throw refusals.badCursor();
  // Only the model has made it, so the shape is its own.
  return JSON.parse(Buffer.from(cursor.slice(5), 'base64url').toString()) as {
    scope: string;
    id: string;
  };
}

interface Found {
  name: RouteName;
  params: Record<string, string>;
  query: Record<string, string>;
}
const patterns = Object.entries(routes).map(([name, route]) => ({
  name: name as RouteName,
  method: route.method,
  pattern: new RegExp(`^${route.path.replace(':id', '(?<id>[^/]+)')}$`),
}));

function findRoute(method: string, path: string): Found | null {
  const [plain = '', query = ''] = path.split('?');
  for (const { name, method: own, pattern } of patterns) {
    const match = own === method ? pattern.exec(plain) : null;
    if (!match) continue;
    const id = match.groups?.['id'];
    return {
      name,
      params: id === undefined ? {} : { id: decodeURIComponent(id) },
      query: query === '' ? {} : Object.fromEntries(new URLSearchParams(query)),
    };
  }
  return null;
}

/** Parsed with the contract's schemas in the server's order: path, body, query. */
function parseParts(
  route: ApiRoute,
  { params, query }: Found,
  json: string | undefined,
): Pick<Input, 'params' | 'query' | 'body'> {
  const body: unknown = json === undefined || json === '' ? undefined : readJson(json);
  // As they came: reading a text drops what cannot be stored.
  if (hasUnstorableText(body))
    throw refusals.invalidField(['body'], 'text holds a NUL or half a character');
  if (hasUnstorableText(query))
    throw refusals.invalidField(['query'], 'text holds a NUL or half a character');
  return {
    params: (route.params ? parsed('params', route.params, params) : params) as Input['params'],
    body: (route.body ? parsed('body', route.body, body) : body) as Input['body'],
    query: (route.query ? parsed('query', route.query, query) : query) as Input['query'],
  };
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Not JSON: the sentence of the server.
    throw new Refusal(400, 'The body is not valid JSON');
  }
}

function parsed(where: string, schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (!result.success)
    throw refusals.invalid(
      result.error.issues.map((issue) => ({
        loc: [where, ...issue.path.map(String)],
        msg: issue.message,
        type: issue.code,
      })),
    );
  return result.data;
}

function hasUnstorableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed();
  if (Array.isArray(value)) return value.some(hasUnstorableText);
  return (
    typeof value === 'object' && value !== null && Object.values(value).some(hasUnstorableText)
  );
}

function readKey(key: string | undefined): string | null {
  if (key === undefined) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw refusals.badKey();
  return key;
}

const optionalText = (value: unknown): string | undefined =>
  value === undefined ? undefined : text(value);

/** A value that the contract's schema has made sure is text. */
function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('not text');
  return value;
}
