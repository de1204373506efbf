import { z } from 'zod';
import { PresenceState, Uuid } from '../wire/entities.ts';
import { type AreaContract, done } from './parts.ts';

/**
 * The tickets that colleagues have in front of them. `known` is false while this is unknown:
 * offline, or not supported by the server.
 */
export const PresenceView = z.object({
  known: z.boolean(),
  people: z.array(
    z.object({ ticket_id: Uuid, staff_id: Uuid, state: PresenceState.exclude(['away']) }),
  ),
});
export type PresenceView = z.infer<typeof PresenceView>;

/** Colleagues at a ticket. */
export const presenceContract = {
  calls: {
    /**
     * The agent's presence, for colleagues; repeated as long as it lasts. Null: no ticket is in front
     * of them, or nobody is at the window.
     */
    'presence.tell': {
      input: z.strictObject({ ticket_id: Uuid.nullable(), replying: z.boolean() }),
      output: done,
    },
    'presence.get': { input: done, output: PresenceView },
  },
  events: {
    'presence.changed': PresenceView,
  },
} as const satisfies AreaContract;
