import type { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { ApiError } from '../../../../../../src/main/desk/feed/api-error.ts';
import type { Auth } from '../../../../../../src/main/desk/areas/session/auth.ts';
import type { WatchState } from '../../../../../../src/main/desk/feed/servers/server.ts';
import { createLive } from '../../../../../../src/main/desk/feed/servers/staffdesk/live.ts';
import { createFakeClock } from '../../../../../helpers/fake-clock.ts';

test('a server that never answers the opening of the stream is given up, so that it can be asked again', async () => {
  const clock = createFakeClock();
  const states: WatchState[] = [];
  let opened = 0;
  const auth = {
    openEvents: (signal: AbortSignal, onAsk: () => void): Promise<Readable> => {
      onAsk();
      opened += 1;
      return new Promise((_done, fail) => {
        signal.addEventListener('abort', () => {
          fail(new ApiError({ kind: 'unreachable' }));
        });
      });
    },
  } as unknown as Auth;
  const live = createLive(auth, clock, {
    changed: () => undefined,
    presence: () => undefined,
    state: (state) => {
      states.push(state);
    },
  });
  live.connect();
  await expect.poll(() => opened).toBe(1);
  clock.advance(44_000);
  expect(states).toEqual([]);
  clock.advance(1_000);
  await expect.poll(() => states).toEqual(['lost']);
  live.connect();
  await expect.poll(() => opened).toBe(2);
  live.stop();
});
