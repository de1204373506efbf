/** A page, as far as going on from it needs. */
export interface FeedPage {
  hasMore: boolean;
  nextCursor: string;
  /** The end of the cursor that it says it follows; undefined: it does not say. */
  after?: string | undefined;
  /** The page's rows as strings by which a repeat is recognised; empty for a page without rows. */
  rows: readonly string[];
}

/** A page that is on its way. */
export interface Coming<P extends FeedPage> {
  page: Promise<P>;
  /**
   * The cursor of the next page where it is known before the page has been read; null where not.
   */
  hint: Promise<string | null>;
}

/** Pages of the feed one behind the other, asked for before they are taken. */
export interface PagesAhead<P extends FeedPage> {
  /** The page at a cursor, null for the first. Rejects as the request does. */
  take(cursor: string | null): Promise<P>;
  /** Asks for no more, and waits until no request is under way. */
  end(): Promise<void>;
}

interface Asked<P> {
  cursor: string | null;
  page: Promise<P>;
  next: string | null;
}

/**
 * Keeps up to `most()` pages on their way, or read, behind the one that was taken. Each is asked
 * for as soon as its cursor is known. A hint is only a hint: a page that was asked for by a wrong
 * one is not taken.
 */
export function createPagesAhead<P extends FeedPage>(
  ask: (cursor: string | null) => Coming<P>,
  most: () => number,
): PagesAhead<P> {
  let queue: Asked<P>[] = [];
  let last: Asked<P> | null = null;
  let over = false;
  const underWay = createUnderWay();

  function askFor(cursor: string | null): Asked<P> {
    const { page, hint } = ask(cursor);
    const asked: Asked<P> = { cursor, page, next: null };
    last = asked;
    const know = (next: string | null): void => {
      asked.next ??= next;
      goOn();
    };
    underWay.add([hint.then(know), page.then(nextOf).then(know)]);
    return asked;
  }

  function goOn(): void {
    while (!over && last !== null && last.next !== null && queue.length < most())
      queue.push(askFor(last.next));
  }

  return {
    take(cursor) {
      const ahead = queue[0]?.cursor === cursor ? queue.shift() : undefined;
      if (!ahead) queue = [];
      const taken = ahead ?? askFor(cursor);
      goOn();
      return taken.page;
    },
    async end() {
      over = true;
      await underWay.ended();
    },
  };
}

const nextOf = ({ hasMore, nextCursor }: FeedPage): string | null => (hasMore ? nextCursor : null);

/** Requests that are under way. A refusal reaches the caller that takes the page. */
function createUnderWay() {
  const underWay = new Set<Promise<unknown>>();
  return {
    add(requests: readonly Promise<unknown>[]) {
      const settled = Promise.allSettled(requests);
      underWay.add(settled);
      void settled.then(() => underWay.delete(settled));
    },
    ended: () => Promise.all(underWay),
  };
}
