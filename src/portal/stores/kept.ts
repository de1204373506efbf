import { z } from 'zod';
import { newKey } from './key.ts';

/**
 * What is kept of something unsent. `words`: its beginning, for people. `order`: the higher, the
 * later. `from`: whose it was before, as long as nobody has changed it since.
 */
const Entry = z.object({
  order: z.number(),
  words: z.string(),
  from: z.array(z.string()),
  content: z.unknown(),
});
type Entry = z.infer<typeof Entry>;

export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * The page's own part of a place: what was kept there, and where the field's content is kept from
 * now on.
 */
export interface Slot<T> {
  initial: T | null;
  /** Null: nothing is left to keep. False: this browser did not keep it. */
  save(content: T | null): boolean;
}

/**
 * `held`: what the field has now. `replace`: another page has taken that over, or has it after all;
 * this is what it shows instead.
 */
export interface Field<T> {
  schema: z.ZodType<T>;
  words(content: T): string;
  held(): T | null;
  replace(content: T | null): void;
}

export type Kept = ReturnType<typeof createKept>;

/**
 * What customers have written and not sent, by account, in the storage of this page's origin. Each
 * page has its own place for each field, so that two tabs never overwrite each other. A page takes
 * over what another one has left; a page that is still there writes it again, and the taker then
 * lets go of it.
 */
export function createKept(shelf: Shelf, predecessor: string | null = null, page = newKey()) {
  const open = new Map<string, { taken(): void; returned(key: string): void; again(): void }>();
  /** Whose texts may be written. */
  let current: string | null = null;

  const keyOf = (account: string, place: string, owner: string): string =>
    `unsent ${account} ${place} ${owner}`;
  const keys = (prefix: string): string[] =>
    Array.from({ length: shelf.length }, (_, n) => shelf.key(n) ?? '').filter((key) =>
      key.startsWith(prefix),
    );

  function read(key: string): Entry | null {
    const parsed = Entry.safeParse(json(shelf.getItem(key)));
    return parsed.success ? parsed.data : null;
  }
  function write(key: string, entry: Entry): boolean {
    try {
      shelf.setItem(key, JSON.stringify(entry));
      return true;
    } catch {
      // The browser has no room: the field alone has it now, and says so.
      return false;
    }
  }
  const later = (account: string): number =>
    Math.max(0, ...keys(`unsent ${account} `).map((key) => read(key)?.order ?? 0)) + 1;

  /**
   * What this page has comes first, then what this tab had before it was loaded again, then what
   * was written last.
   */
  function left(account: string, place: string): [key: string, entry: Entry] | null {
    const found = keys(keyOf(account, place, '')).flatMap((key): [string, Entry][] => {
      const entry = read(key);
      return entry ? [[key, entry]] : [];
    });
    const of = (owner: string | null): [string, Entry] | undefined =>
      found.find(([key]) => key.endsWith(` ${owner}`));
    return (
      of(page) ??
      of(predecessor) ??
      found.toSorted(([, one], [, other]) => other.order - one.order)[0] ??
      null
    );
  }

  function slot<T>(account: string, place: string, field: Field<T>): Slot<T> {
    const key = keyOf(account, place, page);
    /** Who had written what is here, until it is changed here. */
    let from: string[] = [];
    /** The storage has what the field has. */
    let isKept = true;
    function put(content: T): boolean {
      isKept = write(key, { order: later(account), words: field.words(content), from, content });
      return isKept;
    }

    /** Compared as the schema orders them. */
    function isHeld(content: unknown): boolean {
      const [one, other] = [content, field.held()].map(
        (value) => field.schema.safeParse(value).data,
      );
      return JSON.stringify(one) === JSON.stringify(other);
    }

    function takeOver(): T | null {
      const [there, entry] = left(account, place) ?? [];
      const parsed = field.schema.safeParse(entry?.content);
      if (there === undefined || entry === undefined || !parsed.success) return null;
      const owners = there === key ? entry.from : [...entry.from, there];
      // Back where it was written, it is as it was there.
      from = owners.includes(key) ? owners.slice(0, owners.indexOf(key)) : owners;
      if (there !== key && put(parsed.data)) shelf.removeItem(there);
      return parsed.data;
    }
    const initial = takeOver();
    const mine = {
      taken() {
        const content = field.held();
        if (content !== null && current === account) put(content);
      },
      // Who took it over heard nothing from here, so it is theirs now.
      again() {
        if (current === account && isKept && shelf.getItem(key) === null) field.replace(takeOver());
      },
      returned(owner: string) {
        if (!from.includes(owner) || !isHeld(read(owner)?.content)) return;
        from = [];
        shelf.removeItem(key);
        field.replace(null);
      },
    };
    open.set(key, mine);
    // After an explicit sign-out nothing of it comes back, however late an answer is.
    const mayWrite = (): boolean =>
      open.get(key) === mine && (current === account || shelf.getItem(key) !== null);
    return {
      initial,
      save(content) {
        from = [];
        if (!mayWrite()) return false;
        if (content !== null) return put(content);
        shelf.removeItem(key);
        isKept = true;
        return true;
      },
    };
  }

  return {
    slot,
    /**
     * An account has signed in. While it was not, other pages may have taken over what its fields
     * have.
     */
    enter(account: string): void {
      current = account;
      for (const { again } of open.values()) again();
    },
    leave(): void {
      current = null;
    },
    /**
     * Another page has written or removed something. What is there now counts: it may have gone on
     * since.
     */
    changed(key: string | null): void {
      if (key === null) return;
      if (shelf.getItem(key) === null) open.get(key)?.taken();
      else for (const { returned } of open.values()) returned(key);
    },
    /** This page was out of sight of such changes. */
    shownAgain(): void {
      for (const { again } of open.values()) again();
    },
    unsent(account: string): { place: string; words: string }[] {
      return keys(`unsent ${account} `).flatMap((key) => {
        const words = read(key)?.words ?? '';
        return words === '' ? [] : [{ place: key.split(' ')[2] ?? '', words }];
      });
    },
    /** At an explicit sign-out. */
    remove(account: string): void {
      for (const key of keys(`unsent ${account} `)) {
        open.delete(key);
        shelf.removeItem(key);
      }
    },
  };
}

function json(text: string | null): unknown {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // Not ours, or cut off: nothing is kept there.
    return null;
  }
}
