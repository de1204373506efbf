import type { z } from 'zod';
import { entryFor, keyOf, readEntry, writeEntry, type Place, type Shelf } from './shelf.ts';

/** The page's own storage for one field. */
export interface Slot<T> {
  /** The content stored for this field before. */
  initial: T | null;
  /** Null: nothing is left to store. False: the browser has not stored it. */
  save(content: T | null): boolean;
}

/** A field whose content is stored. */
export interface Field<T> {
  schema: z.ZodType<T>;
  /** The beginning of the content, to be shown. */
  words(content: T): string;
  /** The present content. */
  held(): T | null;
  /** Shows other content: another page has taken over the present one, or had kept it. */
  replace(content: T | null): void;
}

/** A slot, and how it follows the other pages. */
export interface OpenSlot<T> extends Slot<T> {
  /**
   * Another page has taken over this entry. If the field still has its content, it is written
   * again.
   */
  taken(): void;
  /**
   * The entry under `key` was written again by its page. If this slot had taken it over, it drops
   * it.
   */
  returned(key: string): void;
  /** Reads the storage again after this page may have missed changes. */
  again(): void;
}

export interface SlotParts {
  shelf: Shelf;
  place: Place;
  /** The page that owns this slot, and the one that this tab showed before it was reloaded. */
  pages: { page: string; predecessor: string | null };
  /** True while the account of this slot is signed in. */
  isSignedIn: () => boolean;
  /** False once the account's texts were removed, or the slot was opened again. */
  isOpen: () => boolean;
}

export function createSlot<T>(parts: SlotParts, field: Field<T>): OpenSlot<T> {
  const { shelf, place, pages, isSignedIn, isOpen } = parts;
  const key = keyOf(place, pages.page);
  /** The keys that this entry was stored under before; none once it was changed here. */
  let from: string[] = [];
  /** The storage has what the field has. */
  let isStored = true;

  function put(content: T): boolean {
    const entry = { words: field.words(content), from, content };
    isStored = writeEntry(shelf, place.account, key, entry);
    return isStored;
  }

  function takeOver(): T | null {
    const [there, entry] = entryFor(shelf, place, pages) ?? [];
    const parsed = field.schema.safeParse(entry?.content);
    if (there === undefined || entry === undefined || !parsed.success) return null;
    const owners = there === key ? entry.from : [...entry.from, there];
    // Back under a key that it had before, the entry is again what it was then.
    from = owners.includes(key) ? owners.slice(0, owners.indexOf(key)) : owners;
    if (there !== key && put(parsed.data)) shelf.removeItem(there);
    return parsed.data;
  }

  return {
    initial: takeOver(),
    save(content) {
      from = [];
      // A response that comes after an explicit sign-out must not bring anything back.
      const mayWrite = isOpen() && (isSignedIn() || shelf.getItem(key) !== null);
      if (!mayWrite) return false;
      if (content !== null) return put(content);
      shelf.removeItem(key);
      isStored = true;
      return true;
    },
    taken() {
      const content = field.held();
      if (content !== null && isSignedIn()) put(content);
    },
    again() {
      // The page that took the entry over did not see it written again, so it keeps it.
      if (isSignedIn() && isStored && shelf.getItem(key) === null) field.replace(takeOver());
    },
    returned(owner) {
      if (!from.includes(owner)) return;
      const content = readEntry(shelf, owner)?.content;
      if (!isSame(field.schema, content, field.held())) return;
      from = [];
      shelf.removeItem(key);
      field.replace(null);
    },
  };
}

/** Compares as the schema orders the properties. */
function isSame(schema: z.ZodType, one: unknown, other: unknown): boolean {
  const [first, second] = [one, other].map((value) => schema.safeParse(value).data);
  return JSON.stringify(first) === JSON.stringify(second);
}
