import { viewIds, type Settings } from '../../contract/bridge.ts';
import type { Palette } from '../areas/palette/palette-store.ts';
import { settingsSections, type SettingsStore } from '../areas/settings/settings-store.ts';
import type { SavedViews } from '../areas/tickets/views/saved-views-store.ts';
import type { Navigation } from '../navigation.ts';
import type { Panels } from '../panels.ts';
import { texts } from '../texts.ts';
import type { Choice, Choices, Command, CommandId } from './command.ts';
import { focusList } from './open-ticket.ts';
import { goToView } from './view-commands.ts';

interface PaletteParts {
  palette: Palette;
  panels: Panels;
}

/** A command that asks in the palette. */
export function choosingCommand(
  command: Pick<Command, 'id' | 'group' | 'scope' | 'available'> & { choices: Choices },
  { palette, panels }: PaletteParts,
): Command {
  return {
    ...command,
    key: null,
    run: () => {
      palette.open({ label: texts.commands[command.id], choices: command.choices });
      panels.open({ kind: 'palette' });
    },
  };
}

interface ChoosingParts extends PaletteParts {
  settings: SettingsStore;
  navigation: Navigation;
  savedViews: SavedViews;
}

/** The changes to make in the window, and the place to go to. */
export function choosingCommands(parts: ChoosingParts): Command[] {
  const { settings, navigation, savedViews } = parts;
  const command = (id: CommandId, group: Command['group'], choices: Choices): Command =>
    choosingCommand({ id, group, scope: 'everywhere', choices }, parts);
  return [
    command('theme', 'app', { known: () => themes(settings) }),
    command('density', 'app', { known: () => densities(settings) }),
    command('language', 'app', { known: () => languages(settings) }),
    command('settingsPage', 'app', { known: () => pages(settings) }),
    command('view', 'views', { known: () => views(navigation, savedViews) }),
  ];
}

/** The commands that choose the same at once. */
const themeCommands: Record<Settings['theme'], CommandId> = {
  light: 'themeLight',
  dark: 'themeDark',
  system: 'themeSystem',
};

function themes(settings: SettingsStore): Choice[] {
  return (['light', 'dark', 'system'] as const).map((theme) => ({
    id: themeCommands[theme],
    label: texts.appearance.themes[theme],
    run: () => {
      settings.set({ theme });
    },
  }));
}

function densities(settings: SettingsStore): Choice[] {
  return (['compact', 'comfortable'] as const).map((density) => ({
    id: density,
    label: texts.appearance.densities[density],
    run: () => {
      settings.set({ density });
    },
  }));
}

function languages(settings: SettingsStore): Choice[] {
  return (['en', 'de', 'system'] as const).map((language) => ({
    label: texts.appearance.languages[language],
    also: texts.languageSynonyms[language],
    run: () => {
      settings.set({ language });
    },
  }));
}

function pages(settings: SettingsStore): Choice[] {
  return settingsSections.map((section) => ({
    id: `settings ${section}`,
    label: texts.settingsSections[section],
    run: () => {
      settings.show(section);
    },
  }));
}

/** The views of everybody, then the agent's own. */
function views(navigation: Navigation, savedViews: SavedViews): Choice[] {
  const show = (run: () => void) => (): void => {
    run();
    focusList();
  };
  return [
    ...viewIds.map((view) => ({
      id: goToView[view],
      label: texts.views[view],
      run: show(() => {
        navigation.showView(view);
      }),
    })),
    ...savedViews.list().map((view) => ({
      id: `view ${view.id}`,
      label: view.name,
      run: show(() => {
        navigation.showSaved(view);
      }),
    })),
  ];
}
