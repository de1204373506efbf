import { day, hour } from '../../src/core/time.ts';
import type { Chance } from './chance.ts';

/** Which requests a fault waits for. */
export type Target = 'any' | 'write' | 'sync' | 'auth' | 'capabilities' | 'events';

/** What can happen to one request on its way. Times in milliseconds. */
export type Fault =
  | { kind: 'drop-request' }
  /** Nothing comes back, and nobody says so: the client has to give up by itself. */
  | { kind: 'silence' }
  | { kind: 'drop-answer' }
  /**
   * The request lingers on the way, perhaps beyond the client's patience, and arrives nevertheless.
   */
  | { kind: 'late-request'; ms: number }
  | { kind: 'late-answer'; ms: number }
  | { kind: 'duplicate'; ms: number }
  | { kind: 'truncate'; share: number }
  | { kind: 'portal'; form: 'html' | 'json' | 'redirect' | 'html-as-json'; date: string | null }
  /** The right answer, from a clock that is wrong. */
  | { kind: 'wrong-date'; date: string }
  /**
   * The connection breaks while the server still works; tries in the meantime are refused as in
   * progress.
   */
  | { kind: 'in-progress'; ms: number }
  /** `html`: a gateway's page in place of the API's own words. */
  | { kind: 'refuse'; status: number; detail: string; retryAfter: string | null; html?: boolean }
  /**
   * A cache or proxy answers with what belongs to something else; the request may have reached the
   * server all the same.
   */
  | { kind: 'other-answer'; form: OtherAnswer; reaches: boolean; seed: number }
  /** A page of the feed that the server has not made so. */
  | { kind: 'odd-page'; form: OddPage; seed: number };

/**
 * What an answer to a write, or to a question for one ticket, may name in place of what was asked.
 */
const otherAnswers = [
  'repeated',
  'other ticket',
  'other author',
  'other kind',
  'without effect',
  'other request',
] as const;
export type OtherAnswer = (typeof otherAnswers)[number];

/**
 * `stuck`, `circle`, `back`, `huge cursor`: where the feed goes on. `stray`, `takeover`, `my key`:
 * whose row it is.
 */
const oddPages = ['stuck', 'circle', 'back', 'huge cursor', 'stray', 'takeover', 'my key'] as const;
export type OddPage = (typeof oddPages)[number];

export interface Armed {
  target: Target;
  times: number;
  fault: Fault;
}

type Make = (chance: Chance, serverDate: (inMs: number) => string) => Armed | Armed[];
const some = (chance: Chance): number => chance.between(1, 3);
const anyTarget = (chance: Chance): Target => chance.pick(['any', 'write', 'write', 'sync']);
type Refusal = Extract<Fault, { kind: 'refuse' }>;
const refuse = (status: number, detail: string, retryAfter: string | null = null): Refusal => ({
  kind: 'refuse',
  status,
  detail,
  retryAfter,
});

/** A gateway in the middle of a deploy, which knows no route or no method: once, or for a while. */
function gateway(chance: Chance, target: Target): Armed {
  const [status, detail] = chance.pick([
    [404, 'Not Found'],
    [404, 'Not Found'],
    [405, 'Method Not Allowed'],
    [501, 'Not Implemented'],
  ]);
  return {
    target,
    times: chance.pick([1, 1, 2, 8]),
    fault: { ...refuse(status, detail), html: chance.flip(0.5) },
  };
}

/** A century off, the beginning of time, no time at all, an hour and weeks off. */
function wrongDate(chance: Chance, serverDate: (inMs: number) => string): string {
  const off = chance.pick([-40 * day, -hour, hour, 40 * day]);
  return chance.pick([
    'Fri, 01 Jan 2100 00:00:00 GMT',
    'Thu, 01 Jan 1970 00:00:01 GMT',
    'soon',
    '',
    serverDate(off),
    serverDate(off),
  ]);
}

const seeded = (chance: Chance): number => chance.between(0, 2 ** 31);

/** Every kind of fault on the wire that a step can arm. */
export const wireFaults = {
  'drop-request': (c) => ({
    target: anyTarget(c),
    times: some(c),
    fault: { kind: c.flip(0.2) ? 'silence' : 'drop-request' },
  }),
  'drop-answer': (c) => ({ target: anyTarget(c), times: some(c), fault: { kind: 'drop-answer' } }),
  'late-request': (c) => ({
    target: anyTarget(c),
    times: some(c),
    fault: { kind: 'late-request', ms: c.pick([500, 3_000, 19_000, 25_000, 60_000]) },
  }),
  'late-answer': (c) => ({
    target: anyTarget(c),
    times: some(c),
    fault: { kind: 'late-answer', ms: c.pick([300, 2_000, 8_000, 19_000, 30_000]) },
  }),
  duplicate: (c) => ({
    target: anyTarget(c),
    times: some(c),
    fault: { kind: 'duplicate', ms: c.pick([1, 200, 5_000, 70_000]) },
  }),
  truncate: (c) => ({
    target: anyTarget(c),
    times: some(c),
    fault: { kind: 'truncate', share: c.random() },
  }),
  portal: (c, date) => ({
    target: c.pick(['any', 'write']),
    times: c.between(1, 6),
    fault: {
      kind: 'portal',
      form: c.pick(['html', 'json', 'redirect', 'html-as-json']),
      date: c.flip(0.5) ? wrongDate(c, date) : null,
    },
  }),
  'wrong-date': (c, date) => ({
    target: c.pick(['any', 'write', 'sync', 'auth', 'capabilities']),
    times: c.between(1, 6),
    fault: { kind: 'wrong-date', date: wrongDate(c, date) },
  }),
  'in-progress': (c) => ({
    target: 'write',
    times: 1,
    fault: { kind: 'in-progress', ms: c.pick([800, 4_000, 20_000]) },
  }),
  'answer-401': (c) => ({
    target: c.pick(['any', 'write', 'sync']),
    times: some(c),
    fault: refuse(401, 'Could not validate credentials'),
  }),
  'answer-410': () => ({
    target: 'sync',
    times: 1,
    fault: refuse(410, 'Cursor has expired; start again without one'),
  }),
  'answer-412': () => ({
    target: 'write',
    times: 1,
    fault: refuse(412, 'A proxy wanted a condition'),
  }),
  'answer-422': (c) => ({
    target: c.pick(['write', 'write', 'auth']),
    times: 1,
    fault: refuse(422, 'Not acceptable to a filter'),
  }),
  'answer-429': (c, date) => ({
    target: anyTarget(c),
    times: some(c),
    fault: refuse(
      429,
      'Too many requests',
      c.pick(['1', '20', date(30_000), 'soon', '-5', c.flip(0.2) ? '999999' : '3', null]),
    ),
  }),
  'answer-500': (c) => ({
    target: anyTarget(c),
    times: c.between(1, 5),
    fault: refuse(500, 'Internal server error'),
  }),
  'answer-404': (c) => gateway(c, c.pick(['capabilities', 'events', 'sync', 'any', 'write'])),
  // What was tried under its key must not go out without one.
  'level-flickers': (c) => [
    { target: 'write', times: c.between(0, 1), fault: { kind: 'drop-answer' } },
    { target: c.pick(['sync', 'events']), times: 1, fault: { kind: 'drop-request' } },
    gateway(c, 'capabilities'),
  ],
  'other-answer': (c) => ({
    target: c.pick(['write', 'write', 'any']),
    times: some(c),
    fault: {
      kind: 'other-answer',
      form: c.pick(otherAnswers),
      reaches: c.flip(0.4),
      seed: seeded(c),
    },
  }),
  'odd-page'(c) {
    const form = c.pick(oddPages);
    return {
      target: 'sync',
      times: form === 'stuck' || form === 'circle' ? c.pick([2, 2_000]) : some(c),
      fault: { kind: 'odd-page', form, seed: seeded(c) },
    };
  },
  'answer-503': (c, date) => ({
    target: anyTarget(c),
    times: some(c),
    fault: refuse(
      c.pick([502, 503, 504]),
      'The service is temporarily unavailable',
      c.pick(['2', date(10_000), null]),
    ),
  }),
} as const satisfies Record<string, Make>;

export type WireFault = keyof typeof wireFaults;
export const wireFaultNames = Object.keys(wireFaults) as WireFault[];
