import type { Answer } from '../../../../../contract/wire/api.ts';
import type { Auth } from '../../../areas/session/auth.ts';
import { fromCursor, partsOf } from '../../long-answers.ts';

/**
 * A ticket with its messages in parts, from the newest back, so that a long thread can be read
 * before all of it is here. Throws ApiError.
 */
export const threadParts = (auth: Auth, ticketId: string): AsyncIterable<Answer<'getTicket'>> =>
  partsOf(
    (cursor) =>
      auth.request('getTicket', {
        params: { id: ticketId },
        query: { order: 'desc', ...fromCursor(cursor) },
      }),
    ({ messages }) => messages.length,
  );
