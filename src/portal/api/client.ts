import { z } from 'zod';
import { eventsPath, Faq } from '../../contract/wire/api.ts';
import { PortalCapabilities, type Api, type FaqEntry } from './api.ts';
import { createAuthorization, type Authorization } from './authorization.ts';
import { ApiFailure } from './failure.ts';
import { read, send } from './request.ts';
import { sessionCalls } from './session-calls.ts';
import { readingCalls, writingCalls } from './ticket-calls.ts';

/** `onSignedOut` runs when the session has ended. */
export function createApi(onSignedOut: () => void): Api {
  const authorization = createAuthorization(onSignedOut);
  return {
    ...sessionCalls(authorization),
    ...readingCalls(authorization),
    ...writingCalls(authorization),
    capabilities,
    faq: () => faq('/support/faq'),
    searchFaq: (words) => faq(`/support/faq/search?q=${encodeURIComponent(words)}`),
    events: (signal) => events(authorization, signal),
  };
}

async function capabilities(): Promise<PortalCapabilities | null> {
  const response = await send({ method: 'GET', path: '/support/capabilities' }, null);
  return response.status === 404 ? null : read(response, PortalCapabilities);
}

async function faq(path: string): Promise<FaqEntry[]> {
  return read(await send({ method: 'GET', path }, null), z.array(Faq));
}

async function events(
  authorization: Authorization,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array> | null> {
  const accept = 'text/event-stream';
  const response = await authorization.send({ method: 'GET', path: eventsPath, signal, accept });
  if (response.status === 404) return null;
  if (!response.ok || !response.body) throw new ApiFailure({ kind: 'unreachable' });
  return response.body;
}
