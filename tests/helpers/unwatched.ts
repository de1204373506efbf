import { createLiveQueries, type LiveQueries } from '../../src/main/desk/live-queries.ts';
import { createFakeClock } from './fake-clock.ts';

/** Live queries of a desk that has none. */
export function unwatched(): LiveQueries {
  return createLiveQueries({
    clock: createFakeClock(),
    events: { emit: () => undefined },
    account: () => null,
    run: () => undefined,
    explain(error) {
      throw error;
    },
  });
}
