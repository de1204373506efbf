export interface ProblemExtra {
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/**
 * An error that the caller may see: its status and one sentence. Everything else becomes a 500
 * without detail.
 */
export class Problem extends Error {
  readonly status: number;
  readonly body: { detail: unknown } & Record<string, unknown>;
  readonly headers: Record<string, string>;
  constructor(status: number, detail: string, extra: ProblemExtra = {}) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.body = { detail, ...extra.body };
    this.headers = extra.headers ?? {};
  }
}

const retryAfter = (seconds: number): ProblemExtra => ({
  headers: { 'retry-after': String(Math.max(1, Math.ceil(seconds))) },
});

/** Every refusal of the API, defined once; Fastify's own refusals are in errors.ts. */
export const problems = {
  badKey: () => new Problem(400, 'Idempotency-Key must be 1 to 200 printable characters'),
  badHost: () => new Problem(400, 'The Host header is missing or not valid'),
  badCursor: () => new Problem(400, 'Cursor is not valid'),
  searchTooShort: (characters: number) =>
    new Problem(400, `Search needs at least ${characters} characters`),
  notAuthenticated: () =>
    new Problem(401, 'Could not validate credentials', {
      headers: { 'www-authenticate': 'Bearer' },
    }),
  wrongCredentials: () => new Problem(401, 'Incorrect email or password'),
  otherOrigin: () => new Problem(403, 'This call is for pages of this server'),
  staffOnly: () => new Problem(403, 'Staff only'),
  customersOnly: () => new Problem(403, 'Tickets are opened by customers'),
  notFound: () => new Problem(404, 'Not found'),
  ticketNotFound: () => new Problem(404, 'Ticket not found'),
  ticketMerged: (into: string) =>
    new Problem(404, 'Ticket not found', { body: { merged_into: into } }),
  macroNotFound: () => new Problem(404, 'Macro not found'),
  notFoundOrClosed: () => new Problem(404, 'Ticket not found or already closed'),
  ticketClosed: () => new Problem(409, 'Ticket is closed'),
  ticketNotClosed: () => new Problem(409, 'Ticket is not closed'),
  // The same for every reason, so that it does not reveal who has an account.
  notRegistered: () =>
    new Problem(
      409,
      'The account could not be created. If you have one with this address, sign in with its password',
    ),
  keyInProgress: () =>
    new Problem(409, 'A request with this Idempotency-Key is in progress', retryAfter(1)),
  cursorGone: () => new Problem(410, 'Cursor has expired; start again without one'),
  conflict: (ticket: object, fields: string[]) =>
    new Problem(412, 'Someone else changed the same fields', { body: { ticket, fields } }),
  macroConflict: (macro: object) =>
    new Problem(412, 'Someone else changed this macro', { body: { macro } }),
  invalidField: (loc: (string | number)[], msg: string) =>
    new Problem(422, msg, { body: { detail: [{ loc, msg, type: 'value_error' }] } }),
  keyReused: () => new Problem(422, 'Idempotency-Key was used with another request'),
  addressTooLong: () => new Problem(414, 'The address is too long'),
  headersTooLarge: () => new Problem(431, 'The headers are too large'),
  tooMuch: (seconds: number) =>
    new Problem(
      429,
      'You have written a lot in a short time. Nothing is lost; send it again later',
      retryAfter(seconds),
    ),
  tooMany: (seconds: number) => new Problem(429, 'Too many requests', retryAfter(seconds)),
  busy: () => new Problem(503, 'The service is busy', retryAfter(1)),
  unavailable: () => new Problem(503, 'The service is temporarily unavailable', retryAfter(2)),
};
