import { z } from 'zod';
import { Uuid } from '../wire/entities.ts';
import { NoticeRules, QuietHours } from './notices.ts';
import { type AreaContract, done } from './parts.ts';
import { SavedView, ViewId } from './tickets.ts';

/**
 * How many days closed tickets are kept on this computer; `auto`: all if the copy is small, else
 * the usual number.
 */
export const keepChoices = ['auto', 'all', 30, 90, 180, 365] as const;

export type KeepChoice = (typeof keepChoices)[number];

export const undoWindows = [0, 5, 10, 20, 30] as const;

/** Days after which a ticket that was sent and snoozed wakes without a reply. */
export const waitChoices = [1, 3, 7, 14] as const;

export const heldAtQuit = ['send', 'ask'] as const;

/**
 * The ticket that is open after an action took it out of the view: the next one, or still the one
 * that the agent acted on.
 */
export const afterActions = ['next', 'stay'] as const;

/** Where the agent was: the view, and the saved view or ticket that was open in it. */
const LastPlace = z.strictObject({
  view: ViewId,
  saved: Uuid.nullable(),
  ticket_id: Uuid.nullable(),
});
export type LastPlace = z.infer<typeof LastPlace>;

const PaneSize = z.number().int().min(100).max(5_000).nullable();
const ComposerSize = z.number().int().min(36).max(5_000);

/** The agent's settings. */
export const Settings = z.strictObject({
  /** Seconds in which a reply can be undone; 0: none. */
  undo_seconds: z.literal(undoWindows),
  /**
   * What happens to a reply in its undo window when Staffdesk is closed: it is sent, or the agent
   * is asked at the next start.
   */
  held_at_quit: z.enum(heldAtQuit),
  after_action: z.enum(afterActions),
  /** Chosen last with 'Send and snooze until they reply'. */
  wait_days: z.literal(waitChoices),
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
  /** The sizes of panes that the agent has dragged, in px; null: as the window gives it. */
  pane_sizes: z.strictObject({
    list: PaneSize,
    /** Where the list has columns. */
    wide_list: PaneSize,
    details: PaneSize,
    /** The height of the composer's text. */
    composer: ComposerSize.nullable().default(null),
  }),
  /** The rail shows its icons alone, also where there is room for its words. */
  rail_folded: z.boolean(),
  /** Where the next window of the account begins; null: nowhere yet. */
  last_place: LastPlace.nullable(),
  /** The agent has dismissed the card that greets them on this computer. */
  welcomed: z.boolean(),
  /** Commands run from the palette, the latest first. */
  recent_commands: z.array(z.string().min(1).max(80)).max(5),
});
export type Settings = z.infer<typeof Settings>;

/** Only the settings that change. */
export const SettingsChange = Settings.partial();
export type SettingsChange = z.infer<typeof SettingsChange>;

/**
 * `fault`: why nothing can be stored on this computer now, or null. `reading`: the data shown was
 * read when the desk started, and nothing is synced.
 */
export const StorageState = z.object({
  fault: z.enum(['full', 'read-only', 'held', 'gone', 'swapped', 'failed']).nullable(),
  reading: z.boolean(),
});
export type StorageState = z.infer<typeof StorageState>;

/** The data stored on this computer; sizes in bytes. */
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

/** The versions of the parts that run; null for a part that this shell does not have. */
export const About = z.object({
  version: z.string(),
  sqlite: z.string(),
  node: z.string(),
  electron: z.string().nullable(),
});
export type About = z.infer<typeof About>;

/** Settings, and the data stored on this computer. */
export const settingsContract = {
  calls: {
    'settings.get': { input: done, output: Settings },
    'settings.set': { input: SettingsChange, output: Settings },
    'storage.get': { input: done, output: Storage },
    /**
     * Removes the copy of the server's data and loads it again. Unsent operations, drafts and
     * settings are kept.
     */
    'storage.clear': { input: done, output: done },
    'about.get': { input: done, output: About },
  },
} as const satisfies AreaContract;
