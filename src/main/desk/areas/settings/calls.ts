import type { Calls } from '../../handlers.ts';
import { readSettings } from './settings-table.ts';
import { changeSettings, type SettingsParts } from './settings.ts';
import { storageOf, type StorageParts } from './storage.ts';

type Names = 'settings.get' | 'settings.set' | 'storage.get';

export const settingsCalls = (parts: SettingsParts & StorageParts): Calls<Names> => ({
  'settings.get': () => readSettings(parts.own.db, parts.own.key),
  'settings.set': (change) => changeSettings(parts, change),
  'storage.get': () => storageOf(parts),
});
