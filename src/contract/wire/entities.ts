import { z } from 'zod';
import { lineText } from '../text.ts';

/**
 * A list of values that the server may extend: known values are documented, unknown ones are kept.
 */
const openList = <const T extends readonly [string, ...string[]]>(known: T) =>
  z.union([z.enum(known), z.string().max(100)]);

export const ticketStatuses = ['open', 'in_progress', 'waiting', 'resolved', 'closed'] as const;
export const ticketPriorities = ['low', 'medium', 'high', 'urgent'] as const;
export const ticketCategories = [
  'account',
  'trading',
  'funding',
  'technical',
  'billing',
  'other',
] as const;
const roles = ['customer', 'staff', 'admin'] as const;

export const Uuid = z.uuid();
/** ISO 8601. Level 2 carries `Z`; level 1 carries no zone and means UTC (see core/time.ts). */
export const WireTime = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/,
    'not an ISO 8601 time',
  );

/**
 * A time that a caller may set: it must exist in the calendar and have a year of four digits in
 * every time zone, so that every reader can show it.
 */
export const SettableTime = WireTime.refine((wire) => {
  const asUtc = new Date(`${wire.slice(0, 19)}Z`);
  const [, hours = '0', minutes = '0'] = /[+-](\d{2}):(\d{2})$/.exec(wire) ?? [];
  const year = Number(wire.slice(0, 4));
  return (
    !Number.isNaN(asUtc.getTime()) &&
    asUtc.toISOString().startsWith(wire.slice(0, 10)) &&
    year >= 1970 &&
    year < 9999 &&
    Number(hours) <= 14 &&
    Number(minutes) < 60
  );
}, 'not a time that can be set');

export const TicketStatus = z.enum(ticketStatuses);
export const TicketPriority = z.enum(ticketPriorities);
export const TicketCategory = z.enum(ticketCategories);
export const Role = z.enum(roles);
/** A tag as it is read, stored or removed, even one from before today's rule. */
export const Tag = z.string().trim().min(1).max(40);
export const NewTag = lineText({ least: 1, most: 40 });

/** A ticket exactly as the existing service returns it (level 1). */
export const TicketLevel1 = z.object({
  id: Uuid,
  subject: z.string(),
  category: openList(ticketCategories),
  priority: openList(ticketPriorities),
  status: openList(ticketStatuses),
  created_at: WireTime,
  updated_at: WireTime,
  resolved_at: WireTime.nullable(),
  last_message_at: WireTime.nullable(),
});
export type TicketLevel1 = z.infer<typeof TicketLevel1>;

export const Ticket = TicketLevel1.extend({
  requester: z.object({ id: Uuid, name: z.string(), email: z.string() }),
  assignee_id: Uuid.nullable(),
  tags: z.array(z.string()),
  snoozed_until: WireTime.nullable(),
  version: z.number().int(),
  message_count: z.number().int(),
  last_message: z.object({ preview: z.string(), is_staff: z.boolean() }).nullable(),
});
export type Ticket = z.infer<typeof Ticket>;

export const MessageLevel1 = z.object({
  id: Uuid,
  ticket_id: Uuid,
  user_id: Uuid.nullable(),
  staff_id: Uuid.nullable(),
  message: z.string(),
  is_internal: z.boolean(),
  is_staff: z.boolean(),
  created_at: WireTime,
});
export type MessageLevel1 = z.infer<typeof MessageLevel1>;

export const Message = MessageLevel1.extend({
  author_name: z.string(),
  /**
   * The operation id (`Idempotency-Key`) that created the message, if the author's app sent one.
   */
  client_id: z.string().nullable(),
  /** Colleagues mentioned in an internal note; empty for every other message. */
  mentions: z.array(Uuid).default([]),
});
export type Message = z.infer<typeof Message>;

export const StaffMember = z.object({
  id: Uuid,
  name: z.string(),
  email: z.string(),
  role: z.union([z.enum(['staff', 'admin']), z.string()]),
  is_active: z.boolean(),
});
export type StaffMember = z.infer<typeof StaffMember>;

/**
 * The changes that a canned reply makes as well; the app shows each as a chip that can be removed.
 */
export const MacroActions = z
  .strictObject({
    status: TicketStatus,
    priority: TicketPriority,
    category: TicketCategory,
    /** A colleague, nobody (null), or the agent who uses the macro ('me'). */
    assignee: z.union([Uuid, z.literal('me'), z.null()]),
    tags: z.strictObject({
      add: z.array(Tag).max(50).default([]),
      remove: z.array(Tag).max(50).default([]),
    }),
  })
  .partial();

/**
 * A canned reply. Its text may contain variables such as `{{requester.first_name}}` or
 * `{{ticket.subject|your ticket}}`.
 */
export const Macro = z.object({
  id: Uuid,
  name: z.string(),
  text: z.string(),
  actions: MacroActions,
  created_at: WireTime,
  updated_at: WireTime,
  version: z.number().int(),
});
export type Macro = z.infer<typeof Macro>;

const presenceStates = ['viewing', 'replying', 'away'] as const;
export const PresenceState = z.enum(presenceStates);
export type PresenceState = z.infer<typeof PresenceState>;

export type TicketStatus = z.infer<typeof TicketStatus>;
export type TicketPriority = z.infer<typeof TicketPriority>;
export type TicketCategory = z.infer<typeof TicketCategory>;
export type Role = z.infer<typeof Role>;
