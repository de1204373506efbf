import { expect, test } from 'vitest';
import { ApiError } from '../../../../src/main/desk/feed/api-error.ts';
import { beginSnapshot } from '../../../../src/main/desk/feed/generation.ts';
import type { Auth } from '../../../../src/main/desk/areas/session/auth.ts';
import { createWholeThreads } from '../../../../src/main/desk/feed/whole-threads.ts';
import { useCache } from '../../../helpers/cache.ts';

const cacheOf = useCache();

test('a ticket that the server did not know is not asked for again, until a new full copy may know it', async () => {
  const cache = cacheOf();
  const asked: string[] = [];
  const auth = {
    request: (_: string, { params }: { params: { id: string } }) => {
      asked.push(params.id);
      return Promise.reject(
        new ApiError({
          kind: 'status',
          status: 404,
          detail: 'Ticket not found',
          retryAfterMs: null,
          body: undefined,
        }),
      );
    },
  } as unknown as Auth;
  const threads = createWholeThreads({
    cache,
    auth,
    readThrough: () => 0,
    onChanged: () => undefined,
  });
  expect(await threads.complete(['one', 'other'])).toBe(true);
  expect(await threads.complete(['one', 'other'])).toBe(true);
  expect(asked).toEqual(['one', 'other']);
  // The role that was lost is back, or the server was set back to when the ticket was there.
  beginSnapshot(cache);
  await threads.complete(['one']);
  expect(asked).toEqual(['one', 'other', 'one']);
  await threads.stop();
});
