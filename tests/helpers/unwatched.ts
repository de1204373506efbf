import { createLiveQueries, type LiveQueries } from '../../src/main/desk/live-queries.ts';
import { fakeClock } from './clock.ts';

/** Live queries of a desk that has none. */
export function unwatched(): LiveQueries {
  return createLiveQueries({
    clock: fakeClock(),
    events: { emit: () => undefined },
    account: () => null,
    run: () => undefined,
    explain(error) {
      throw error;
    },
  });
}
