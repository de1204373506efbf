import { z } from 'zod';

/** Why an operation is parked; the window has the sentences. */
export const ParkReason = z.enum([
  'conflict',
  'stale',
  'lost',
  'ticket-merged',
  'ticket-gone',
  'ticket-closed',
  'not-allowed',
  'not-supported',
  'refused',
  'unreadable',
  'unknown-outcome',
]);
export type ParkReason = z.infer<typeof ParkReason>;
