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

/** Writes the change and returns all settings; a choice that needs the server asks it at once. */
export function changeSettings(parts: SettingsParts, change: SettingsChange): Settings {
  const settings = writeSettings(parts.own.db, parts.own.key, change);
  // Nothing on screen depends on the agent's last place.
  if (Object.keys(change).some((name) => name !== 'last_place')) parts.touch(['settings']);
  if (change.keep_closed_days !== undefined) {
    parts.workingSet.chosen();
    parts.engine.retry();
  }
  return settings;
}
