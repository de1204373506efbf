import { ConflictBody, MacroConflictBody, ValidationErrorBody } from '../contract/wire/api.ts';

/** A refusal (4xx) as it was received. */
export interface Refusal {
  status: number;
  detail: string;
  body: unknown;
}

/**
 * The sentences of the API's refusals; a test compares them with src/server/http/problem.ts.
 * Software between the API and the desk has words of its own: 'Not Found' is every framework's word
 * for an unknown path, and says nothing about a ticket.
 */
const ownSentences: Readonly<Record<number, readonly string[]>> = {
  400: [
    'Idempotency-Key must be 1 to 200 printable characters',
    'Cursor is not valid',
    'The body is not valid JSON',
  ],
  403: ['Staff only', 'Tickets are opened by customers'],
  404: ['Ticket not found', 'Ticket not found or already closed', 'Macro not found'],
  409: [
    'Ticket is closed',
    'Ticket is not closed',
    'A request with this Idempotency-Key is in progress',
  ],
  410: ['Cursor has expired; start again without one'],
  413: ['The body is too large'],
  415: ['Send JSON with content-type application/json'],
  422: ['Idempotency-Key was used with another request'],
};

/**
 * True if a refusal certainly comes from the support API: by its sentence, or by a body that only
 * the API writes. No other refusal decides anything.
 */
export function isOwnRefusal({ status, detail, body }: Refusal): boolean {
  if (status === 412)
    return ConflictBody.safeParse(body).success || MacroConflictBody.safeParse(body).success;
  if (status === 422 && ValidationErrorBody.safeParse(body).success) return true;
  return (ownSentences[status] ?? []).includes(detail);
}

/** True if the API itself reports that there is no such ticket, or none for this account. */
export const saysNoTicket = (refusal: Refusal): boolean =>
  refusal.status === 404 && isOwnRefusal(refusal);

/**
 * A level-1 server has no codes. Its message names a ticket that is gone, but not an unknown path.
 */
export const saysNoTicketLevel1 = ({ status, detail }: Refusal): boolean =>
  status === 404 && /ticket/i.test(detail);
