import { createStore, type StoreApi } from 'zustand/vanilla';
import { coalesce } from '../../kit/coalesce.ts';
import type { Choices } from '../../keys/command.ts';
import {
  choicesIn,
  sectionsOf,
  type PaletteItem,
  type PaletteSection,
  type TypedItem,
} from './palette-rank.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { Toasts } from '../../toasts.ts';

/**
 * `list`: everything that it has, matched here letter by letter. `typed`: what fits, made here.
 * `ask`: what fits, found by the desk.
 */
export type PaletteSource =
  | { kind: 'list'; items: () => PaletteItem[] }
  | { kind: 'typed'; items: (query: string) => TypedItem[] }
  | { kind: 'ask'; items: (query: string) => Promise<PaletteItem[]> };

interface State {
  query: string;
  sections: PaletteSection[];
  /** The desk has not answered this query yet. */ asking: boolean;
  /** The command whose choices are listed; null: everything is. */
  step: Step | null;
}

/** A command that asks for something. */
export type Step = Pick<PaletteItem, 'label'> & { choices: Choices };

/** Everything that can be done, by a few letters of its name. */
export interface Palette {
  state: StoreApi<State>;
  /** Adds a source of items; returns the function that removes it. */
  register(source: PaletteSource): () => void;
  /** `step`: at the choices of a command, rather than at everything. */
  open(step?: Step): void;
  /** Lists the choices of a command in place of everything. */
  choose(step: Step): void;
  /** Lists everything again; false where it is listed already. */
  back(): boolean;
  type(query: string): void;
  ran(item: PaletteItem): void;
  clear(): void;
}

const mostRecent = 5;
const closed: State = { query: '', sections: [], asking: false, step: null };

export function createPalette(toasts: Toasts, settings: SettingsStore): Palette {
  const state = createStore<State>(() => closed);
  const sources = createSources();
  const finding = createFinding({ sources, toasts, state, show });
  let listed: PaletteItem[] = [];

  function show(): void {
    const { step } = state.getState();
    const query = state.getState().query.trim();
    if (step !== null) {
      state.setState({ sections: choicesIn(step.choices, query), asking: false });
      return;
    }
    const offered = { listed, typed: sources.typed(query), found: finding.items(query) };
    const sections = sectionsOf(query, offered, recentIn(settings));
    state.setState({ sections, asking: finding.isAwaited(query) });
  }

  function at(step: Step | null): void {
    state.setState({ query: '', step });
    show();
  }

  return {
    state,
    register: sources.register,
    open(step) {
      // Asked once: what there is does not change under the agent's hands.
      listed = sources.listed();
      finding.forget();
      at(step ?? null);
    },
    choose: at,
    back() {
      if (state.getState().step === null) return false;
      at(null);
      return true;
    },
    type(query) {
      state.setState({ query });
      show();
      if (state.getState().step === null) finding.ask();
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
