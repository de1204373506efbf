import { newKey } from './key.ts';
import { keyOf, keysOf, placeIn, prefixOf, readEntry, type Shelf } from './shelf.ts';
import { createSlot, type Field, type OpenSlot, type Slot } from './slot.ts';

export type Kept = ReturnType<typeof createKept>;

/**
 * The customers' unsent texts, by account, in the storage of this page's origin. Each page has its
 * own entry for each field, so that two tabs never overwrite each other. A page takes over the
 * entry that another one has left. If that page still exists, it writes its entry again, and the
 * page that took it over drops it. `predecessor`: the page that this tab showed before it was
 * reloaded.
 */
export function createKept(shelf: Shelf, predecessor: string | null = null, page = newKey()) {
  const open = new Map<string, Omit<OpenSlot<unknown>, keyof Slot<unknown>>>();
  /** The account whose texts may be written. */
  let current: string | null = null;

  function readAgain(): void {
    for (const { again } of open.values()) again();
  }

  return {
    slot<T>(account: string, place: string, field: Field<T>): Slot<T> {
      const at = { account, place };
      const key = keyOf(at, page);
      const slot: OpenSlot<T> = createSlot(
        {
          shelf,
          place: at,
          pages: { page, predecessor },
          isSignedIn: () => current === account,
          isOpen: () => open.get(key) === slot,
        },
        field,
      );
      open.set(key, slot);
      return slot;
    },
    /** An account has signed in. Other pages may have taken over its entries before. */
    enter(account: string): void {
      current = account;
      readAgain();
    },
    leave(): void {
      current = null;
    },
    /**
     * Another page has written or removed the entry under `key`. Its present state decides: there
     * may have been later changes.
     */
    changed(key: string | null): void {
      if (key === null) return;
      if (shelf.getItem(key) === null) open.get(key)?.taken();
      else for (const { returned } of open.values()) returned(key);
    },
    /** The page is shown again after a time in which it heard of no changes. */
    shownAgain: readAgain,
    /** The places of the account's unsent texts, with the beginning of each. */
    unsent(account: string): { place: string; words: string }[] {
      return keysOf(shelf, prefixOf(account)).flatMap((key) => {
        const words = readEntry(shelf, key)?.words ?? '';
        return words === '' ? [] : [{ place: placeIn(key), words }];
      });
    },
    /** For an explicit sign-out. */
    remove(account: string): void {
      for (const key of keysOf(shelf, prefixOf(account))) {
        open.delete(key);
        shelf.removeItem(key);
      }
    },
  };
}
