import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiBase } from '../../src/contract/wire/api.ts';

/**
 * A support server of level 1, in memory, as the existing service was seen to be: every message is
 * written as its author's `user_id`, staff's too, and everybody sees only their own tickets.
 */
export interface Level1Server {
  /** Scheme, host and port. */
  server: string;
  /** Every request so far, as `GET /support/tickets`. */
  log: string[];
  addPerson(person: {
    id?: string;
    email: string;
    password: string;
    name: string;
    staff: boolean;
  }): Level1Person;
  addTicket(by: Level1Person, subject: string, message?: string): Level1Ticket;
  /** As the API writes. */
  write(by: Level1Person, ticketId: string, text: string): Level1Message;
  /** As support does it there, by SQL alone: a staff member's message, or an internal note. */
  insertAsStaff(
    by: Level1Person,
    ticketId: string,
    text: string,
    internal?: boolean,
  ): Level1Message;
  /** The account is closed: every call of it is refused. */
  deactivate(person: Level1Person): void;
  tickets: Map<string, Level1Ticket>;
  messages(ticketId: string): Level1Message[];
  removeTicket(id: string): void;
  /** The next requests that `match` meet this fault: `times` of them, else one. */
  fail(match: (request: string) => boolean, fault: Fault, times?: number): void;
  mend(): void;
  /** The `Date` header of every answer from now on (ms). */
  says(time: () => number): void;
  /** Ends every session's access token, as its age would. */
  expireAccess(): void;
  refreshes(): number;
  close(): Promise<void>;
}

/**
 * `cut`: takes effect, the answer is lost. `never`: the connection breaks before it has an effect.
 */
export type Fault =
  | { kind: 'cut' }
  | { kind: 'never' }
  | { kind: 'html'; status: number }
  | { kind: 'busy'; retryAfter: number }
  | { kind: 'crash' }
  /** The answer waits until `release` is called; so does the effect where it comes `late`. */
  | { kind: 'hold'; effect: 'at once' | 'late'; held: (release: () => void) => void }
  /**
   * 504 from something between; the effect comes when `arrive` is called on what is handed to
   * `held`.
   */
  | { kind: 'gateway'; held: (arrive: () => void) => void };

/** Servers of both kinds exist; `own` is the existing service. */
export interface Level1Options {
  superuserSees?: 'own' | 'all';
}

export interface Level1Person {
  id: string;
  email: string;
  password: string;
  name: string;
  staff: boolean;
}
interface Level1Ticket {
  id: string;
  user_id: string;
  subject: string;
  category: string;
  priority: string;
  status: string;
  created_at: string;
  updated_at: string;
  resolved_at: string | null;
  last_message_at: string | null;
}
interface Level1Message {
  id: string;
  ticket_id: string;
  user_id: string | null;
  staff_id: string | null;
  message: string;
  is_internal: boolean;
  is_staff: boolean;
  created_at: string;
}

interface Answer {
  status: number;
  body: unknown;
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const notFound: Answer = { status: 404, body: { detail: 'Not Found' } };

const inactive: Answer = { status: 403, body: { detail: 'User account is inactive' } };

export async function startLevel1Server(
  port = 0,
  { superuserSees = 'own' }: Level1Options = {},
): Promise<Level1Server> {
  const people = new Map<string, Level1Person>();
  const tickets = new Map<string, Level1Ticket>();
  const messages: Level1Message[] = [];
  const access = new Map<string, Level1Person>();
  const refresh = new Map<string, Level1Person>();
  const closed = new Set<string>();
  const log: string[] = [];
  let faults: { match: (request: string) => boolean; fault: Fault; left: number }[] = [];
  let refreshes = 0;
  let time = (): number => Date.now();
  let micros = Date.now() * 1000;

  /** No zone, microseconds, never the same twice. */
  const now = (): string => {
    micros = Math.max(micros + 7, Date.now() * 1000);
    return `${new Date(Math.floor(micros / 1000)).toISOString().slice(0, -1)}${String(micros % 1000).padStart(3, '0')}`;
  };

  function sessionOf(person: Level1Person): Answer {
    const pair = {
      access_token: randomUUID(),
      refresh_token: randomUUID(),
      token_type: 'bearer',
      expires_in: 1800,
    };
    access.set(pair.access_token, person);
    refresh.set(pair.refresh_token, person);
    return { status: 200, body: pair };
  }

  type Author = Pick<Level1Message, 'user_id' | 'staff_id' | 'is_internal'>;

  function insert(ticketId: string, text: string, author: Author): Level1Message {
    const ticket = tickets.get(ticketId);
    if (!ticket) throw new Error(`no ticket ${ticketId}`);
    const message = {
      id: randomUUID(),
      ticket_id: ticketId,
      ...author,
      message: text,
      is_staff: author.staff_id !== null,
      created_at: now(),
    };
    messages.push(message);
    Object.assign(ticket, { updated_at: now(), last_message_at: now() });
    return message;
  }

  function write(by: Level1Person, ticketId: string, text: string): Level1Message {
    const message = insert(ticketId, text, { user_id: by.id, staff_id: null, is_internal: false });
    Object.assign(tickets.get(ticketId) ?? {}, { status: 'waiting' });
    return message;
  }

  function addTicket(
    by: Level1Person,
    fields: Pick<Level1Ticket, 'subject' | 'category' | 'priority'>,
    message: string,
  ): Level1Ticket {
    const at = now();
    const ticket: Level1Ticket = {
      id: randomUUID(),
      user_id: by.id,
      ...fields,
      status: 'open',
      created_at: at,
      updated_at: at,
      resolved_at: null,
      last_message_at: null,
    };
    tickets.set(ticket.id, ticket);
    write(by, ticket.id, message);
    ticket.status = 'open';
    return ticket;
  }

  const sees = (person: Level1Person, ticket: Level1Ticket): boolean =>
    ticket.user_id === person.id || (person.staff && superuserSees === 'all');

  /** Level 1 does not say whose a ticket is. */
  const shown = (ticket: Level1Ticket): Partial<Level1Ticket> =>
    Object.fromEntries(Object.entries(ticket).filter(([name]) => name !== 'user_id'));
  /** GET of a ticket takes nobody for staff and leaves notes out. */
  const besideTicket = (id: string): Level1Message[] =>
    threadOf(id)
      .filter((m) => !m.is_internal)
      .map((m) => ({ ...m, is_staff: false }));
  const threadOf = (id: string): Level1Message[] =>
    messages
      .filter((m) => m.ticket_id === id)
      .toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1));

  function route(method: string, url: URL, body: Record<string, string>, token: string): Answer {
    const path = url.pathname.slice(apiBase.length);
    if (path === '/auth/login') {
      const person = [...people.values()].find(
        (p) => p.email === body['email'] && p.password === body['password'],
      );
      return person && !closed.has(person.id)
        ? sessionOf(person)
        : { status: 401, body: { detail: 'Incorrect email or password' } };
    }
    if (path === '/auth/refresh') {
      const person = refresh.get(body['refresh_token'] ?? '');
      refresh.delete(body['refresh_token'] ?? '');
      refreshes += 1;
      return person
        ? sessionOf(person)
        : { status: 401, body: { detail: 'Invalid refresh token' } };
    }
    const known = /^\/(auth\/(me|logout)|support\/tickets(\/[^/]+(\/(messages|close))?)?)$/.test(
      path,
    );
    if (!known) return notFound;
    const me = access.get(token);
    if (!me) return { status: 401, body: { detail: 'Could not validate credentials' } };
    if (closed.has(me.id)) return inactive;
    if (path === '/auth/me')
      return {
        status: 200,
        body: {
          id: me.id,
          email: me.email,
          username: me.email,
          full_name: me.name,
          is_active: true,
          is_superuser: me.staff,
          created_at: '2025-01-01T00:00:00Z',
          last_login: null,
        },
      };
    if (path === '/auth/logout') return { status: 200, body: { message: 'ok' } };
    const [, , , id, action] = path.split('/');
    if (id === undefined && method === 'POST') {
      const { subject = '', category = '', priority = 'medium', message = '' } = body;
      return { status: 200, body: shown(addTicket(me, { subject, category, priority }, message)) };
    }
    if (id === undefined) {
      const mine = [...tickets.values()]
        .filter((t) => sees(me, t))
        .toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1));
      return {
        status: 200,
        body: { tickets: mine.slice(0, Number(url.searchParams.get('limit') ?? 50)).map(shown) },
      };
    }
    if (!uuid.test(id)) return { status: 500, body: 'Internal Server Error' };
    const found = tickets.get(id);
    const ticket = found && sees(me, found) ? found : null;
    if (action === 'close') {
      if (method !== 'POST') return { status: 405, body: { detail: 'Method Not Allowed' } };
      if (!ticket || ticket.status === 'closed')
        return { status: 404, body: { detail: 'Ticket not found or already closed' } };
      const at = now();
      Object.assign(ticket, { status: 'closed', updated_at: at, resolved_at: at });
      return { status: 200, body: shown(ticket) };
    }
    if (!ticket) return { status: 404, body: { detail: 'Ticket not found' } };
    if (action === undefined)
      return method === 'GET'
        ? { status: 200, body: { ticket: shown(ticket), messages: besideTicket(id) } }
        : { status: 405, body: { detail: 'Method Not Allowed' } };
    if (method === 'GET') return { status: 200, body: { messages: threadOf(id) } };
    if (!body['message'])
      return {
        status: 422,
        body: {
          detail: [
            {
              loc: ['body', 'message'],
              msg: 'String should have at least 1 character',
              type: 'string_too_short',
            },
          ],
        },
      };
    return { status: 200, body: write(me, id, body['message']) };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const name = `${request.method ?? ''} ${url.pathname.slice(apiBase.length)}`;
    log.push(name);
    const text = Buffer.concat(chunks).toString();
    const effect = (): Answer =>
      route(
        request.method ?? '',
        url,
        text === '' ? {} : (JSON.parse(text) as Record<string, string>),
        (request.headers.authorization ?? '').slice('Bearer '.length),
      );
    const planned = faults.find((f) => f.left > 0 && f.match(name));
    if (!planned) {
      reply(response, effect());
      return;
    }
    planned.left -= 1;
    const { fault } = planned;
    switch (fault.kind) {
      case 'cut':
        effect();
        request.socket.resetAndDestroy();
        return;
      case 'never':
        request.socket.resetAndDestroy();
        return;
      case 'crash':
        reply(response, { status: 500, body: 'Internal Server Error' });
        return;
      case 'html':
        response
          .writeHead(fault.status, { 'content-type': 'text/html' })
          .end('<!doctype html><title>Sign in to the Wi-Fi</title>');
        return;
      case 'busy':
        response.setHeader('retry-after', String(fault.retryAfter));
        reply(response, { status: 429, body: { detail: 'Too many requests' } });
        return;
      case 'hold': {
        const early = fault.effect === 'at once' ? effect() : null;
        fault.held(() => {
          reply(response, early ?? effect());
        });
        return;
      }
      case 'gateway':
        fault.held(effect);
        response.writeHead(504, { 'content-type': 'text/html' }).end('<h1>504</h1>');
        return;
    }
  }

  const http = createServer((request, response) => {
    response.setHeader('date', new Date(time()).toUTCString());
    handle(request, response).catch((error: unknown) => {
      console.error('level-1 server', error);
      response.destroy();
    });
  });
  await new Promise<void>((done) => {
    http.listen(port, '127.0.0.1', done);
  });

  return {
    server: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    log,
    tickets,
    write,
    insertAsStaff: (by, ticketId, text, internal = false) =>
      insert(ticketId, text, { user_id: null, staff_id: by.id, is_internal: internal }),
    deactivate(person) {
      closed.add(person.id);
    },
    addPerson(person) {
      const added = { id: randomUUID(), ...person };
      people.set(added.id, added);
      return added;
    },
    addTicket: (by, subject, message = 'It has been three business days now.') =>
      addTicket(by, { subject, category: 'funding', priority: 'medium' }, message),
    messages: threadOf,
    removeTicket(id) {
      tickets.delete(id);
    },
    fail(match, fault, times = 1) {
      faults.push({ match, fault, left: times });
    },
    says(said) {
      time = said;
    },
    mend() {
      faults = [];
    },
    expireAccess() {
      access.clear();
    },
    refreshes: () => refreshes,
    close: () =>
      new Promise((done) => {
        http.close(() => {
          done();
        });
        http.closeAllConnections();
      }),
  };
}

function reply(response: ServerResponse, { status, body }: Answer): void {
  const json = typeof body !== 'string';
  response
    .writeHead(status, { 'content-type': json ? 'application/json' : 'text/plain; charset=utf-8' })
    .end(json ? JSON.stringify(body) : body);
}
