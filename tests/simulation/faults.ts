import type { Chance } from './chance.ts';

/** Which requests a fault waits for. */
export type Target = 'any' | 'write' | 'sync' | 'auth';

/** What can happen to one request on its way. Times in milliseconds. */
export type Fault =
  | { kind: 'drop-request' }
  /** Nothing comes back, and nobody says so: the client has to give up by itself. */
  | { kind: 'silence' }
  | { kind: 'drop-answer' }
  /** The request lingers on the way, perhaps beyond the client's patience, and arrives nevertheless. */
  | { kind: 'late-request'; ms: number }
  | { kind: 'late-answer'; ms: number }
  | { kind: 'duplicate'; ms: number }
  | { kind: 'truncate'; share: number }
  | { kind: 'portal'; form: 'html' | 'json' | 'redirect' | 'html-as-json' }
  /** The connection breaks while the server still works; tries in the meantime are refused as in progress. */
  | { kind: 'in-progress'; ms: number }
  | { kind: 'refuse'; status: number; detail: string; retryAfter: string | null };

export interface Armed { target: Target; times: number; fault: Fault }

type Make = (chance: Chance, serverDate: (inMs: number) => string) => Armed;
const some = (chance: Chance): number => chance.between(1, 3);
const anyTarget = (chance: Chance): Target => chance.pick(['any', 'write', 'write', 'sync']);
const refuse = (status: number, detail: string, retryAfter: string | null = null): Fault => ({ kind: 'refuse', status, detail, retryAfter });

/** Every kind of fault on the wire that a step can arm. */
export const wireFaults = {
  'drop-request': (c) => ({ target: anyTarget(c), times: some(c), fault: { kind: c.flip(0.2) ? 'silence' : 'drop-request' } }),
  'drop-answer': (c) => ({ target: anyTarget(c), times: some(c), fault: { kind: 'drop-answer' } }),
  'late-request': (c) => ({ target: anyTarget(c), times: some(c), fault: { kind: 'late-request', ms: c.pick([500, 3_000, 19_000, 25_000, 60_000]) } }),
  'late-answer': (c) => ({ target: anyTarget(c), times: some(c), fault: { kind: 'late-answer', ms: c.pick([300, 2_000, 8_000, 19_000, 30_000]) } }),
  duplicate: (c) => ({ target: anyTarget(c), times: some(c), fault: { kind: 'duplicate', ms: c.pick([1, 200, 5_000, 70_000]) } }),
  truncate: (c) => ({ target: anyTarget(c), times: some(c), fault: { kind: 'truncate', share: c.random() } }),
  portal: (c) => ({ target: c.pick(['any', 'write']), times: c.between(1, 6), fault: { kind: 'portal', form: c.pick(['html', 'json', 'redirect', 'html-as-json']) } }),
  'in-progress': (c) => ({ target: 'write', times: 1, fault: { kind: 'in-progress', ms: c.pick([800, 4_000, 20_000]) } }),
  'answer-401': (c) => ({ target: c.pick(['any', 'write', 'sync']), times: some(c), fault: refuse(401, 'Could not validate credentials') }),
  'answer-410': () => ({ target: 'sync', times: 1, fault: refuse(410, 'Cursor has expired; start again without one') }),
  'answer-412': () => ({ target: 'write', times: 1, fault: refuse(412, 'A proxy wanted a condition') }),
  'answer-422': (c) => ({ target: c.pick(['write', 'write', 'auth']), times: 1, fault: refuse(422, 'Not acceptable to a filter') }),
  'answer-429': (c, date) => ({ target: anyTarget(c), times: some(c), fault: refuse(429, 'Too many requests', c.pick(['1', '20', date(30_000), 'soon', '-5', c.flip(0.2) ? '999999' : '3', null])) }),
  'answer-500': (c) => ({ target: anyTarget(c), times: c.between(1, 5), fault: refuse(500, 'Internal server error') }),
  'answer-503': (c, date) => ({ target: anyTarget(c), times: some(c), fault: refuse(c.pick([502, 503, 504]), 'The service is temporarily unavailable', c.pick(['2', date(10_000), null])) }),
} as const satisfies Record<string, Make>;

export type WireFault = keyof typeof wireFaults;
export const wireFaultNames = Object.keys(wireFaults) as WireFault[];
