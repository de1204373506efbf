import { z } from 'zod';
import { type Trouble, troubles } from '../troubles.ts';
import { type AreaContract, Ms, done } from './parts.ts';

/**
 * The abilities of the connected server. A control of the window whose ability is false is disabled
 * and says why; the desk refuses its command with 'not-supported'. Until the server has been asked
 * once (`level` null), everything is allowed.
 */
export const Abilities = z.object({
  level: z.number().int().nullable(),
  notes: z.boolean(),
  /** Changes of status other than closing, of priority, category and tags. */
  changes: z.boolean(),
  assignment: z.boolean(),
  reopen: z.boolean(),
  /** Changes arrive at once; otherwise the desk polls every minute. */
  live: z.boolean(),
  presence: z.boolean(),
  macros: z.boolean(),
  /** A reply whose response was lost can be sent again without being duplicated. */
  exactly_once: z.boolean(),
  /**
   * A full sync can leave out old closed tickets; otherwise everything is copied and then trimmed.
   */
  bounded_copy: z.boolean(),
  /** Tickets that are not on this computer can be searched on the server. */
  search: z.boolean(),
});
export type Abilities = z.infer<typeof Abilities>;

export const SyncState = z.object({
  /**
   * `starting`: before the first response. `first-sync`: the full sync is under way, and the
   * tickets already there can be used.
   */
  phase: z.enum([
    'signed-out',
    'starting',
    'first-sync',
    'catching-up',
    'live',
    'offline',
    'sign-in-needed',
  ]),
  /**
   * Operations that the server has not confirmed yet, without parked ones and those that wait for
   * them.
   */
  waiting: z.number().int(),
  /**
   * The number of these that are held or wait for held ones: their undo window runs, so they are
   * not being sent.
   */
  held: z.number().int().default(0),
  /** Parked operations, which need the agent. */
  not_sent: z.number().int(),
  last_sync_at: Ms.nullable(),
  /** Why the phase is `offline`, or `sign-in-needed` if the server said why. */
  reason: z.enum(Object.keys(troubles) as [Trouble, ...Trouble[]]).nullable(),
  tickets_cached: z.number().int(),
  /** The number of days that closed tickets are kept on this computer; null for all. */
  kept_days: z.number().int().nullable(),
  /** While offline: milliseconds from now to the next attempt. */
  next_attempt_in: Ms.nullable(),
  abilities: Abilities,
  /** The server shows this account only the tickets that it opened itself. */
  only_own: z.boolean().optional(),
  /**
   * How far this computer's clock is ahead of the server's time, in whole minutes (ms), negative if
   * it is behind; absent if they agree or it is unknown.
   */
  clock_ahead_ms: Ms.optional(),
});
export type SyncState = z.infer<typeof SyncState>;

export const SyncDetail = z.object({
  state: SyncState,
  stream: z.enum(['connected', 'lost', 'unsupported']),
  /** Failed tries since the last successful one. */
  failures: z.number().int(),
  /**
   * The last delay from a change on the server to its arrival here; the server's clock reports
   * whole seconds.
   */
  lag_ms: Ms.nullable(),
  /** When the connection was last reopened because no data came. */
  rebuilt_at: Ms.nullable(),
  oldest_waiting_at: Ms.nullable(),
});
export type SyncDetail = z.infer<typeof SyncDetail>;

/** The state of the copy of the server's data. */
export const syncContract = {
  calls: {
    'sync.get': { input: done, output: SyncState },
    'sync.detail': { input: done, output: SyncDetail },
    /**
     * Tries now instead of at the next scheduled attempt: the agent asked for it, or the network or
     * the machine has come back.
     */
    'sync.retry': { input: done, output: done },
  },
  events: {
    'sync.changed': SyncState,
  },
} as const satisfies AreaContract;
