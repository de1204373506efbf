import type { z } from 'zod';
import { apiBase } from '../../contract/wire/api.ts';
import { ApiFailure, refusalOf } from './failure.ts';
import type { Once } from './once.ts';

export interface ApiRequest {
  method: 'GET' | 'POST';
  /** Below `apiBase`. */
  path: string;
  body?: object;
  key?: string;
  signal?: AbortSignal;
  accept?: string;
  /** Set for a request that the browser must not repeat. */
  once?: Once | undefined;
}

/** Returns any response, also a refusal. Throws `ApiFailure` if there is none. */
export async function send(request: ApiRequest, token: string | null): Promise<Response> {
  const { method, path, body, signal, once } = request;
  const init: RequestInit = {
    method,
    cache: 'no-store',
    redirect: 'error',
    headers: headersOf(request, token),
    // Only calls of the session send cookies: those of other ports on this host are sent along, and
    // could make a request too large for the server.
    credentials: isOfSession(request) ? 'same-origin' : 'omit',
    ...(signal ? { signal } : {}),
  };
  try {
    if (body === undefined) return await fetch(apiBase + path, init);
    const text = JSON.stringify(body);
    return await (once ?? window).fetch(apiBase + path, { ...init, body: text });
  } catch (error) {
    throw new ApiFailure({ kind: 'unreachable' }, { cause: error });
  }
}

/** A server without page sessions sets no cookie, so its refresh needs none. */
const isOfSession = ({ path, body }: ApiRequest): boolean =>
  path.startsWith('/auth/') &&
  !(path === '/auth/refresh' && body !== undefined && 'refresh_token' in body);

function headersOf(
  { body, key, accept }: ApiRequest,
  token: string | null,
): Record<string, string> {
  return {
    accept: accept ?? 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
}

/**
 * Parses the body of a response. Throws `ApiFailure` for a refusal and for a body of another shape.
 * `wasWritten`: the request was to add a message or a ticket.
 */
export async function read<T>(
  response: Response,
  schema: z.ZodType<T>,
  wasWritten = false,
): Promise<T> {
  const body = await json(response);
  if (!response.ok) throw new ApiFailure(refusalOf(response, body, wasWritten));
  const parsed = schema.safeParse(body);
  // The sign-in page of a Wi-Fi responds with 200 as well.
  if (!parsed.success) throw new ApiFailure({ kind: 'unreachable' }, { cause: parsed.error });
  return parsed.data;
}

async function json(response: Response): Promise<unknown> {
  try {
    const value: unknown = await response.json();
    return value;
  } catch {
    // Cut off or not JSON: no schema accepts undefined, so the caller refuses it.
    return undefined;
  }
}
