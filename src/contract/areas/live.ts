import { z } from 'zod';
import { type AreaContract, done } from './parts.ts';

/** Names one live query of a window; a window never uses a name again. */
const WatchId = z.number().int().min(0);

/** A result of a live query that differs from the one before. */
const LiveResult = z.object({
  id: WatchId,
  /** As `revision` of a call's result. */
  revision: z.number().int(),
  result: z.unknown(),
});

/** Live queries of a window. */
export const liveContract = {
  calls: {
    /**
     * Runs one of `liveQueries` now, and again whenever a commit touches what it depends on: results
     * that differ are pushed as `live.changed`. Where it fails it is watched as well. `ended`: live
     * queries of this window that are over.
     */
    'live.watch': {
      input: z.strictObject({
        id: WatchId,
        name: z.string().max(40),
        input: z.unknown(),
        ended: z.union([z.literal('all'), z.array(WatchId).max(1_000)]),
      }),
      output: z.unknown(),
    },
    'live.end': { input: z.strictObject({ ended: z.array(WatchId).max(1_000) }), output: done },
  },
  events: {
    /** To the window that watches it. */
    'live.changed': LiveResult,
  },
} as const satisfies AreaContract;
