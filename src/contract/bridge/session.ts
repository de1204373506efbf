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
 * `fault`: why nothing can be written on this computer now, null for none. `reading`: what is shown
 * was read when the desk started, and nothing is synced.
 */
export const StorageState = z.object({
  fault: z.enum(['full', 'read-only', 'held', 'gone', 'swapped', 'failed']).nullable(),
  reading: z.boolean(),
});
export type StorageState = z.infer<typeof StorageState>;

/** Work of this computer that belongs to another server than the one at `SessionState.server`. */
export const WorkElsewhere = z.object({
  /** Names it for 'session.takeOver'. */
  key: z.string(),
  /** Where that server was met last; null: it is not known any more. */
  server: z.string().nullable(),
  /** Operations that it has not confirmed. */
  waiting: z.number().int(),
  drafts: z.number().int(),
  /** The signed-in account has the same id there: it may say that both are one server. */
  can_take_over: z.boolean(),
});
export type WorkElsewhere = z.infer<typeof WorkElsewhere>;

export const SessionState = z.object({
  /**
   * `sign-in-needed`: the account is known and its cache readable, but the server wants a new
   * sign-in before anything goes out.
   */
  state: z.enum(['signed-out', 'signed-in', 'sign-in-needed']),
  account: Account.nullable(),
  server: z.string(),
  /** Where the token is kept; `memory` costs a sign-in at each start, and the window says so. */
  secret_store: z.enum(['os', 'memory']),
  /** Offered on the sign-in form in the demo only. */
  demo_email: z.string().nullable(),
  /**
   * The outbox was found damaged at this start: how many entries came out of it, and where the
   * damaged file is kept.
   */
  salvage: z
    .object({ recovered: z.number().int(), damaged: z.number().int(), file: z.string() })
    .nullable(),
  storage: StorageState.optional(),
  elsewhere: z.array(WorkElsewhere).optional(),
  /**
   * Another server than before answers at this address: the session with the one before has ended
   * here.
   */
  server_changed: z.boolean().optional(),
});
export type SessionState = z.infer<typeof SessionState>;

/**
 * What the connected server can do. A control of the window whose ability is false is off and says
 * so; the desk refuses its command with 'not-supported'. Everything is allowed until the server has
 * been asked once (`level` null).
 */
export const Abilities = z.object({
  level: z.number().int().nullable(),
  notes: z.boolean(),
  /** Status other than closing, priority, category and tags. */
  changes: z.boolean(),
  assignment: z.boolean(),
  reopen: z.boolean(),
  /** News comes at once; else the desk looks every minute. */
  live: z.boolean(),
  presence: z.boolean(),
  macros: z.boolean(),
  /** A reply whose answer is lost can be sent again without becoming two. */
  exactly_once: z.boolean(),
  /** A full copy can leave out what is not kept; else all of it is copied and taken off again. */
  bounded_copy: z.boolean(),
  /** Tickets that are not on this computer can be searched at the server. */
  search: z.boolean(),
});
export type Abilities = z.infer<typeof Abilities>;

export const SyncState = z.object({
  /**
   * `starting`: before the first answer. `first-sync`: the snapshot is under way, what is there is
   * usable.
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
   * Operations that the server has not confirmed yet; neither parked ones nor what waits behind
   * them.
   */
  waiting: z.number().int(),
  /**
   * How many of these are held, and what waits for them: their undo window runs, so nobody is
   * sending them.
   */
  held: z.number().int().default(0),
  /** Parked operations: they wait for the agent. */
  needs_you: z.number().int(),
  last_sync_at: Ms.nullable(),
  /** Why the phase is `offline`, or `sign-in-needed` where the server has said it. */
  reason: z.enum(Object.keys(troubles) as [Trouble, ...Trouble[]]).nullable(),
  tickets_cached: z.number().int(),
  /** How many days back closed tickets are kept on this computer; null: all are. */
  kept_days: z.number().int().nullable(),
  /** Milliseconds from now to the next attempt while offline. */
  next_attempt_in: Ms.nullable(),
  abilities: Abilities,
  /** The server shows this account nothing but the tickets that it opened itself. */
  only_own: z.boolean().optional(),
  /**
   * How far this computer's clock is ahead of the server's time, in whole minutes (ms), negative
   * where it is behind; absent: not at all, or unknown.
   */
  clock_ahead_ms: Ms.optional(),
});
export type SyncState = z.infer<typeof SyncState>;

export const SyncDetail = z.object({
  state: SyncState,
  stream: z.enum(['connected', 'lost', 'unsupported']),
  /** Failed tries since the last that worked. */
  failures: z.number().int(),
  /**
   * From a change at the server to its arrival here, as the last one took; the server's clock tells
   * whole seconds.
   */
  lag_ms: Ms.nullable(),
  /** When the connection was last rebuilt because nothing moved. */
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
  /** How it is told; one without `banner` is only heard. */
  channels: z.array(z.enum(['banner', 'sound'])),
});
export type NotificationPayload = z.infer<typeof NotificationPayload>;

/** What is kept on this computer; sizes in bytes. */
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

/** What runs; null: not a part of this shell. */
export const About = z.object({
  version: z.string(),
  sqlite: z.string(),
  node: z.string(),
  electron: z.string().nullable(),
});
export type About = z.infer<typeof About>;
