import type { Settings } from '../../contract/bridge.ts';
import type { SettingsStore } from '../areas/settings/settings-store.ts';
import type { Command, CommandId } from './command.ts';

type Look = Partial<Pick<Settings, 'theme' | 'density'>>;

const looks: readonly [CommandId, Look][] = [
  ['themeLight', { theme: 'light' }],
  ['themeDark', { theme: 'dark' }],
  ['themeSystem', { theme: 'system' }],
  ['compact', { density: 'compact' }],
  ['comfortable', { density: 'comfortable' }],
];

/** Each look that the window does not have now. */
export function appearanceCommands(settings: SettingsStore): Command[] {
  return looks.map(([id, look]): Command => ({
    id,
    group: 'app',
    scope: 'everywhere',
    key: null,
    available: () => !isChosen(look, settings),
    run: () => {
      settings.set(look);
    },
  }));
}

function isChosen({ theme, density }: Look, settings: SettingsStore): boolean {
  const chosen = settings.state.getState().settings;
  return theme === undefined ? chosen?.density === density : chosen?.theme === theme;
}
