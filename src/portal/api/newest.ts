import type { Newest } from './api.ts';
import { ApiFailure } from './failure.ts';

/** One page of a list. `next`: the cursor of the page after it, if there is one. */
interface ListPage<T> {
  rows: T[];
  next: string | undefined;
}

/** Reads the newest `count` of a list, in as many pages as the server needs. */
export async function newest<T>(
  count: number,
  readPage: (query: string) => Promise<ListPage<T>>,
): Promise<Newest<T>> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await readPage(pageQuery(count - rows.length, cursor));
    // An empty page with a next one would never end.
    if (page.next !== undefined && page.rows.length === 0)
      throw new ApiFailure({ kind: 'unreachable' });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== undefined && rows.length < count);
  return { rows, more: cursor !== undefined };
}

const pageQuery = (limit: number, cursor: string | undefined): string =>
  `limit=${limit}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
