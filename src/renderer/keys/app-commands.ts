import type { Palette } from '../areas/palette/palette-store.ts';
import type { SettingsStore } from '../areas/settings/settings-store.ts';
import type { Undo } from '../areas/triage/undo.ts';
import type { Panels } from '../panels.ts';
import type { Command } from './command.ts';

interface PanelParts {
  palette: Palette;
  panels: Panels;
  undo: Undo;
  settings: SettingsStore;
}

/** Commands that open panels over the window, and undo. */
export function panelCommands({ palette, panels, undo, settings }: PanelParts): Command[] {
  return [
    {
      id: 'palette',
      group: 'app',
      scope: 'everywhere',
      key: 'Mod+K',
      run: () => {
        palette.open();
        panels.open({ kind: 'palette' });
      },
    },
    shortcutsCommand('help', panels),
    shortcutsCommand('editShortcuts', panels),
    {
      id: 'undo',
      group: 'app',
      scope: 'everywhere',
      key: 'Z',
      fixedKey: 'Mod+Z',
      run: () => {
        void undo.last();
      },
    },
    {
      id: 'toggleDetails',
      group: 'app',
      scope: 'tickets',
      key: 'D',
      run: () => {
        panels.toggleDetails();
      },
    },
    {
      id: 'toggleRail',
      group: 'app',
      scope: 'everywhere',
      key: 'B',
      available: () => panels.state.getState().railFits,
      run: () => {
        settings.set({ rail_folded: !settings.state.getState().settings?.rail_folded });
      },
    },
    {
      id: 'settings',
      group: 'app',
      scope: 'everywhere',
      key: 'Mod+,',
      run: () => {
        settings.show();
      },
    },
  ];
}

function shortcutsCommand(id: 'help' | 'editShortcuts', panels: Panels): Command {
  return {
    id,
    group: 'app',
    scope: 'everywhere',
    key: id === 'help' ? '?' : null,
    run: () => {
      panels.open({ kind: 'shortcuts', editing: id === 'editShortcuts' });
    },
  };
}
