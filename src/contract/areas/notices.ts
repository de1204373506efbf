import { z } from 'zod';
import { Uuid } from '../wire/entities.ts';
import { type AreaContract, done } from './parts.ts';

/** The events that raise a notification, by the tickets that they concern, and their channels. */
export const noticeEvents = ['reply', 'mention', 'assigned'] as const;

export const noticeOwners = ['mine', 'unassigned', 'others'] as const;

export const noticeChannels = ['banner', 'sound', 'badge'] as const;

export const NoticeEvent = z.enum(noticeEvents);
export type NoticeEvent = z.infer<typeof NoticeEvent>;

export type NoticeOwner = (typeof noticeOwners)[number];

export type NoticeChannel = (typeof noticeChannels)[number];

export const NoticeRules = z.record(
  NoticeEvent,
  z.record(z.enum(noticeOwners), z.array(z.enum(noticeChannels))),
);
export type NoticeRules = z.infer<typeof NoticeRules>;

/** `HH:MM`, by the local clock. */
const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const quietBreakers = ['mention', 'urgent'] as const;

export const QuietHours = z.strictObject({
  on: z.boolean(),
  /** Monday first. A day that ends before it begins continues into the next. */
  days: z.array(z.strictObject({ on: z.boolean(), from: WallTime, to: WallTime })).length(7),
  /** Events that are notified all the same. */
  breaks: z.array(z.enum(quietBreakers)),
});
export type QuietHours = z.infer<typeof QuietHours>;

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

/** Notifications, and the ticket that needs none. */
export const noticesContract = {
  calls: {
    /** The ticket in front of the agent, which raises no notification. */
    'window.front': {
      input: z.strictObject({ ticket_id: Uuid.nullable(), focused: z.boolean() }),
      output: done,
    },
  },
  events: {
    /** For the loopback shell, whose window shows the banners itself. */
    'notification.show': NotificationPayload,
    /**
     * The number of tickets with news that the agent has not seen and wants counted on the app's
     * icon.
     */
    'badge.changed': z.object({ count: z.number().int() }),
    /** Open this ticket at its first unread message (a click on a banner). */
    'ticket.open': z.object({ ticket_id: Uuid }),
  },
} as const satisfies AreaContract;
