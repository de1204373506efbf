import { ConflictBody, MacroConflictBody, ValidationErrorBody } from '../contract/api.ts';

/** A refusal (4xx) as it came. */
export interface Refusal {
  status: number;
  detail: string;
  body: unknown;
}

/**
 * What the API says with a refusal; a test holds src/server/http/problem.ts to it. What stands between
 * it and here has words of its own: 'Not Found' is every framework's word for an unknown path, and
 * says nothing about a ticket.
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
 * Whether a refusal is surely the support API's own: by its sentence, or a body that only the API
 * writes. Only such a one decides anything.
 */
export function isOwnRefusal({ status, detail, body }: Refusal): boolean {
  if (status === 412)
    return ConflictBody.safeParse(body).success || MacroConflictBody.safeParse(body).success;
  if (status === 422 && ValidationErrorBody.safeParse(body).success) return true;
  return (ownSentences[status] ?? []).includes(detail);
}

/** Whether the API itself says that there is no such ticket, or none for this account. */
export const saysNoTicket = (refusal: Refusal): boolean =>
  refusal.status === 404 && isOwnRefusal(refusal);

/** A level-1 server has no codes; a ticket that is gone it names, an unknown path it does not. */
export const saysNoTicketLevel1 = ({ status, detail }: Refusal): boolean =>
  status === 404 && /ticket/i.test(detail);
