import { z } from 'zod';
import { Uuid } from '../entities.ts';
import { troubles, type Trouble } from '../troubles.ts';

const Ms = z.number().int();

export const Account = z.object({
  id: Uuid,
  email: z.string(),
  name: z.string(),
  role: z.enum(['staff', 'admin']),
});
export type Account = z.infer<typeof Account>;

/**
 * `fault`: why nothing can be stored on this computer now, or null. `reading`: the data shown was
 * read when the desk started, and nothing is synced.
 */
export const StorageState = z.object({
  fault: z.enum(['full', 'read-only', 'held', 'gone', 'swapped', 'failed']).nullable(),
  reading: z.boolean(),
});
export type StorageState = z.infer<typeof StorageState>;

/** Work on this computer that belongs to another server than `SessionState.server`. */
export const WorkElsewhere = z.object({
  /** The key for 'session.takeOver'. */
  key: z.string(),
  /** The last address of that server; null if it is no longer known. */
  server: z.string().nullable(),
  /** Operations that the server has not confirmed. */
  waiting: z.number().int(),
  drafts: z.number().int(),
  /**
   * The signed-in account has the same id there, so the agent may declare both to be one server.
   */
  can_take_over: z.boolean(),
});
export type WorkElsewhere = z.infer<typeof WorkElsewhere>;

export const SessionState = z.object({
  /**
   * `sign-in-needed`: the account is known and its cache can be read, but the server requires a new
   * sign-in before anything is sent.
   */
  state: z.enum(['signed-out', 'signed-in', 'sign-in-needed']),
  account: Account.nullable(),
  server: z.string(),
  /**
   * Where the token is stored; `memory` requires a sign-in at each start, and the window says so.
   */
  secret_store: z.enum(['os', 'memory']),
  /** Shown on the sign-in form, in the demo only. */
  demo_email: z.string().nullable(),
  /**
   * The outbox was damaged at this start: the number of entries recovered, and the path of the
   * damaged file.
   */
  salvage: z
    .object({ recovered: z.number().int(), damaged: z.number().int(), file: z.string() })
    .nullable(),
  storage: StorageState.optional(),
  elsewhere: z.array(WorkElsewhere).optional(),
  /**
   * Another server than before responds at this address; the session with the former one has ended
   * on this computer.
   */
  server_changed: z.boolean().optional(),
});
export type SessionState = z.infer<typeof SessionState>;

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
  needs_you: z.number().int(),
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

export const NotificationPayload = z.object({
  ticket_id: Uuid,
  title: z.string(),
  body: z.string(),
  /** One banner per ticket: a newer one with the same tag replaces it. */
  tag: z.string(),
  /** The channels; without `banner` it is only heard. */
  channels: z.array(z.enum(['banner', 'sound'])),
});
export type NotificationPayload = z.infer<typeof NotificationPayload>;

/** The data stored on this computer; sizes in bytes. */
export const Storage = z.object({
  tickets: z.number().int(),
  messages: z.number().int(),
  drafts: z.number().int(),
  waiting: z.number().int(),
  cache_bytes: z.number().int(),
  outbox_bytes: z.number().int(),
  folder: z.string(),
});
export type Storage = z.infer<typeof Storage>;

/** The versions of the parts that run; null for a part that this shell does not have. */
export const About = z.object({
  version: z.string(),
  sqlite: z.string(),
  node: z.string(),
  electron: z.string().nullable(),
});
export type About = z.infer<typeof About>;
