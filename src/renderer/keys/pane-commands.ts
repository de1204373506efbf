import type { SettingsStore } from '../areas/settings/settings-store.ts';
import { columnsQuery, type Pane } from '../pane-widths.ts';
import type { Command, CommandId } from './command.ts';

/** Pixels. */
const step = 48;

const moves: readonly [CommandId, 'list' | 'details', by: number][] = [
  ['widerList', 'list', step],
  ['narrowerList', 'list', -step],
  ['widerDetails', 'details', step],
  ['narrowerDetails', 'details', -step],
];

/** The widths of list and details, as their dividers set them with the pointer. */
export function paneCommands(settings: SettingsStore): Command[] {
  const command = (id: CommandId, run: () => void): Command => ({
    id,
    group: 'app',
    scope: 'everywhere',
    key: null,
    run,
  });
  return [
    ...moves.map(([id, name, by]) =>
      command(id, () => {
        resize(settings, name, by);
      }),
    ),
    command('resetPanes', () => {
      settings.set({ pane_sizes: { list: null, wide_list: null, details: null } });
    }),
  ];
}

function resize(settings: SettingsStore, name: 'list' | 'details', by: number): void {
  const sizes = settings.state.getState().settings?.pane_sizes;
  const now = document.querySelector(`.${name}`)?.getBoundingClientRect().width ?? 0;
  if (!sizes || now === 0) return;
  const pane: Pane = name === 'list' && matchMedia(columnsQuery).matches ? 'wide_list' : name;
  settings.set({ pane_sizes: { ...sizes, [pane]: Math.max(100, Math.round(now) + by) } });
}
