import { z } from 'zod';
import { Uuid } from '../wire/entities.ts';
import type { Dependence } from './topics.ts';

/** The calls of one area, its events, and the calls that can be watched with what each depends on. */
export interface AreaContract {
  calls: Record<string, { input: z.ZodType; output: z.ZodType }>;
  events?: Record<string, z.ZodType>;
  live?: Record<string, Dependence>;
}

/** Milliseconds: since the epoch by the server's clock, or a length of time. */
export const Ms = z.number().int();
export const ticketId = z.strictObject({ ticket_id: Uuid });
/** Nothing. */
export const done = z.strictObject({});
export const operationId = z.strictObject({ operation_id: Uuid });
export const queued = z.object({ operation_id: Uuid });
/**
 * The newest of the server's messages that was on screen when the agent decided; omitted: the
 * newest that the desk has.
 */
export const seen = Uuid.nullable().optional();
/**
 * The window's id for one decision of the agent. If it is repeated because no response came, the
 * desk returns the result of the first time.
 */
export const attempt = Uuid.optional();
