/**
 * A column as PostgreSQL writes it, which may be missing from a row only by a fault in the query.
 */
type Column = string | null | undefined;

/** A text in JSON. */
export const textOf = (column: Column): string => JSON.stringify(column ?? null);

/** In JSON what holds no character that JSON escapes: ids, times and words from a fixed list. */
export const quoted = (column: Column): string =>
  typeof column === 'string' ? `"${column}"` : 'null';

/** A boolean, which PostgreSQL writes as t or f. */
export const flag = (column: Column): boolean => column === 't';

/** A field that is a list of texts in JSON, in parts for `bytesOf`. */
export const listParts = (name: string, texts: readonly string[]): string[] => [
  `"${name}":[`,
  ...texts.map((text, i) => (i === 0 ? text : `,${text}`)),
  ']',
];

/**
 * Texts one after the other, as they are sent. Each becomes bytes by itself: joined before, one
 * character beyond Latin-1 in one of them would make the whole text of wide characters, which takes
 * ten times as long.
 */
export const bytesOf = (parts: readonly string[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));
