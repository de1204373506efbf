import { ApiError } from './api-error.ts';

/** An answer that ended before its list did names where the next one begins. */
export interface Part {
  next_cursor?: string | undefined;
}

/** No list that a server means has as many. */
const mostParts = 5_000;

/**
 * The parts of a long list, one after the other, each asked for when the one before has been used.
 * `ask` gets the cursor, or undefined for the first. A part that brings nothing and still goes on,
 * or a cursor that was there before, would never end: throws ApiError 'bad-answer'; and what the
 * request throws.
 */
export async function* partsOf<P extends Part>(
  ask: (cursor: string | undefined) => Promise<P>,
  rowsOf: (part: P) => number,
): AsyncGenerator<P> {
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const part = await ask(cursor);
    cursor = part.next_cursor;
    if (cursor !== undefined) {
      if (rowsOf(part) === 0 || seen.has(cursor) || seen.size >= mostParts)
        throw new ApiError({ kind: 'bad-answer', why: 'a list that does not go on' });
      seen.add(cursor);
    }
    yield part;
  } while (cursor !== undefined);
}

/** The query of a part. */
export const fromCursor = (cursor: string | undefined): { cursor?: string } =>
  cursor === undefined ? {} : { cursor };
