import { ApiError } from '../../feed/api-error.ts';
import { NoConnectionError } from '../../feed/connections.ts';
import type { ServerCheck } from './server-check.ts';

/**
 * More requests at once than there are; each needs a connection of its own, which a question opens.
 */
const mostQuestions = 50;

/**
 * Asks who is there, and sends; again where another request has taken the connection on which that
 * was said. Throws ApiError.
 */
export async function whereKnown<T>(askAndSend: () => Promise<T>): Promise<T> {
  for (let questions = 1; ; questions += 1) {
    try {
      return await askAndSend();
    } catch (error) {
      if (!(error instanceof NoConnectionError)) throw error;
      if (questions >= mostQuestions) throw new ApiError({ kind: 'unreachable' }, error);
    }
  }
}

/** Sends only where the account's own server answers. */
export type AtHome = <T>(send: () => Promise<T>) => Promise<T>;

export const atHomeOf =
  (check: Pick<ServerCheck, 'confirm'>): AtHome =>
  (send) =>
    whereKnown(async () => {
      await check.confirm();
      return send();
    });
