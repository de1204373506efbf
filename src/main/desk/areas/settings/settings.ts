import type { Settings, SettingsChange } from '../../../../contract/bridge.ts';
import { writeSettings } from './settings-table.ts';
import type { Workspace } from '../../workspace.ts';

/** Writes what changes and answers the whole; what a choice asks of the server begins at once. */
export function changeSettings(work: Workspace, change: SettingsChange): Settings {
  const settings = writeSettings(work.outboxDb, work.key, change);
  if (change.keep_closed_days !== undefined) {
    work.workingSet.chosen();
    work.engine.retry();
  }
  return settings;
}
