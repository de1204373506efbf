import { z } from 'zod';
import { Uuid } from '../wire/entities.ts';
import { type AreaContract, done } from './parts.ts';
import { StorageState } from './settings.ts';
import { TicketQuery } from './tickets.ts';

export const Account = z.object({
  id: Uuid,
  email: z.string(),
  name: z.string(),
  role: z.enum(['staff', 'admin']),
});
export type Account = z.infer<typeof Account>;

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

/** Where a window of the account begins. */
export const StartPlace = z.object({
  query: TicketQuery,
  saved: Uuid.nullable(),
  ticket_id: Uuid.nullable(),
});
export type StartPlace = z.infer<typeof StartPlace>;

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
  /**
   * Where the account was last, as far as that is still there; null: nowhere yet. It comes with the
   * session, so that the first list that a window asks for is the right one.
   */
  place: StartPlace.nullable().optional(),
});
export type SessionState = z.infer<typeof SessionState>;

/** Signing in and out. */
export const sessionContract = {
  calls: {
    'session.get': { input: done, output: SessionState },
    'session.signIn': {
      input: z.strictObject({
        email: z.string().trim().min(3).max(254),
        password: z.string().min(1).max(1024),
      }),
      output: SessionState,
    },
    /**
     * Ends the session and hides its cache. Drafts and unsent operations stay, for the same account
     * only.
     */
    'session.signOut': { input: done, output: SessionState },
    /**
     * The agent confirms that a server known at another address, or from before it was copied or
     * restored, is the one signed in to: its work on this computer continues there.
     */
    'session.takeOver': {
      input: z.strictObject({ key: z.string().min(1).max(400) }),
      output: SessionState,
    },
  },
  events: {
    'session.changed': SessionState,
  },
} as const satisfies AreaContract;
