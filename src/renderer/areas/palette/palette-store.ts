import { createStore, type StoreApi } from 'zustand/vanilla';
import { fits, nearlyFits } from '../../../core/completion.ts';
import { fuzzyMatch } from '../../../core/fuzzy.ts';
import { coalesce } from '../../kit/coalesce.ts';
import { paletteGroups, type PaletteGroup } from './palette-groups.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { Toasts } from '../../toasts.ts';

export interface PaletteItem {
  /** Unique among all items; what was run lately is known by it. */
  id: string;
  group: PaletteGroup;
  label: string;
  /** Other words that it is looked for by. */
  also?: string;
  /** The person or thing that it belongs to, in fewer words. */
  hint?: string;
  /** As the registry writes keys. */
  key?: string | null;
  run: () => void;
}

/** Made of what is typed: a command with its choice. `isNear`: there is a slip in it. */
export interface TypedItem extends PaletteItem {
  isNear: boolean;
}

/**
 * `list`: everything that it has, matched here letter by letter. `typed`: what fits, made here.
 * `ask`: what fits, found by the desk.
 */
export type PaletteSource =
  | { kind: 'list'; items: () => PaletteItem[] }
  | { kind: 'typed'; items: (query: string) => TypedItem[] }
  | { kind: 'ask'; items: (query: string) => Promise<PaletteItem[]> };

export interface PaletteEntry extends PaletteItem {
  /** Which letters of the label were typed. */ at: readonly number[];
}
interface PaletteSection {
  group: PaletteGroup | 'recent';
  entries: PaletteEntry[];
}

interface State {
  query: string;
  sections: PaletteSection[];
  /** The desk has not answered this query yet. */ asking: boolean;
}

/** Everything that can be done, by a few letters of its name. */
export interface Palette {
  state: StoreApi<State>;
  /** Adds a source of items; returns the function that removes it. */
  register(source: PaletteSource): () => void;
  open(): void;
  type(query: string): void;
  ran(item: PaletteItem): void;
  clear(): void;
}

const mostRecent = 5;
const mostPerGroup: Record<PaletteGroup, number> = {
  commands: 40,
  macros: 12,
  views: 20,
  tickets: 8,
  customers: 5,
  settings: 20,
};

const closed: State = { query: '', sections: [], asking: false };

export function createPalette(toasts: Toasts, settings: SettingsStore): Palette {
  const state = createStore<State>(() => closed);
  const sources = createSources();
  const finding = createFinding({ sources, toasts, state, show });
  let listed: PaletteItem[] = [];

  function show(): void {
    const query = state.getState().query.trim();
    const offered = { listed, typed: sources.typed(query), found: finding.items(query) };
    const sections = sectionsOf(query, offered, recentIn(settings));
    state.setState({ sections, asking: finding.isAwaited(query) });
  }

  return {
    state,
    register: sources.register,
    open() {
      // Asked once: what there is does not change under the agent's hands.
      listed = sources.listed();
      finding.forget();
      state.setState({ query: '' });
      show();
    },
    type(query) {
      state.setState({ query });
      show();
      finding.ask();
    },
    ran({ id }) {
      // Only listed items are remembered: a result of the desk may be gone the next time.
      if (listed.some((item) => item.id === id)) remember(id, settings);
    },
    clear() {
      listed = [];
      state.setState(closed);
    },
  };
}

/** The ids of the items that were run lately, newest first. */
const recentIn = (settings: SettingsStore): string[] =>
  settings.state.getState().settings?.recent_commands ?? [];

function remember(id: string, settings: SettingsStore): void {
  const others = recentIn(settings).filter((one) => one !== id);
  settings.set({ recent_commands: [id, ...others].slice(0, mostRecent) });
}

/** Gathers the items of all sources of a kind; those that depend on a query have none for ''. */
interface Sources {
  register: Palette['register'];
  listed(): PaletteItem[];
  typed(query: string): TypedItem[];
  find(query: string): Promise<PaletteItem[]>;
}

function createSources(): Sources {
  const sources = new Set<PaletteSource>();
  return {
    register(source) {
      sources.add(source);
      return () => {
        sources.delete(source);
      };
    },
    listed: () => [...sources].flatMap((source) => (source.kind === 'list' ? source.items() : [])),
    typed: (query) =>
      [...sources].flatMap((source) =>
        source.kind === 'typed' && query !== '' ? source.items(query) : [],
      ),
    async find(query) {
      const asked = [...sources].flatMap((source) =>
        source.kind === 'ask' && query !== '' ? [source.items(query)] : [],
      );
      return (await Promise.all(asked)).flat();
    },
  };
}

/**
 * Has the desk find items for the query. Results for a shorter beginning stay in sight until the
 * next ones arrive: no flicker.
 */
interface Finding {
  ask(): void;
  items(query: string): PaletteItem[];
  /** Whether the desk has not answered this query yet. */
  isAwaited(query: string): boolean;
  forget(): void;
}

interface FindingParts {
  sources: Sources;
  toasts: Toasts;
  state: StoreApi<State>;
  show: () => void;
}

function createFinding({ sources, toasts, state, show }: FindingParts): Finding {
  const nothing = { query: '', items: [] as PaletteItem[] };
  let found = nothing;
  return {
    ask: coalesce(async () => {
      const query = state.getState().query.trim();
      try {
        found = { query, items: await sources.find(query) };
      } catch (error) {
        found = { query, items: [] };
        toasts.fail(error);
      }
      show();
    }),
    items: (query) => (query === '' ? [] : found.items),
    isAwaited: (query) => query !== '' && found.query !== query,
    forget() {
      found = nothing;
    },
  };
}

/**
 * How well an item fits the query: its words begin so, the desk has found it, its words nearly
 * begin so, its letters stand in that order.
 */
type Match = 'words' | 'found' | 'near' | 'letters';
const matches: readonly Match[] = ['words', 'found', 'near', 'letters'];
/** A command with its choice stands before those of which only words were typed. */
const asTyped = 2_000;
interface Ranked extends PaletteEntry {
  match: Match;
  score: number;
}

interface Offered {
  listed: readonly PaletteItem[];
  typed: readonly TypedItem[];
  found: readonly PaletteItem[];
}

function sectionsOf(
  query: string,
  { listed, typed, found }: Offered,
  recent: readonly string[],
): PaletteSection[] {
  const lately =
    query === '' ? recent.flatMap((id) => listed.filter((item) => item.id === id)) : [];
  const made = typed.map((item, i): Ranked => ({
    ...item,
    at: [],
    match: item.isNear ? 'near' : 'words',
    score: asTyped - i,
  }));
  const ranked = [
    ...made,
    ...listed.filter((item) => !lately.includes(item)).flatMap((item) => rank(query, item)),
  ].toSorted((a, b) => matches.indexOf(a.match) - matches.indexOf(b.match) || b.score - a.score);
  const all = [...ranked, ...found.map((item) => rankFound(query, item))];
  const groups = paletteGroups.map((group) => ({
    group,
    entries: all.filter((entry) => entry.group === group).slice(0, mostPerGroup[group]),
  }));
  const sections =
    query === '' ? groups : groups.toSorted((a, b) => compareGroups(a.entries[0], b.entries[0]));
  return [
    { group: 'recent' as const, entries: lately.map((item) => ({ ...item, at: [] })) },
    ...sections,
  ].filter(({ entries }) => entries.length > 0);
}

function rank(query: string, item: PaletteItem): Ranked[] {
  const match = fuzzyMatch(query, item.label);
  if (match?.words) return [{ ...item, ...match, match: 'words' }];
  if (item.also !== undefined && fits(query, ...item.also.split(',')))
    return [{ ...item, at: [], score: 0, match: 'words' }];
  if (nearlyFits(query, item.label, ...(item.also ?? '').split(',')))
    return [{ ...item, at: [], score: 0, match: 'near' }];
  return match ? [{ ...item, ...match, match: 'letters' }] : [];
}

function rankFound(query: string, item: PaletteItem): Ranked {
  const isCalled = item.group === 'customers' && fits(query, item.label, item.hint ?? '');
  return { ...item, at: [], score: 0, match: isCalled ? 'words' : 'found' };
}

/** While something is typed: the group of the best match first, customers before macros. */
function compareGroups(a: Ranked | undefined, b: Ranked | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const place = ({ group }: Ranked): number =>
    group === 'macros' ? 2 : group === 'customers' ? 1 : 0;
  return (
    matches.indexOf(a.match) - matches.indexOf(b.match) || place(a) - place(b) || b.score - a.score
  );
}
