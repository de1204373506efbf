import { z } from 'zod';
import { SavedView } from './tickets.ts';

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

/**
 * How many days closed tickets are kept on this computer; `auto`: all if the copy is small, else
 * the usual number.
 */
export const keepChoices = ['auto', 'all', 30, 90, 180, 365] as const;
export type KeepChoice = (typeof keepChoices)[number];

export const undoWindows = [0, 5, 10, 20, 30] as const;
export const heldAtQuit = ['send', 'ask'] as const;
/** The agent's settings. */
export const Settings = z.strictObject({
  /** Seconds in which a reply can be undone; 0: none. */
  undo_seconds: z.literal(undoWindows),
  /**
   * What happens to a reply in its undo window when Staffdesk is closed: it is sent, or the agent
   * is asked at the next start.
   */
  held_at_quit: z.enum(heldAtQuit),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  language: z.enum(['system', 'en', 'de']),
  /** By command: the agent's own key, null for none. Other commands keep their default key. */
  shortcuts: z.record(z.string().max(40), z.string().min(1).max(40).nullable()),
  notices: NoticeRules,
  /** Banners show neither the customer's name nor their text. */
  hide_text: z.boolean(),
  quiet_hours: QuietHours,
  /** The agent's own views, in their order. */
  saved_views: z.array(SavedView).max(50),
  keep_closed_days: z.literal(keepChoices),
  /** Commands run from the palette, the latest first. */
  recent_commands: z.array(z.string().min(1).max(80)).max(5),
});
export type Settings = z.infer<typeof Settings>;
/** Only the settings that change. */
export const SettingsChange = Settings.partial();
export type SettingsChange = z.infer<typeof SettingsChange>;
