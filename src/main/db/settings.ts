import { Settings } from '../../contract/bridge.ts';
import type { ReadDb, WriteDb } from './open.ts';

const defaults: Settings = { undo_seconds: 10 };

/** An account's settings. What is missing or cannot be read has its default, so that a bad value never keeps the app from starting. */
export function readSettings(db: ReadDb, accountId: string): Settings {
  const row = db.prepare<[string], { value: string }>('select value from settings where name = ?').get(nameOf(accountId));
  try {
    const stored: unknown = JSON.parse(row?.value ?? '{}');
    return Settings.safeParse({ ...defaults, ...(typeof stored === 'object' ? stored : {}) }).data ?? defaults;
  } catch {
    // Not JSON: damaged, so as if never set.
    return defaults;
  }
}

export function writeSettings(db: WriteDb, accountId: string, settings: Settings): void {
  db.prepare('insert into settings (name, value) values (?, ?) on conflict do update set value = excluded.value').run(nameOf(accountId), JSON.stringify(settings));
}

const nameOf = (accountId: string): string => `settings ${accountId}`;
