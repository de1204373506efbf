import type { PresenceState } from '../contract/entities.ts';

/** A colleague who has a ticket in front of them. */
export interface Present {
  ticket_id: string;
  staff_id: string;
  state: Exclude<PresenceState, 'away'>;
}

/** Said again this often (ms): one word in two may be lost before others forget it. */
export const sayAgainMs = 11_000;
/** At most one word in this time (ms): who runs through a list tells where they stop. */
export const sayEveryMs = 400;
/** A window that has said nothing for this long (ms) has nobody in front of it. */
export const idleMs = 5 * 60_000;
