import { Readable } from 'node:stream';
import { apiBase, eventsPath } from '../../src/contract/wire/api.ts';
import { parseRetryAfter } from '../../src/core/backoff.ts';
import { hour, minute } from '../../src/core/time.ts';
import type { Transport, WireAnswer, WireRequest } from '../../src/main/desk/feed/transport.ts';
import { createChance, type Chance } from './chance.ts';
import type { Armed, Fault, Target } from './faults.ts';
import type { EventHub } from './event-hub.ts';
import { handleLevelOne } from './model/level-one.ts';
import { epochOf } from './model/state.ts';
import type { ModelAnswer, ServerModel } from './server-model.ts';
import {
  oddPage,
  otherAnswer,
  remember,
  routeOf,
  type Heard,
  type Knowledge,
} from './strange-answers.ts';
import type { Trace } from './trace.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One machine's way to the server. */
export interface Line {
  /** For one run of the desk; once `alive` says no, nothing of it is sent or answered any more. */
  transport(alive: () => boolean): Transport;
  arm(armed: Armed): void;
  /** Tells the line what its machine knows. */
  knows(knowledge: Knowledge): void;
  setDown(down: boolean): void;
  /** The machine was killed: its streams are gone without a word. */
  abandon(): void;
  /** The machine's files were set back: what it had heard of the feed is ahead of them. */
  forgetPages(): void;
  /** Ends all faults. */
  heal(): void;
  /** What answers at the other server's address from now on. */
  meet(other: Site): void;
  /** Whether that one answers at the own server's address too. */
  reroute(elsewhere: boolean): void;
  isRerouted(): boolean;
  /**
   * Until when (virtual ms) the server's answers so far allow a client to wait: Retry-After floors
   * and R6's back-off.
   */
  permittedUntil(): number;
}

/** A server with its event streams. */
export interface Site {
  model: ServerModel;
  hub: EventHub;
  level: 1 | 2;
}

export interface LineParts {
  name: string;
  time: VirtualTime;
  chance: Chance;
  home: Site;
  trace: Trace;
  violate: (check: string, detail: string) => void;
}

/** Where the own server is, and where another one can be. */
export const origins = { home: 'http://support.test', away: 'http://staging.test' } as const;
/** How the other one calls itself. */
export const awayInstallation = 'staging';

/** What the operating system says of a connection that the other end has broken. */
const reset = 'connection reset';

/**
 * A client takes no more than so many full pages at once: 64 MB where a page has one. Here
 * conversations are shorter.
 */
const longestPages = 8;

/** A busy desk that catches up after hours makes about a third of these. */
const mostAMinute = 300;

/** Carries requests to the model with latency, and lets armed faults befall them. */
export function createLine({ name, time, chance, home, trace, violate }: LineParts): Line {
  let away: Site = home;
  /** Whoever answers at the own server's address. */
  let here: Site = home;
  let armed: Armed[] = [];
  let down = false;
  let permitted = 0;
  /** Refresh tokens whose successor this machine has heard. */
  const spent = new Set<string>();
  const laters = new Map<string, number>();
  const heard: Heard = { answers: [], pages: [] };
  let knowledge: Knowledge = { waiting: () => [], shownMessage: () => null };
  /** When the latest requests went out, the oldest first. */
  const sentAt: number[] = [];
  const latency = (): number => chance.between(2, 40);

  function take(targets: readonly Target[]): Fault | null {
    const found = armed.find((one) => targets.includes(one.target) && one.times > 0);
    if (!found) return null;
    found.times -= 1;
    if (found.times <= 0) armed = armed.filter((one) => one !== found);
    return found.fault;
  }

  /**
   * The connections that requests go out on are to a server that is not there any more, and nobody
   * has met that yet.
   */
  let stale = false;
  const siteOf = (request: WireRequest): Site =>
    request.url.startsWith(origins.away) ? away : here;

  function serve(request: WireRequest, { model, hub, level }: Site): WireAnswer {
    const path = pathOf(request);
    if (path === eventsPath && level === 2) return hub.open(name, request.headers['authorization']);
    const asked = { method: request.method, path, headers: request.headers, body: request.body };
    const answer = level === 1 ? handleLevelOne(model, asked) : model.handle(asked);
    trace.add(
      `${time.now()} ${name} served ${request.method} ${shortPath(request)} ${answer.status}`,
    );
    const wire = toWire(answer);
    remember(heard, request, wire);
    return wire;
  }

  /** However a feed, a level or a lost answer goes wrong, a desk asks no faster than this. */
  function watchStorm(): void {
    sentAt.push(time.now());
    if (sentAt.length <= mostAMinute) return;
    if (time.now() - (sentAt.shift() ?? 0) <= minute)
      violate('no storm', `${name} sent more than ${mostAMinute} requests within a minute`);
  }

  /**
   * What the client may now do without blame: wait as long as the answer or its own back-off says.
   */
  function permit(request: WireRequest, answer: WireAnswer): void {
    const later =
      answer.status === 429 ||
      answer.status >= 500 ||
      answer.status === 408 ||
      answer.status === 409;
    if (!later) return;
    const key = request.headers['idempotency-key'] ?? pathOf(request);
    const count = (laters.get(key) ?? 0) + 1;
    laters.set(key, count);
    const floor = Math.min(
      hour,
      parseRetryAfter(answer.headers['retry-after'], answer.headers['date']) ?? 0,
    );
    permitted = Math.max(
      permitted,
      time.now() + Math.max(floor, Math.min(300_000, 1_000 * 2 ** count)),
    );
  }

  /**
   * A token that was renewed, and whose successor arrived, is used no more: with it a whole session
   * ends.
   */
  function watchRenewal(request: WireRequest, answer: WireAnswer | null): void {
    if (pathOf(request) !== '/auth/refresh' || request.body === undefined) return;
    if (answer === null && spent.has(request.body))
      violate(
        'renewed tokens are kept',
        `${name} renews with a token whose successor it has heard`,
      );
    if (
      answer?.status === 200 &&
      typeof answer.body === 'string' &&
      /^\{"access_token".*\}$/.test(answer.body)
    )
      spent.add(request.body);
  }

  function transport(alive: () => boolean): Transport {
    // A new process has no connections.
    stale = false;
    return (request) =>
      new Promise<WireAnswer>((done, fail) => {
        if (!alive()) return;
        const fault = down ? { kind: 'drop-request' as const } : take(targetsOf(request));
        watchStorm();
        trace.add(
          `${time.now()} ${name} sends ${request.method} ${shortPath(request)}${request.headers['idempotency-key'] ? ` key ${request.headers['idempotency-key']}` : ''}${fault ? ` ${fault.kind}` : ''}`,
        );
        watchRenewal(request, null);
        let over = false;
        const settle = (run: () => void): void => {
          if (over || !alive()) return;
          over = true;
          request.signal?.removeEventListener('abort', aborted);
          run();
        };
        const broken = (why: string): void => {
          settle(() => {
            fail(Object.assign(new Error(why), why === reset ? { code: 'ECONNRESET' } : {}));
          });
        };
        const answered = (answer: WireAnswer): void => {
          if (down) {
            broken('network down');
            return;
          }
          settle(() => {
            permit(request, answer);
            watchRenewal(request, answer);
            trace.add(
              `${time.now()} ${name} hears ${answer.status} of ${request.method} ${shortPath(request)}`,
            );
            done(answer);
          });
        };
        // Taken off again: Node keeps every signal that is listened to, and with it the whole
        // history.
        const aborted = (): void => {
          broken('aborted');
        };
        request.signal?.addEventListener('abort', aborted);
        if (request.timeoutMs > 0)
          time.plan(request.timeoutMs, () => {
            broken('timeout');
          });
        carry(request, fault, answered, broken, alive);
      });
  }

  function carry(
    request: WireRequest,
    fault: Fault | null,
    answered: (answer: WireAnswer) => void,
    broken: (why: string) => void,
    alive: () => boolean,
  ): void {
    const [up, back] = [latency(), latency()];
    const site = siteOf(request);
    const { model } = site;
    const epoch = epochOf(model.state());
    /**
     * A server that is set back has been down: what was on its way to the old one does not reach
     * the new one.
     */
    const lostOnTheWay = (): boolean => epochOf(model.state()) !== epoch;
    /**
     * A connection ends with its process, and where there are no keys a desk relies on that: what
     * had not arrived does not arrive half a minute later.
     */
    const endedOnTheWay = (): boolean => site.level === 1 && !alive();
    const exchange = (
      upMs: number,
      backMs: number,
      change: (answer: WireAnswer) => WireAnswer = (answer) => answer,
    ): void => {
      time.plan(upMs, () => {
        if (lostOnTheWay() || endedOnTheWay()) {
          broken(reset);
          return;
        }
        const answer = change(serve(request, site));
        const tooLong =
          typeof answer.body === 'string' &&
          answer.body.length > longestPages * model.state().pageBytes;
        time.plan(backMs, () => {
          if (tooLong) broken('longer than a client takes');
          else answered(answer);
        });
      });
    };
    if (stale) {
      time.plan(up, () => {
        stale = false;
        broken(reset);
      });
      return;
    }
    switch (fault?.kind) {
      case undefined:
        exchange(up, back);
        return;
      case 'drop-request':
        time.plan(up, () => {
          broken(reset);
        });
        return;
      case 'silence':
        return;
      case 'drop-answer':
        time.plan(up, () => {
          if (!lostOnTheWay()) serve(request, site);
          time.plan(back, () => {
            broken(reset);
          });
        });
        return;
      case 'late-request':
        exchange(up + fault.ms, back);
        return;
      case 'late-answer':
        exchange(up, back + fault.ms);
        return;
      case 'duplicate':
        exchange(up, back);
        time.plan(up + fault.ms, () => {
          if (!lostOnTheWay()) serve(request, site);
        });
        return;
      case 'truncate':
        exchange(up, back, (answer) => cut(answer, fault.share));
        return;
      case 'portal':
        time.plan(up, () => {
          answered(portal(fault));
        });
        return;
      case 'wrong-date':
        exchange(up, back, (answer) => ({
          ...answer,
          headers: { ...answer.headers, date: fault.date },
        }));
        return;
      case 'other-answer': {
        const strange = createChance(fault.seed, 'answer');
        const cached = fault.reaches
          ? undefined
          : heard.answers.findLast(({ route }) => route === routeOf(request));
        if (!cached) {
          exchange(
            up,
            back,
            (right) => otherAnswer(fault.form, strange, request, right, heard, site.level) ?? right,
          );
          return;
        }
        const base = {
          status: 200,
          headers: { date: serverDate(0), 'content-type': 'application/json' },
          body: cached.body,
        };
        time.plan(up + back, () => {
          answered(otherAnswer(fault.form, strange, request, base, heard, site.level) ?? base);
        });
        return;
      }
      case 'odd-page':
        exchange(
          up,
          back,
          (right) =>
            oddPage(
              fault.form,
              createChance(fault.seed, 'page'),
              request,
              right,
              heard,
              knowledge,
            ) ?? right,
        );
        return;
      case 'in-progress': {
        time.plan(up, () => {
          const actor = model.whoIs(request.headers['authorization']);
          const key = request.headers['idempotency-key'];
          const release =
            actor && key !== undefined ? model.holdKey(actor.id, key) : (): void => undefined;
          time.plan(back, () => {
            broken(reset);
          });
          time.plan(fault.ms, () => {
            release();
            if (!lostOnTheWay()) serve(request, site);
          });
        });
        return;
      }
      case 'refuse':
        time.plan(up + back, () => {
          answered(refusal(fault));
        });
        return;
    }
  }

  const serverDate = (inMs: number): string => new Date(home.hub.serverNow() + inMs).toUTCString();

  function refusal({
    status,
    detail,
    retryAfter,
    html,
  }: Extract<Fault, { kind: 'refuse' }>): WireAnswer {
    if (html)
      return {
        status,
        headers: { 'content-type': 'text/html', date: serverDate(0) },
        body: `<!doctype html><title>${status}</title><h1>${detail}</h1>`,
      };
    return {
      status,
      body: JSON.stringify({ detail }),
      headers: {
        'content-type': 'application/json',
        date: serverDate(0),
        ...(retryAfter === null ? {} : { 'retry-after': retryAfter }),
      },
    };
  }

  function cutStreams(): void {
    for (const { hub } of new Set([home, away])) hub.cut(name);
  }

  return {
    isRerouted: () => here !== home,
    transport,
    arm: (one) => {
      if (one.times > 0) armed.push({ ...one });
    },
    knows: (told) => {
      knowledge = told;
    },
    setDown(next) {
      down = next;
      if (next) cutStreams();
    },
    abandon() {
      for (const { hub } of new Set([home, away])) hub.abandon(name);
      // Heard in the moment of the kill is not stored yet.
      spent.clear();
    },
    forgetPages() {
      heard.pages.length = 0;
    },
    heal() {
      armed = [];
      down = false;
    },
    meet: (other) => {
      away = other;
    },
    reroute(elsewhere) {
      const next = elsewhere ? away : home;
      if (next === here) return;
      here = next;
      cutStreams();
      // Whoever answers now knows nothing of the connections to the one before.
      stale = true;
    },
    permittedUntil: () => permitted,
  };
}

function pathOf({ url }: WireRequest): string {
  return url.slice(url.indexOf(apiBase) + apiBase.length);
}

/** A path that reads well in a trace: a cursor is as long as three lines. */
function shortPath(request: WireRequest): string {
  return pathOf(request).replace(/cursor=[^&]*(.{12})(?=&|$)/, 'cursor=..$1');
}

function targetsOf(request: WireRequest): Target[] {
  const path = pathOf(request);
  if (path.startsWith('/auth/')) return ['auth'];
  if (path.startsWith('/support/sync')) return ['sync', 'any'];
  if (path === '/support/capabilities') return ['capabilities', 'any'];
  if (path === eventsPath) return ['events', 'any'];
  return request.method === 'GET' ? ['any'] : ['write', 'any'];
}

function toWire(answer: ModelAnswer): WireAnswer {
  return { status: answer.status, headers: answer.headers, body: JSON.stringify(answer.body) };
}

function cut(answer: WireAnswer, share: number): WireAnswer {
  if (answer.body instanceof Readable) {
    answer.body.destroy();
    return { ...answer, body: Readable.from([]) };
  }
  return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length * share)) };
}

function portal({ form, date }: Extract<Fault, { kind: 'portal' }>): WireAnswer {
  const made = portalPage(form);
  return date === null ? made : { ...made, headers: { ...made.headers, date } };
}

function portalPage(form: Extract<Fault, { kind: 'portal' }>['form']): WireAnswer {
  const html = '<!doctype html><title>Welcome to the airport</title><p>Accept our terms to go on.';
  switch (form) {
    case 'html':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: html };
    case 'html-as-json':
      return { status: 200, headers: { 'content-type': 'application/json' }, body: html };
    case 'json':
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: '{"status":"ok","login_url":"http://portal.test/"}',
      };
    case 'redirect':
      return {
        status: 302,
        headers: { 'content-type': 'text/html', location: 'http://portal.test/' },
        body: '',
      };
  }
}
