import { z } from 'zod';
import { ErrorBody, ValidationErrorBody } from '../../contract/wire/api.ts';

/** Why a call to the support API failed, by what the customer can do about it. */
export type Failure =
  /** No response, or one that is not from the API: no network, or the sign-in page of a Wi-Fi. */
  | { kind: 'unreachable' }
  | { kind: 'signed-out' }
  /** `merged`: the id of the ticket that the conversation continues in. */
  | { kind: 'not-found'; merged: string | null }
  | { kind: 'closed' }
  | { kind: 'taken' }
  | { kind: 'wrong-credentials' }
  | { kind: 'deactivated' }
  | { kind: 'slow-down'; seconds: number | null }
  /** The customer has written more than the server accepts in this period. */
  | { kind: 'too-much'; seconds: number | null }
  | { kind: 'too-long' }
  /** An earlier try of the same request is still being processed. */
  | { kind: 'in-progress' }
  /** The key was used for an earlier request with other content. */
  | { kind: 'key-used' }
  /** `fields`: the names of the wrong fields. `says`: the server's explanation, if it gave one. */
  | { kind: 'invalid'; fields: string[]; says: string | null }
  | { kind: 'server' };

/** Thrown by every failed call. */
export class ApiFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.kind, options);
    this.name = 'ApiFailure';
    this.failure = failure;
  }
}

/** The failure to show for any error; one that is not from the API is a bug of this page. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ApiFailure) return error.failure;
  console.error(error);
  return { kind: 'server' };
}

/**
 * The server refused the message or ticket, so it was not stored. After any other failure it may
 * have been.
 */
export function isRefusal({ kind }: Failure): boolean {
  return kind === 'closed' || kind === 'not-found' || kind === 'invalid' || kind === 'too-long';
}

const Merged = z.object({ merged_into: z.uuid() });

/** `wasWritten`: the request was to add a message or a ticket. */
export function refusalOf(response: Response, body: unknown, wasWritten: boolean): Failure {
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

function invalid(body: unknown, says: string | null): Failure {
  const faults = ValidationErrorBody.safeParse(body).data?.detail ?? [];
  const sentences = faults.map(({ msg }) => msg).join('. ');
  return {
    kind: 'invalid',
    fields: faults.map(({ loc }) => String(loc.at(-1))),
    says: says ?? (sentences === '' ? null : sentences),
  };
}
