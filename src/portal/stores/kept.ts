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
  const fields = createOpenFields(shelf);
  /** The account whose texts may be written. */
  let current: string | null = null;

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
          isOpen: () => fields.isOpen(key, slot),
        },
        field,
      );
      fields.open(key, slot);
      return slot;
    },
    /** An account has signed in. Other pages may have taken over its entries before. */
    enter(account: string): void {
      current = account;
      fields.readAgain();
    },
    leave(): void {
      current = null;
    },
    changed: fields.changed,
    /** The page is shown again after a time in which it heard of no changes. */
    shownAgain: fields.readAgain,
    /** The places of the account's unsent texts, with the beginning of each. */
    unsent: (account: string) => unsentOf(account, shelf),
    /** For an explicit sign-out. */
    remove(account: string): void {
      for (const key of keysOf(shelf, prefixOf(account))) {
        fields.close(key);
        shelf.removeItem(key);
      }
    },
  };
}

function unsentOf(account: string, shelf: Shelf): { place: string; words: string }[] {
  return keysOf(shelf, prefixOf(account)).flatMap((key) => {
    const words = readEntry(shelf, key)?.words ?? '';
    return words === '' ? [] : [{ place: placeIn(key), words }];
  });
}

type Followed = Omit<OpenSlot<unknown>, keyof Slot<unknown>>;

interface OpenFields {
  open(key: string, field: Followed): void;
  close(key: string): void;
  isOpen(key: string, field: Followed): boolean;
  readAgain(): void;
  /**
   * Another page has written or removed the entry under `key`. Its present state decides: there may
   * have been later changes.
   */
  changed(key: string | null): void;
}

/** The fields of this page by the keys of their entries, which follow those of other pages. */
function createOpenFields(shelf: Shelf): OpenFields {
  const fields = new Map<string, Followed>();
  return {
    open(key, field) {
      fields.set(key, field);
    },
    close(key) {
      fields.delete(key);
    },
    isOpen: (key, field) => fields.get(key) === field,
    readAgain() {
      for (const { again } of fields.values()) again();
    },
    changed(key) {
      if (key === null) return;
      if (shelf.getItem(key) === null) fields.get(key)?.taken();
      else for (const { returned } of fields.values()) returned(key);
    },
  };
}
