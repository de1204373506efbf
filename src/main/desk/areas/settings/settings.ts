import type { Settings, SettingsChange } from '../../../../contract/bridge.ts';
import { writeSettings } from './settings-table.ts';
import type { Engine } from '../../feed/engine.ts';
import type { WorkingSet } from '../../feed/working-set.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Tell } from '../../tell.ts';

export interface SettingsParts {
  own: OwnRows;
  workingSet: Pick<WorkingSet, 'chosen'>;
  engine: Pick<Engine, 'retry'>;
  touch: Tell['touch'];
}

/** Writes what changes and answers the whole; what a choice asks of the server begins at once. */
export function changeSettings(parts: SettingsParts, change: SettingsChange): Settings {
  const settings = writeSettings(parts.own.db, parts.own.key, change);
  parts.touch(['settings']);
  if (change.keep_closed_days !== undefined) {
    parts.workingSet.chosen();
    parts.engine.retry();
  }
  return settings;
}
