import { fits, nearlyFits } from '../../../core/completion.ts';
import { fuzzyMatch } from '../../../core/fuzzy.ts';
import type { Choices } from '../../keys/command.ts';
import { paletteGroups, type PaletteGroup } from './palette-groups.ts';

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
  /** The choices that it asks for, which are listed in its place. */
  choices?: Choices;
  run: () => void;
}

/**
 * Made of what is typed: a command with its choice. `isNear`: there is a slip in it; `isFree`: the
 * choice can be any text, as a new tag can.
 */
export interface TypedItem extends PaletteItem {
  isNear: boolean;
  isFree: boolean;
}

export interface PaletteEntry extends PaletteItem {
  /** Which letters of the label were typed. */ at: readonly number[];
}
export interface PaletteSection {
  /** `choices`: of the command that was picked. */
  group: PaletteGroup | 'recent' | 'similar' | 'choices';
  entries: PaletteEntry[];
}

const mostPerGroup: Record<PaletteGroup, number> = {
  commands: 40,
  macros: 12,
  views: 20,
  tickets: 8,
  customers: 5,
  settings: 20,
};
const mostSimilar = 12;

/**
 * The rank of an item for the query: its words begin so, the desk has found it, the letters begin
 * words of it ('asme', Assign to me), its words nearly begin so, its letters stand in that order.
 */
type Match = 'words' | 'found' | 'initials' | 'near' | 'letters';
const matches: readonly Match[] = ['words', 'found', 'initials', 'near', 'letters'];
/**
 * A command with its choice stands before those of which only words were typed, and one with any
 * text behind them.
 */
const asTyped = 2_000;
interface Ranked extends PaletteEntry {
  match: Match;
  score: number;
}

export interface Offered {
  listed: readonly PaletteItem[];
  typed: readonly TypedItem[];
  found: readonly PaletteItem[];
}

/** Everything by its group; what only nearly fits comes after all that does. */
export function sectionsOf(
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
    score: (item.isFree ? -asTyped : asTyped) - i,
  }));
  const shown = new Set([...lately, ...typed].map(({ id }) => id));
  const others = listed.filter((item) => !shown.has(item.id)).flatMap((item) => rank(query, item));
  const all = [...[...made, ...others].toSorted(compare), ...found.map(rankFound(query))];
  const exact = all.filter(isExact);
  const groups = paletteGroups.map((group) => ({
    group,
    entries: exact.filter((entry) => entry.group === group).slice(0, mostPerGroup[group]),
  }));
  const ordered =
    query === '' ? groups : groups.toSorted((a, b) => compareGroups(a.entries[0], b.entries[0]));
  const similar = all.filter((entry) => !isExact(entry)).slice(0, mostSimilar);
  return [
    { group: 'recent' as const, entries: lately.map((item) => ({ ...item, at: [] })) },
    ...ordered,
    { group: 'similar' as const, entries: similar },
  ].filter(({ entries }) => entries.length > 0);
}

/** The choices of a command that fit the query, and those that are made of it. */
export function choicesIn({ known, typed }: Choices, query: string): PaletteSection[] {
  const item = ({ id, ...choice }: ReturnType<Choices['known']>[number]): PaletteItem => ({
    ...choice,
    id: id ?? choice.label,
    group: 'commands',
  });
  const ranked = known()
    .flatMap((choice) => rank(query, item(choice)))
    .toSorted(compare);
  const labels = new Set(ranked.map(({ label }) => label));
  const made = (query === '' ? [] : (typed?.(query) ?? []))
    .filter(({ label }) => !labels.has(label))
    .map((choice): PaletteEntry => ({ ...item(choice), at: [] }));
  const [best] = ranked;
  const entries: PaletteEntry[] =
    best && isExact(best) ? [...ranked, ...made] : [...made, ...ranked];
  return entries.length === 0 ? [] : [{ group: 'choices', entries }];
}

function isExact({ match }: Ranked): boolean {
  return match === 'words' || match === 'found';
}

function compare(a: Ranked, b: Ranked): number {
  return matches.indexOf(a.match) - matches.indexOf(b.match) || b.score - a.score;
}

function rank(query: string, item: PaletteItem): Ranked[] {
  const synonyms = (item.also ?? '').split(',');
  const match = fuzzyMatch(query, item.label);
  if (match?.words) return [{ ...item, ...match, match: 'words' }];
  if (fits(query, item.label, ...synonyms)) return [{ ...item, at: [], score: 0, match: 'words' }];
  if (match && areInitials(item.label, match.at)) return [{ ...item, ...match, match: 'initials' }];
  if (nearlyFits(query, item.label, ...synonyms))
    return [{ ...item, at: [], score: 0, match: 'near' }];
  return match ? [{ ...item, ...match, match: 'letters' }] : [];
}

/** Whether each run of these letters begins a word. */
function areInitials(label: string, at: readonly number[]): boolean {
  const letters = [...label];
  return at.every(
    (i) => i === 0 || at.includes(i - 1) || !/[\p{L}\p{N}]/u.test(letters[i - 1] ?? ''),
  );
}

const rankFound =
  (query: string) =>
  (item: PaletteItem): Ranked => {
    const isCalled = item.group === 'customers' && fits(query, item.label, item.hint ?? '');
    return { ...item, at: [], score: 0, match: isCalled ? 'words' : 'found' };
  };

/** While something is typed: the group of the best match first, customers before macros. */
function compareGroups(a: Ranked | undefined, b: Ranked | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const place = ({ group }: Ranked): number =>
    group === 'macros' ? 2 : group === 'customers' ? 1 : 0;
  return (
    matches.indexOf(a.match) - matches.indexOf(b.match) || place(a) - place(b) || b.score - a.score
  );
}
