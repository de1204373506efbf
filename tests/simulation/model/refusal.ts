/**
 * A refusal of the model: the sentences of src/server/http/problem.ts, which the differential test
 * compares.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;
  constructor(
    status: number,
    detail: unknown,
    extra: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(String(detail));
    this.status = status;
    this.body = { detail, ...extra };
    this.headers = headers;
  }
}

export const refusals = {
  badKey: () => new Refusal(400, 'Idempotency-Key must be 1 to 200 printable characters'),
  badCursor: () => new Refusal(400, 'Cursor is not valid'),
  notAuthenticated: () => new Refusal(401, 'Could not validate credentials'),
  wrongCredentials: () => new Refusal(401, 'Incorrect email or password'),
  staffOnly: () => new Refusal(403, 'Staff only'),
  customersOnly: () => new Refusal(403, 'Tickets are opened by customers'),
  notFound: () => new Refusal(404, 'Not found'),
  ticketNotFound: () => new Refusal(404, 'Ticket not found'),
  notFoundOrClosed: () => new Refusal(404, 'Ticket not found or already closed'),
  ticketClosed: () => new Refusal(409, 'Ticket is closed'),
  ticketNotClosed: () => new Refusal(409, 'Ticket is not closed'),
  keyInProgress: () =>
    new Refusal(
      409,
      'A request with this Idempotency-Key is in progress',
      {},
      { 'retry-after': '1' },
    ),
  cursorGone: () => new Refusal(410, 'Cursor has expired; start again without one'),
  conflict: (ticket: object, fields: string[]) =>
    new Refusal(412, 'Someone else changed the same fields', { ticket, fields }),
  invalidField: (loc: string[], msg: string, type = 'value_error') =>
    new Refusal(422, [{ loc, msg, type }]),
  invalid: (issues: { loc: string[]; msg: string; type: string }[]) => new Refusal(422, issues),
  tooMuch: (seconds: number) =>
    new Refusal(
      429,
      'You have written a lot in a short time. Nothing is lost; send it again later',
      {},
      { 'retry-after': String(Math.max(1, Math.ceil(seconds))) },
    ),
  keyReused: () => new Refusal(422, 'Idempotency-Key was used with another request'),
};
