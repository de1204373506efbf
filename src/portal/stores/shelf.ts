import { z } from 'zod';

/** The storage of this page's origin, which its tabs share. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * An unsent text as it is stored. `words`: its beginning, to be shown. `order`: the higher, the
 * later. `from`: the keys that it was stored under before, as long as nobody has changed it since.
 */
const Entry = z.object({
  order: z.number(),
  words: z.string(),
  from: z.array(z.string()),
  content: z.unknown(),
});
export type Entry = z.infer<typeof Entry>;

/** A field of an account: a ticket's message, by the id of the ticket, or the new ticket. */
export interface Place {
  account: string;
  place: string;
}

export const prefixOf = (account: string): string => `unsent ${account} `;
export const keyOf = ({ account, place }: Place, page: string): string =>
  `${prefixOf(account)}${place} ${page}`;
export const placeIn = (key: string): string => key.split(' ')[2] ?? '';

export const keysOf = (shelf: Shelf, prefix: string): string[] =>
  Array.from({ length: shelf.length }, (_, n) => shelf.key(n) ?? '').filter((key) =>
    key.startsWith(prefix),
  );

export function readEntry(shelf: Shelf, key: string): Entry | null {
  const parsed = Entry.safeParse(json(shelf.getItem(key)));
  return parsed.success ? parsed.data : null;
}

/** Writes as the account's latest entry. False: the browser's storage is full. */
export function writeEntry(
  shelf: Shelf,
  account: string,
  key: string,
  entry: Omit<Entry, 'order'>,
): boolean {
  const orders = keysOf(shelf, prefixOf(account)).map((one) => readEntry(shelf, one)?.order ?? 0);
  const order = Math.max(0, ...orders) + 1;
  try {
    shelf.setItem(key, JSON.stringify({ order, ...entry }));
    return true;
  } catch {
    // The text now exists only in the field, and the page says so.
    return false;
  }
}

/**
 * The entry to continue with: the one of this page, else the one of the page that this tab showed
 * before it was reloaded, else the latest.
 */
export function entryFor(
  shelf: Shelf,
  place: Place,
  { page, predecessor }: { page: string; predecessor: string | null },
): [key: string, entry: Entry] | null {
  const found = keysOf(shelf, keyOf(place, '')).flatMap((key): [string, Entry][] => {
    const entry = readEntry(shelf, key);
    return entry ? [[key, entry]] : [];
  });
  const of = (owner: string | null): [string, Entry] | undefined =>
    found.find(([key]) => key.endsWith(` ${owner}`));
  const [latest] = found.toSorted(([, one], [, other]) => other.order - one.order);
  return of(page) ?? of(predecessor) ?? latest ?? null;
}

function json(text: string | null): unknown {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // Not ours, or cut off: as if nothing were stored.
    return null;
  }
}
