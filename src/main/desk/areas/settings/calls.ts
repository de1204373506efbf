import type { settingsContract } from '../../../../contract/areas/settings.ts';
import type { CallsOf } from '../../handlers.ts';
import { readSettings } from './settings-table.ts';
import { changeSettings, type SettingsParts } from './settings.ts';
import { storageOf, type StorageParts } from './storage.ts';

export const settingsCalls = (
  parts: SettingsParts & StorageParts,
): CallsOf<typeof settingsContract> => ({
  'settings.get': () => readSettings(parts.own.db, parts.own.key),
  'settings.set': (change) => changeSettings(parts, change),
  'storage.get': () => storageOf(parts),
});
