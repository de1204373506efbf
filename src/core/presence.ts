import type { PresenceState } from '../contract/wire/entities.ts';

/** A colleague who has a ticket in front of them. */
export interface Present {
  ticket_id: string;
  staff_id: string;
  state: Exclude<PresenceState, 'away'>;
}

/**
 * Presence is repeated at this interval (ms): every second report may be lost before others forget
 * it.
 */
export const sayAgainMs = 11_000;
/**
 * At most one report in this time (ms): an agent who runs through a list reports only where they
 * stop.
 */
export const sayEveryMs = 400;
/** A window without activity for this long (ms) has nobody in front of it. */
export const idleMs = 5 * 60_000;
