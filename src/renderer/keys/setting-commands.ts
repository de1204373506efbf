import type { Settings } from '../../contract/bridge.ts';
import type { SettingsStore } from '../areas/settings/settings-store.ts';
import type { Command, CommandId } from './command.ts';

type Choice = Partial<Pick<Settings, 'theme' | 'density' | 'after_action'>>;

const choices: readonly [CommandId, Choice][] = [
  ['themeLight', { theme: 'light' }],
  ['themeDark', { theme: 'dark' }],
  ['themeSystem', { theme: 'system' }],
  ['compact', { density: 'compact' }],
  ['comfortable', { density: 'comfortable' }],
  ['afterActionNext', { after_action: 'next' }],
  ['afterActionStay', { after_action: 'stay' }],
];

/** Each choice of a setting that the agent has not made now. */
export function settingCommands(settings: SettingsStore): Command[] {
  return choices.map(([id, choice]): Command => ({
    id,
    group: 'app',
    scope: 'everywhere',
    key: null,
    available: () => !isChosen(choice, settings),
    run: () => {
      settings.set(choice);
    },
  }));
}

function isChosen(choice: Choice, settings: SettingsStore): boolean {
  const chosen = settings.state.getState().settings;
  return Object.entries(choice).every(([name, value]) => chosen?.[name as keyof Choice] === value);
}
