import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import { fuzzyRank } from '../../core/fuzzy.ts';
import { coalesce } from './coalesce.ts';
import type { SettingsStore } from './settings.ts';
import type { Toasts } from './toasts.ts';

/** In the order in which they are shown. */
export const paletteGroups = ['commands', 'macros', 'views', 'tickets', 'customers', 'settings'] as const;
export type PaletteGroup = (typeof paletteGroups)[number];

export interface PaletteItem {
  /** Unique among all items; what was run lately is known by it. */
  id: string;
  group: PaletteGroup;
  label: string;
  /** Who or what it belongs to, in fewer words. */
  hint?: string;
  /** As the registry writes keys. */
  key?: string | null;
  run: () => void;
}

/** `list`: everything that it has, matched here letter by letter. `ask`: what fits, found by the desk. */
export type PaletteSource = { kind: 'list'; items: () => PaletteItem[] } | { kind: 'ask'; items: (query: string) => Promise<PaletteItem[]> };

export interface PaletteEntry extends PaletteItem { /** Which letters of the label were typed. */ at: readonly number[] }
export interface PaletteSection { group: PaletteGroup | 'recent'; entries: PaletteEntry[] }

interface State { query: string; sections: PaletteSection[]; /** The desk has not answered this query yet. */ asking: boolean }

/** Everything that can be done, by a few letters of its name. */
export interface Palette {
  state: StoreApi<State>;
  /** Adds what can be found; answers the function that takes it away again. */
  register(source: PaletteSource): () => void;
  open(): void;
  type(query: string): void;
  ran(item: PaletteItem): void;
  clear(): void;
}

const mostRecent = 5;
const mostPerGroup: Record<PaletteGroup, number> = { commands: 40, macros: 12, views: 20, tickets: 8, customers: 5, settings: 20 };

export function createPalette(toasts: Toasts, settings: SettingsStore): Palette {
  const state = createStore<State>(() => ({ query: '', sections: [], asking: false }));
  const sources = new Set<PaletteSource>();
  let listed: PaletteItem[] = [];
  let found: { query: string; items: PaletteItem[] } = { query: '', items: [] };

  const recent = (): string[] => settings.state.getState().settings?.recent_commands ?? [];

  const ask = coalesce(async () => {
    const query = state.getState().query.trim();
    try {
      const asked = [...sources].flatMap((source) => (source.kind === 'ask' && query !== '' ? [source.items(query)] : []));
      found = { query, items: (await Promise.all(asked)).flat() };
    } catch (error) {
      found = { query, items: [] };
      toasts.fail(error);
    }
    show();
  });

  function show(): void {
    const { query } = state.getState();
    const wanted = query.trim();
    // What was found for a shorter beginning stays in sight until the next answer: no flicker.
    state.setState({ sections: sectionsOf(wanted, listed, wanted === '' ? [] : found.items, recent()), asking: wanted !== '' && found.query !== wanted });
  }

  return {
    state,
    register(source) {
      sources.add(source);
      return () => { sources.delete(source); };
    },
    open() {
      // Asked once: what there is does not change under the agent's hands.
      listed = [...sources].flatMap((source) => (source.kind === 'list' ? source.items() : []));
      found = { query: '', items: [] };
      state.setState({ query: '' });
      show();
    },
    type(query) {
      state.setState({ query });
      show();
      ask();
    },
    ran({ id }) {
      // What the desk has found may not be there the next time.
      if (listed.some((item) => item.id === id)) settings.set({ recent_commands: [id, ...recent().filter((one) => one !== id)].slice(0, mostRecent) });
    },
    clear() {
      listed = [];
      state.setState({ query: '', sections: [], asking: false });
    },
  };
}

function sectionsOf(query: string, listed: readonly PaletteItem[], found: readonly PaletteItem[], recent: readonly string[]): PaletteSection[] {
  const lately = query === '' ? recent.flatMap((id) => listed.filter((item) => item.id === id)) : [];
  const ranked = fuzzyRank(query, listed.filter((item) => !lately.includes(item)), (item) => item.label).map(({ item, at }) => ({ ...item, at }));
  const all = [...ranked, ...found.map((item) => ({ ...item, at: [] }))];
  const groups = paletteGroups.map((group) => ({ group, entries: all.filter((entry) => entry.group === group).slice(0, mostPerGroup[group]) }));
  // While something is typed, the group of the best match comes first.
  const best = query === '' ? undefined : ranked[0]?.group;
  const sections: PaletteSection[] = best === undefined ? groups : [...groups.filter(({ group }) => group === best), ...groups.filter(({ group }) => group !== best)];
  return [{ group: 'recent' as const, entries: lately.map((item) => ({ ...item, at: [] })) }, ...sections].filter(({ entries }) => entries.length > 0);
}
