import { z } from 'zod';
import {
  apiBase,
  customerMinMessageLength,
  ErrorBody,
  eventsPath,
  Faq,
  Me,
  TokenPair,
  ValidationErrorBody,
} from '../../contract/api.ts';
import {
  MessageLevel1,
  TicketCategory,
  TicketLevel1,
  TicketPriority,
} from '../../contract/entities.ts';
import { ApiFailure } from './failure.ts';
import { keptSession, newTag, type KeptSession } from './kept-session.ts';
import { createOnce, type Once } from './once.ts';

/**
 * What the page asks of the support API. Level 1 has all of it but registration, the session in a
 * cookie and the event stream; answers are parsed by level 1's shapes, which level 2 only adds to.
 */
export interface Api {
  signIn(email: string, password: string): Promise<void>;
  register(email: string, fullName: string, password: string): Promise<void>;
  /** Goes on with the session that this browser keeps. False: there is none. */
  resume(): Promise<boolean>;
  signOut(): Promise<void>;
  /**
   * Another tab has changed the session that this browser keeps: this one ends with it, where it
   * was part of it.
   */
  sessionChanged(): void;
  me(): Promise<z.output<typeof Me>>;
  /** The newest `count`, newest first; a server of level 1 may answer more. */
  tickets(count: number): Promise<Newest<TicketLevel1>>;
  ticket(id: string): Promise<TicketLevel1>;
  /** The newest `count`, oldest first; a server of level 1 answers all. */
  messages(id: string, count: number): Promise<Newest<OwnMessage>>;
  /**
   * Whether one key makes one message of any number of requests; a server of level 1 makes one of
   * each.
   */
  takesKeys(): boolean;
  /** `key` is the same on every try, so that the message arrives once. */
  open(ticket: NewTicket, key: string): Promise<TicketLevel1>;
  write(id: string, message: string, key: string): Promise<void>;
  close(id: string, key: string): Promise<void>;
  faq(): Promise<Faq[]>;
  searchFaq(words: string): Promise<Faq[]>;
  /** The event stream's body; null where the server has none. */
  events(signal: AbortSignal): Promise<ReadableStream<Uint8Array> | null>;
}

/** What writing takes. */
export type WritingApi = Pick<Api, 'takesKeys' | 'tickets' | 'messages' | 'open' | 'write'>;

/** The newest of a list, and whether there is something older. */
export interface Newest<T> {
  rows: T[];
  more: boolean;
}

/** `client_id`: the key of a message of one's own; a server of level 1 has none. */
const OwnMessage = MessageLevel1.extend({ client_id: z.string().nullish() });
export type OwnMessage = z.output<typeof OwnMessage>;

export interface NewTicket {
  subject: string;
  category: TicketCategory;
  priority: TicketPriority;
  message: string;
}
type Faq = z.output<typeof Faq>;
export const shortestMessage = customerMinMessageLength;

interface Ask {
  method: 'GET' | 'POST';
  path: string;
  body?: object;
  key?: string;
  signal?: AbortSignal;
  accept?: string;
  /** For what the browser must not repeat. */
  once?: Once | undefined;
}

/**
 * The access token is in this closure alone: in no storage and in no address. The key of the
 * session is in the storage of this page's origin, which no other port or host can read or write.
 * `onSignedOut` is told when the session has ended.
 */
export function createApi(onSignedOut: () => void): Api {
  let access: string | null = null;
  /** Of a server that knows no session of pages: the session then lasts as long as the page. */
  let refreshToken: string | null = null;
  /** Which sign-in this tab is part of; null before it is part of any. */
  let tag: string | null = null;
  let refreshing: Promise<boolean> | null = null;
  let postedOnce: Once | undefined;

  function take(pair: TokenPair, from: string): void {
    access = pair.access_token;
    refreshToken = pair.page_key === undefined ? pair.refresh_token : null;
    tag = from;
    if (pair.page_key !== undefined) keptSession.write({ tag, key: pair.page_key });
  }

  /** Leaves what another tab has signed in meanwhile. */
  function forget(): void {
    if (keptSession.read()?.tag === tag) keptSession.clear();
    access = null;
    refreshToken = null;
    tag = null;
  }

  /**
   * The session to go on with; null: there is none, or another tab has begun one of its own,
   * perhaps somebody else's.
   */
  function goingOn(): KeptSession | null {
    const kept = keptSession.read();
    return kept !== null && (tag === null || kept.tag === tag) ? kept : null;
  }

  /** One at a time, whoever asks. */
  function refresh(): Promise<boolean> {
    refreshing ??= refreshOnce().finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  async function refreshOnce(): Promise<boolean> {
    const kept = refreshToken === null ? goingOn() : null;
    if (refreshToken === null && kept === null) {
      forget();
      return false;
    }
    const body =
      kept === null ? { refresh_token: refreshToken } : { session: 'cookie', page_key: kept.key };
    const response = await send({ method: 'POST', path: '/auth/refresh', body }, null);
    if (isOver(response.status)) {
      // Another tab has gone on with it in between, and this one asked with what was spent.
      const now = goingOn();
      if (kept !== null && now !== null && now.key !== kept.key) return refreshOnce();
      tag = kept?.tag ?? tag;
      forget();
      return false;
    }
    take(await read(response, TokenPair), kept?.tag ?? tag ?? newTag());
    return true;
  }

  /** Asks as the signed-in customer, after one refresh where the token has ended. */
  async function authorized(ask: Ask): Promise<Response> {
    if (access === null && !(await refresh())) throw signedOut();
    const mine = tag;
    const response = await send(ask, access);
    if (response.status !== 401) return response;
    if (!(await refresh())) throw signedOut();
    // Somebody else has signed in here meanwhile: it is not for them to ask.
    if (tag !== mine) throw new ApiFailure({ kind: 'signed-out' });
    const second = await send(ask, access);
    if (second.status === 401) throw signedOut();
    return second;
  }

  function signedOut(): ApiFailure {
    forget();
    onSignedOut();
    return new ApiFailure({ kind: 'signed-out' });
  }

  /** What is no id is no ticket; a server of level 1 breaks on it. */
  const at = (id: string, tail = ''): string => {
    if (!z.uuid().safeParse(id).success) throw new ApiFailure({ kind: 'not-found', merged: null });
    return `/support/tickets/${id}${tail}`;
  };
  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> =>
    read(await authorized({ method: 'GET', path }), schema);
  const takesKeys = (): boolean => refreshToken === null;

  async function post<T>(
    path: string,
    body: object,
    schema: z.ZodType<T>,
    key: string,
  ): Promise<T> {
    const write = async (once?: Once): Promise<T> =>
      read(await authorized({ method: 'POST', path, body, key, once }), schema, true);
    if (takesKeys()) return write();
    postedOnce ??= createOnce();
    const { inTurn } = postedOnce;
    return inTurn(() => write(postedOnce));
  }

  async function enter(path: string, body: object): Promise<void> {
    const response = await send(
      { method: 'POST', path, body: { ...body, session: 'cookie' } },
      null,
    );
    take(await read(response, TokenPair), newTag());
  }

  /** A server of level 1 wants a user name, which nobody needs to know, and opens no session. */
  async function register(email: string, fullName: string, password: string): Promise<void> {
    const body = { email, full_name: fullName, password };
    try {
      await enter('/auth/register', body);
    } catch (error) {
      const { failure } = error instanceof ApiFailure ? error : { failure: null };
      if (failure?.kind !== 'invalid' || !failure.fields.includes('username')) throw error;
      await read(
        await send(
          {
            method: 'POST',
            path: '/auth/register',
            body: { ...body, username: userNameOf(email) },
          },
          null,
        ),
        z.looseObject({}),
      );
      await enter('/auth/login', { email, password });
    }
  }

  return {
    signIn: (email, password) => enter('/auth/login', { email, password }),
    register,
    // A visitor without a session causes no refused call.
    resume: () => (keptSession.read() === null ? Promise.resolve(false) : refresh()),
    async signOut() {
      // Without the network the session ends here all the same; at the server it ends by its age.
      await authorized({ method: 'POST', path: '/auth/logout' }).catch(() => undefined);
      forget();
    },
    sessionChanged() {
      if (tag !== null && refreshToken === null && keptSession.read()?.tag !== tag) signedOut();
    },
    takesKeys,
    me: () => get('/auth/me', Me),
    tickets: (count) =>
      newest(count, async (limit, cursor) => {
        const { tickets, next_cursor: next } = await get(
          `/support/tickets?${part(limit, cursor)}`,
          TicketPart,
        );
        return { rows: tickets, next };
      }),
    // Its messages are asked for by themselves: a server of level 1 says in this answer that none
    // is from staff.
    ticket: async (id) =>
      (await get(at(id, '?order=desc&limit=1'), z.object({ ticket: TicketLevel1 }))).ticket,
    async messages(id, count) {
      const { rows, more } = await newest(count, async (limit, cursor) => {
        const { messages, next_cursor: next } = await get(
          at(id, `/messages?order=desc&${part(limit, cursor)}`),
          MessagePart,
        );
        return { rows: messages, next };
      });
      // A server of level 1 hands internal notes out; this page never shows one.
      return { rows: oldestFirst(rows).filter((message) => !message.is_internal), more };
    },
    open: (ticket, key) => post('/support/tickets', ticket, TicketLevel1, key),
    write: async (id, message, key) => {
      await post(at(id, '/messages'), { message }, MessageLevel1, key);
    },
    close: async (id, key) => {
      await post(at(id, '/close'), {}, TicketLevel1, key);
    },
    faq: async () => read(await send({ method: 'GET', path: '/support/faq' }, null), z.array(Faq)),
    searchFaq: async (words) =>
      read(
        await send(
          { method: 'GET', path: `/support/faq/search?q=${encodeURIComponent(words)}` },
          null,
        ),
        z.array(Faq),
      ),
    async events(signal) {
      const response = await authorized({
        method: 'GET',
        path: eventsPath,
        signal,
        accept: 'text/event-stream',
      });
      if (response.status === 404) return null;
      if (!response.ok || !response.body) throw new ApiFailure({ kind: 'unreachable' });
      return response.body;
    },
  };
}

const next = z.string().min(1).max(2048).optional();
const TicketPart = z.object({ tickets: z.array(TicketLevel1), next_cursor: next });
const MessagePart = z.object({ messages: z.array(OwnMessage), next_cursor: next });

const part = (limit: number, cursor: string | undefined): string =>
  `limit=${limit}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;

/**
 * The newest `count` of a list that may come in several answers, each shorter than was asked for.
 */
async function newest<T>(
  count: number,
  ask: (
    limit: number,
    cursor: string | undefined,
  ) => Promise<{ rows: T[]; next: string | undefined }>,
): Promise<Newest<T>> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const answer = await ask(count - rows.length, cursor);
    // An answer that brings nothing and goes on would never end.
    if (answer.next !== undefined && answer.rows.length === 0)
      throw new ApiFailure({ kind: 'unreachable' });
    rows.push(...answer.rows);
    cursor = answer.next;
  } while (cursor !== undefined && rows.length < count);
  return { rows, more: cursor !== undefined };
}

/** A server of level 1 answers the oldest first whatever is asked. */
function oldestFirst(messages: MessageLevel1[]): MessageLevel1[] {
  const [first, last] = [messages[0], messages.at(-1)];
  return first && last && first.created_at > last.created_at ? messages.toReversed() : messages;
}

/** Of the address, and made unique: two addresses may begin alike. */
function userNameOf(email: string): string {
  const begin =
    email
      .split('@')[0]
      ?.toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .slice(0, 30) ?? '';
  return `${begin}_${newTag().slice(0, 8)}`;
}

/** Refused for good: the session has ended, or the server knows no such session. */
const isOver = (status: number): boolean => status >= 400 && status < 500 && status !== 429;

async function send(ask: Ask, token: string | null): Promise<Response> {
  const { method, path, body, signal, once } = ask;
  const init: RequestInit = {
    method,
    cache: 'no-store',
    redirect: 'error',
    headers: headersOf(ask, token),
    // Cookies are for the session's own calls alone; with another port's, a request could become
    // too large to be taken.
    credentials: isOfSession(ask) ? 'same-origin' : 'omit',
    ...(signal ? { signal } : {}),
  };
  try {
    if (body === undefined) return await fetch(apiBase + path, init);
    const text = JSON.stringify(body);
    return await (once ?? window).fetch(apiBase + path, { ...init, body: text });
  } catch (error) {
    throw new ApiFailure({ kind: 'unreachable' }, { cause: error });
  }
}

/** A server without sessions of pages sets no cookie, so its refresh needs none. */
const isOfSession = ({ path, body }: Ask): boolean =>
  path.startsWith('/auth/') &&
  !(path === '/auth/refresh' && body !== undefined && 'refresh_token' in body);

function headersOf({ body, key, accept }: Ask, token: string | null): Record<string, string> {
  return {
    accept: accept ?? 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
}

async function read<T>(response: Response, schema: z.ZodType<T>, wasWritten = false): Promise<T> {
  const body = await json(response);
  if (!response.ok) throw new ApiFailure(refusal(response, body, wasWritten));
  const parsed = schema.safeParse(body);
  // A Wi-Fi's sign-in page answers 200 as well.
  if (!parsed.success) throw new ApiFailure({ kind: 'unreachable' }, { cause: parsed.error });
  return parsed.data;
}

async function json(response: Response): Promise<unknown> {
  try {
    const value: unknown = await response.json();
    return value;
  } catch {
    // Cut off or not JSON: whoever asked sees by the shape that it is no answer.
    return undefined;
  }
}

const Merged = z.object({ merged_into: z.uuid() });

/** `wasWritten`: a message or a ticket was to be added. */
function refusal(response: Response, body: unknown, wasWritten: boolean): ApiFailure['failure'] {
  const seconds = Number(response.headers.get('retry-after')) || null;
  const says = ErrorBody.safeParse(body).data?.detail ?? null;
  switch (response.status) {
    case 400:
      return { kind: 'invalid', fields: [], says };
    case 401:
      return { kind: 'wrong-credentials' };
    case 403:
      return /inactive|deactivated/i.test(says ?? '')
        ? { kind: 'deactivated' }
        : { kind: 'not-found', merged: null };
    case 404:
      return { kind: 'not-found', merged: Merged.safeParse(body).data?.merged_into ?? null };
    case 409:
      if (response.url.endsWith('/auth/register')) return { kind: 'taken' };
      return seconds === null ? { kind: 'closed' } : { kind: 'in-progress' };
    case 413:
      return { kind: 'too-long' };
    case 422:
      if (says !== null && says.startsWith('Idempotency-Key ')) return { kind: 'key-used' };
      return invalid(body, says);
    case 429:
      return { kind: wasWritten ? 'too-much' : 'slow-down', seconds };
    default:
      return { kind: 'server' };
  }
}

function invalid(body: unknown, says: string | null): ApiFailure['failure'] {
  const faults = ValidationErrorBody.safeParse(body).data?.detail ?? [];
  const sentences = faults.map(({ msg }) => msg).join('. ');
  return {
    kind: 'invalid',
    fields: faults.map(({ loc }) => String(loc.at(-1))),
    says: says ?? (sentences === '' ? null : sentences),
  };
}
