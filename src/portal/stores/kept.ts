import { z } from 'zod';
import { newKey } from './key.ts';

/** What is kept of something unsent. `words`: its beginning, for people. `order`: the higher, the later. */
const Entry = z.object({ order: z.number(), words: z.string(), content: z.unknown() });
type Entry = z.infer<typeof Entry>;

export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** The page's own part of a place: what was kept there, and where the field's content is kept from now on. */
export interface Slot<T> {
  initial: T | null;
  /** Null: nothing is left to keep. False: this browser did not keep it. */
  save(content: T | null): boolean;
}

/** `held`: what the field has now. `drop`: the page that wrote it turned out to be still there, so this one shows it no more. */
export interface Field<T> { schema: z.ZodType<T>; words(content: T): string; held(): T | null; drop(): void }

export type Kept = ReturnType<typeof createKept>;

/**
 * What customers have written and not sent, by account, in the storage of this page's origin. Each page has its own place for each
 * field, so that two tabs never overwrite each other. A page takes over what another one has left; a page that is still there
 * writes it again, and the taker then lets go of it.
 */
export function createKept(shelf: Shelf, predecessor: string | null = null, page = newKey()) {
  const open = new Map<string, { taken(): void; returned(key: string): void; again(): void }>();
  /** Whose texts may be written. */
  let current: string | null = null;

  const keyOf = (account: string, place: string, owner: string): string => `unsent ${account} ${place} ${owner}`;
  const keys = (prefix: string): string[] =>
    Array.from({ length: shelf.length }, (_, n) => shelf.key(n) ?? '').filter((key) => key.startsWith(prefix));

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
  const later = (account: string): number => Math.max(0, ...keys(`unsent ${account} `).map((key) => read(key)?.order ?? 0)) + 1;

  /** What this tab had before it was loaded again comes first, then what was written last. */
  function left(account: string, place: string): [key: string, entry: Entry] | null {
    const found = keys(keyOf(account, place, '')).flatMap((key): [string, Entry][] => {
      const entry = read(key);
      return entry ? [[key, entry]] : [];
    });
    const own = found.find(([key]) => predecessor !== null && key.endsWith(` ${predecessor}`));
    return own ?? found.toSorted(([, one], [, other]) => other.order - one.order)[0] ?? null;
  }

  function slot<T>(account: string, place: string, field: Field<T>): Slot<T> {
    const key = keyOf(account, place, page);
    let takenFrom: string | null = null;
    const put = (content: T): boolean => write(key, { order: later(account), words: field.words(content), content });
    const keep = (): void => {
      const content = field.held();
      if (content !== null && current === account) put(content);
    };

    function takeOver(): T | null {
      const [from, entry] = left(account, place) ?? [];
      const parsed = field.schema.safeParse(entry?.content);
      if (from === undefined || !parsed.success) return null;
      if (from === key || !put(parsed.data)) return parsed.data;
      takenFrom = from;
      shelf.removeItem(from);
      return parsed.data;
    }
    const initial = takeOver();
    const mine = {
      taken: keep,
      again: () => { if (shelf.getItem(key) === null) keep(); },
      returned(from: string) {
        if (takenFrom !== from) return;
        takenFrom = null;
        shelf.removeItem(key);
        field.drop();
      },
    };
    open.set(key, mine);
    // After an explicit sign-out nothing of it comes back, however late an answer is.
    const mayWrite = (): boolean => open.get(key) === mine && (current === account || shelf.getItem(key) !== null);
    return {
      initial,
      save(content) {
        takenFrom = null;
        if (!mayWrite()) return false;
        if (content !== null) return put(content);
        shelf.removeItem(key);
        return true;
      },
    };
  }

  return {
    slot,
    /** An account has signed in: what its fields have is kept. */
    enter(account: string): void {
      current = account;
      for (const { again } of open.values()) again();
    },
    leave(): void { current = null; },
    /** Another page has written or removed something. */
    changed(key: string | null, value: string | null): void {
      if (key === null) return;
      if (value === null) open.get(key)?.taken();
      else for (const { returned } of open.values()) returned(key);
    },
    /** This page was out of sight of such changes. */
    shownAgain(): void { for (const { again } of open.values()) again(); },
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
