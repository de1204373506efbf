/** An error that the caller may see: its status and one sentence. Everything else becomes a 500 without detail. */
export class Problem extends Error {
  readonly status: number;
  readonly body: { detail: unknown } & Record<string, unknown>;
  readonly headers: Record<string, string>;
  constructor(status: number, detail: string, extra: { body?: Record<string, unknown>; headers?: Record<string, string> } = {}) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.body = { detail, ...extra.body };
    this.headers = extra.headers ?? {};
  }
}

/** The refusals that API.md names, said once. */
export const problems = {
  ticketNotFound: () => new Problem(404, 'Ticket not found'),
  notFoundOrClosed: () => new Problem(404, 'Ticket not found or already closed'),
  ticketClosed: () => new Problem(409, 'Ticket is closed'),
  ticketNotClosed: () => new Problem(409, 'Ticket is not closed'),
  staffOnly: () => new Problem(403, 'Staff only'),
  notAuthenticated: () => new Problem(401, 'Could not validate credentials', { headers: { 'www-authenticate': 'Bearer' } }),
  wrongCredentials: () => new Problem(401, 'Incorrect email or password'),
  tooMany: (seconds: number) => new Problem(429, 'Too many requests', { headers: { 'retry-after': String(Math.max(1, Math.ceil(seconds))) } }),
  keyReused: () => new Problem(422, 'Idempotency-Key was used with another request'),
  keyInProgress: () => new Problem(409, 'A request with this Idempotency-Key is in progress', { headers: { 'retry-after': '1' } }),
  invalidField: (loc: (string | number)[], msg: string) => new Problem(422, msg, { body: { detail: [{ loc, msg, type: 'value_error' }] } }),
  badCursor: () => new Problem(400, 'Cursor is not valid'),
  cursorGone: () => new Problem(410, 'Cursor has expired; start again without one'),
};
