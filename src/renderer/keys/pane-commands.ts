import { capComposer, showHeight } from '../areas/compose/height.ts';
import type { SettingsStore } from '../areas/settings/settings-store.ts';
import { columnsQuery, type Pane } from '../pane-sizes.ts';
import type { Command, CommandId } from './command.ts';

/** Pixels. */
const step = 48;

const moves: readonly [CommandId, 'list' | 'details', by: number][] = [
  ['widerList', 'list', step],
  ['narrowerList', 'list', -step],
  ['widerDetails', 'details', step],
  ['narrowerDetails', 'details', -step],
];

const heights: readonly [CommandId, by: number][] = [
  ['tallerComposer', step],
  ['shorterComposer', -step],
];

/** The sizes of list, details and composer, as their dividers set them with the pointer. */
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
        widen(settings, name, by);
      }),
    ),
    ...heights.map(([id, by]) =>
      command(id, () => {
        raiseComposer(settings, by);
      }),
    ),
    command('resetPanes', () => {
      setSizes(settings, { list: null, wide_list: null, details: null });
    }),
    command('resetComposer', () => {
      capComposer(null);
      setSizes(settings, { composer: null });
    }),
  ];
}

function widen(settings: SettingsStore, name: 'list' | 'details', by: number): void {
  const now = document.querySelector(`.${name}`)?.getBoundingClientRect().width ?? 0;
  if (now === 0) return;
  const pane: Pane = name === 'list' && matchMedia(columnsQuery).matches ? 'wide_list' : name;
  setSizes(settings, { [pane]: Math.max(100, Math.round(now) + by) });
}

function raiseComposer(settings: SettingsStore, by: number): void {
  const now = document.querySelector('.composer-text')?.getBoundingClientRect().height ?? 0;
  if (now === 0) return;
  const height = Math.max(36, Math.round(now) + by);
  showHeight(height);
  setSizes(settings, { composer: height });
}

function setSizes(settings: SettingsStore, change: Partial<Record<Pane, number | null>>): void {
  const sizes = settings.state.getState().settings?.pane_sizes;
  if (sizes) settings.set({ pane_sizes: { ...sizes, ...change } });
}
