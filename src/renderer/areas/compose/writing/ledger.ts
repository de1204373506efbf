import type { Draft } from '../../../../contract/bridge.ts';
import { keyOf, type Key, type Place } from './written.ts';

/** A draft as the desk had it last: its state there, null for none, and its text. */
interface Known {
  at: number | null;
  text: string;
}

/**
 * Knows how much of each draft the desk has, as far as this window can tell. Its moments count
 * changes: they tell which of two came first.
 */
export interface Ledger {
  /** Drafts that the desk has not confirmed: the last text may be newer than the one it has. */
  unsaved: Map<Key, Place>;
  /**
   * Pushed drafts that were not shown yet, since something newer was written or on its way here.
   */
  passed: Map<Key, { place: Place; draft: Draft | undefined; revision: number }>;
  /** Whose texts these are; null: nobody is signed in. */
  account: string | null;
  moment(): number;
  next(): number;
  /** Written here, or known to be saved, now. */
  touch(place: Place): void;
  /** How much the desk had committed, at the most, when it was last touched. */
  savedAt(place: Place): number;
  /** Whether the draft was written, or known to be saved, after this moment. */
  isNewerThan(place: Place, moment: number): boolean;
  /** The desk was asked about it at this moment. */
  asked(place: Place, moment: number): void;
  know(place: Place, known: Known, moment: number): void;
  knownText(place: Place): string;
  /** The state of the draft that what is written here replaces. */
  replaced(place: Place): number | null;
  /**
   * The draft that was sent at a press of Send: not one that holds what was written or shown since.
   */
  sentFrom(place: Place, pressed: number): number | null;
  /** Everything that is written here is at the desk. */
  saved(place: Place): void;
  onSaved(listener: (place: Place) => void): void;
  clear(): void;
}

export function createLedger(revision: () => number): Ledger {
  const { forget, ...moments } = createMoments(revision);
  const unsaved = new Map<Key, Place>();
  /** `moment`: when that was on screen. */
  const known = new Map<Key, Known & { moment: number }>();
  const passed: Ledger['passed'] = new Map();
  let savedListener: (place: Place) => void = () => undefined;
  const replaced = (place: Place): number | null => known.get(keyOf(place))?.at ?? null;
  return {
    ...moments,
    unsaved,
    passed,
    account: null,
    know(place, draft, at) {
      known.set(keyOf(place), { ...draft, moment: at });
    },
    knownText: (place) => known.get(keyOf(place))?.text ?? '',
    replaced,
    sentFrom: (place, pressed) =>
      (known.get(keyOf(place))?.moment ?? 0) > pressed ? null : replaced(place),
    saved(place) {
      unsaved.delete(keyOf(place));
      savedListener(place);
    },
    onSaved(listener) {
      savedListener = listener;
    },
    clear() {
      for (const map of [unsaved, passed, known]) map.clear();
      forget();
    },
  };
}

/** Counts the changes, and knows which one touched a draft last. */
interface Moments extends Pick<
  Ledger,
  'moment' | 'next' | 'touch' | 'savedAt' | 'isNewerThan' | 'asked'
> {
  /** Forgets the drafts; the count goes on. */
  forget(): void;
}

function createMoments(revision: () => number): Moments {
  const lastChange = new Map<Key, number>();
  const revisions = new Map<Key, number>();
  let moment = 0;
  const next = (): number => (moment += 1);
  return {
    moment: () => moment,
    next,
    touch(place) {
      lastChange.set(keyOf(place), next());
      revisions.set(keyOf(place), revision());
    },
    savedAt: (place) => revisions.get(keyOf(place)) ?? 0,
    isNewerThan: (place, asked) => (lastChange.get(keyOf(place)) ?? 0) > asked,
    asked(place, at) {
      lastChange.set(keyOf(place), at);
    },
    forget() {
      lastChange.clear();
      revisions.clear();
    },
  };
}
