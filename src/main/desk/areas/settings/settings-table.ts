import { Settings, type SettingsChange } from '../../../../contract/bridge.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

const night = { on: true, from: '19:00', to: '08:00' };
const weekend = { on: true, from: '00:00', to: '00:00' };
const defaults: Settings = {
  undo_seconds: 10,
  held_at_quit: 'send',
  after_action: 'next',
  wait_days: 3,
  theme: 'system',
  density: 'comfortable',
  language: 'system',
  shortcuts: {},
  notices: {
    reply: { mine: ['banner', 'sound', 'badge'], unassigned: ['banner', 'badge'], others: [] },
    mention: {
      mine: ['banner', 'sound', 'badge'],
      unassigned: ['banner', 'sound', 'badge'],
      others: ['banner', 'sound', 'badge'],
    },
    assigned: { mine: ['banner', 'badge'], unassigned: [], others: [] },
  },
  hide_text: false,
  saved_views: [],
  keep_closed_days: 'auto',
  pane_sizes: { list: null, wide_list: null, details: null, composer: null },
  rail_folded: false,
  last_place: null,
  welcomed: false,
  recent_commands: [],
  quiet_hours: {
    on: false,
    days: [night, night, night, night, night, weekend, weekend],
    breaks: ['mention', 'urgent'],
  },
};

/**
 * An account's settings. A setting that is missing or cannot be read has its default, so that a
 * bad value never keeps the app from starting.
 */
export function readSettings(db: ReadDb, accountId: string): Settings {
  const row = db
    .prepare<[string], { value: string }>('select value from settings where name = ?')
    .get(nameOf(accountId));
  const text = row?.value ?? '{}';
  // They are asked for with every change of the sync's state, and hardly ever differ from the last
  // time.
  if (last?.text !== text) last = { text, settings: settingsOf(text) };
  return last.settings;
}

let last: { text: string; settings: Settings } | null = null;

function settingsOf(text: string): Settings {
  const stored = parse(text);
  // Each on its own: one that cannot be read must not take the others with it.
  const readable = Object.entries(Settings.shape)
    .filter(([name, schema]) => schema.safeParse(stored[name]).success)
    .map(([name]) => [name, stored[name]]);
  return Settings.parse({ ...defaults, ...Object.fromEntries(readable) });
}

/** Writes the change and returns all settings. */
export function writeSettings(db: WriteDb, accountId: string, change: SettingsChange): Settings {
  const settings = Settings.parse({ ...readSettings(db, accountId), ...change });
  db.prepare(
    'insert into settings (name, value) values (?, ?) on conflict do update set value = excluded.value',
  ).run(nameOf(accountId), JSON.stringify(settings));
  return settings;
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // Not JSON: damaged, so as if never set.
    return {};
  }
}

const nameOf = (accountId: string): string => `settings ${accountId}`;
