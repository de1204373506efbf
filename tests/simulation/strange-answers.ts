import type { SyncPage } from '../../src/contract/wire/api.ts';
import type { Message, Ticket } from '../../src/contract/wire/entities.ts';
import type { WireAnswer, WireRequest } from '../../src/main/desk/feed/transport.ts';
import type { Chance } from './chance.ts';
import type { OddPage, OtherAnswer } from './faults.ts';

/** What a line knows of what went before, to answer with it at the wrong time. */
export interface Heard {
  /** Answers to writes, and to questions for one ticket, by route: the latest last. */
  answers: { route: string; url: string; body: string }[];
  /** Pages of the feed, the latest last. */
  pages: string[];
}

/** What the machine on the line knows, whoever may ask. */
export interface Knowledge {
  /** Ids of operations that its agent still waits for. */
  waiting: () => string[];
  /** A message that it shows. */
  shownMessage: () => string | null;
}

const mostHeard = 20;
const jsonType = { 'content-type': 'application/json; charset=utf-8' };

/** POST /support/tickets/:id/messages and the like: what answers of one shape have in common. */
export function routeOf({ method, url }: WireRequest): string {
  const path = new URL(url).pathname.split('/support/tickets/')[1]?.split('/') ?? [];
  return path.length === 0 ? '' : `${method} ${path[1] ?? ''}`;
}

/** Notes an answer that the server gave. */
export function remember(heard: Heard, request: WireRequest, answer: WireAnswer): void {
  if (answer.status !== 200 || typeof answer.body !== 'string') return;
  const route = routeOf(request);
  if (route !== '') heard.answers.push({ route, url: request.url, body: answer.body });
  if (request.url.includes('/support/sync')) heard.pages.push(answer.body);
  for (const list of [heard.answers, heard.pages]) if (list.length > mostHeard) list.shift();
}

const pageOf = (body: string): SyncPage => JSON.parse(body) as SyncPage;

/**
 * An answer in place of the right one; null where this form says nothing wrong about this request.
 */
export function otherAnswer(
  form: OtherAnswer,
  chance: Chance,
  request: WireRequest,
  right: WireAnswer,
  heard: Heard,
  level: 1 | 2,
): WireAnswer | null {
  const route = routeOf(request);
  if (route === '' || right.status !== 200 || typeof right.body !== 'string') return null;
  const body = right.body;
  const earlier = heard.answers.filter((one) => one.body !== body);
  const pick = (fits: typeof earlier): WireAnswer | null =>
    fits.length === 0
      ? null
      : { status: 200, headers: right.headers, body: chance.pick(fits).body };
  switch (form) {
    // What a server without keys showed of this very ticket a while ago, nobody can tell from what
    // it shows now.
    case 'repeated':
      return pick(
        earlier.filter(
          (one) =>
            one.route === route &&
            (level === 2 || request.method !== 'GET' || one.url !== request.url),
        ),
      );
    case 'other ticket':
      return (
        pick(earlier.filter((one) => one.route === route && one.url !== request.url)) ??
        changed(right, body, (made) => renamed(made, chance.uuid()))
      );
    case 'other request':
      return pick(earlier.filter((one) => one.route !== route));
    case 'other author':
      return changed(right, body, (made) =>
        isMessage(made)
          ? { ...made, staff_id: null, user_id: chance.uuid(), is_staff: false }
          : null,
      );
    case 'other kind':
      return changed(right, body, (made) =>
        isMessage(made) ? { ...made, is_internal: !made.is_internal } : null,
      );
    case 'without effect':
      return changed(right, body, (made) =>
        isTicket(made) && request.method !== 'GET' ? before(made) : null,
      );
  }
}

type Made = Partial<Message> & Partial<Ticket> & Record<string, unknown>;
const isMessage = (made: Made): boolean => made.message !== undefined;
const isTicket = (made: Made): boolean => made.subject !== undefined;

function changed(
  right: WireAnswer,
  body: string,
  change: (made: Made) => object | null,
): WireAnswer | null {
  const next = change(JSON.parse(body) as Made);
  return next && { ...right, body: JSON.stringify(next) };
}

/** The same of another ticket. */
function renamed(made: Made, id: string): object {
  if (isMessage(made)) return { ...made, ticket_id: id };
  if (isTicket(made)) return { ...made, id };
  return { ...made, ticket: { ...(made['ticket'] as object | undefined), id } };
}

/**
 * The ticket as it may have been: none of the fields that a change can set has the value that it
 * has now.
 */
function before(made: Made): object {
  return {
    ...made,
    status: made.status === 'closed' ? 'open' : 'closed',
    priority: made.priority === 'low' ? 'high' : 'low',
    category: made.category === 'other' ? 'billing' : 'other',
    assignee_id: made.assignee_id === null ? made.id : null,
    tags: [],
    snoozed_until: null,
    version: Math.max(1, (made.version ?? 1) - 1),
  };
}

/**
 * One of before would lead out of a copy that has begun, past what it has not brought: of such a
 * server nobody can tell.
 */
function sinceCopyBegan({ pages }: Heard): SyncPage[] {
  const all = pages.map(pageOf);
  return all.slice(
    Math.max(
      0,
      all.findLastIndex(({ after }) => after === ''),
    ),
  );
}

/** A page in place of the right one; null where this form has nothing to go by. */
export function oddPage(
  form: OddPage,
  chance: Chance,
  request: WireRequest,
  right: WireAnswer,
  heard: Heard,
  knows: Knowledge,
): WireAnswer | null {
  if (right.status !== 200 || typeof right.body !== 'string') return null;
  const page = pageOf(right.body);
  const asked = new URL(request.url).searchParams.get('cursor');
  const made = (parts: Partial<SyncPage>): WireAnswer => ({
    ...right,
    body: JSON.stringify({ ...page, ...parts }),
  });
  switch (form) {
    case 'stuck':
      return asked === null ? null : made({ next_cursor: asked, has_more: true });
    case 'circle': {
      const earlier = sinceCopyBegan(heard)
        .map(({ next_cursor: next }) => next)
        .filter((next) => next !== page.next_cursor);
      return earlier.length === 0
        ? null
        : made({ next_cursor: chance.pick(earlier), has_more: true });
    }
    case 'back':
      return heard.pages.length < 2
        ? null
        : { ...right, headers: { ...right.headers, ...jsonType }, body: chance.pick(heard.pages) };
    case 'huge cursor':
      return made({ next_cursor: `${page.next_cursor}${'x'.repeat(20_000)}` });
    case 'stray':
      return page.messages.length === 0
        ? null
        : made({
            messages: page.messages.map((message, i) =>
              i === 0 ? { ...message, ticket_id: chance.uuid() } : message,
            ),
          });
    case 'takeover': {
      const taken = knows.shownMessage();
      const row = page.messages.findIndex(({ id }) => id !== taken);
      if (taken === null || row < 0 || page.messages.some(({ id }) => id === taken)) return null;
      return made({
        messages: page.messages.map((message, i) =>
          i === row ? { ...message, id: taken } : message,
        ),
      });
    }
    case 'my key': {
      const waiting = knows.waiting();
      const row = page.messages.findIndex(
        ({ client_id }) => client_id === null || !waiting.includes(client_id),
      );
      if (waiting.length === 0 || row < 0) return null;
      return made({
        messages: page.messages.map((message, i) =>
          i === row ? { ...message, client_id: chance.pick(waiting) } : message,
        ),
      });
    }
  }
}
