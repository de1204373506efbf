/** A column as PostgreSQL writes it; it is missing only if the query has a fault. */
type Column = string | null | undefined;

/** A text as JSON. */
export const textOf = (column: Column): string => JSON.stringify(column ?? null);

/** A value as JSON that needs no escaping: ids, times and words from a fixed list. */
export const quoted = (column: Column): string =>
  typeof column === 'string' ? `"${column}"` : 'null';

/** A boolean, which PostgreSQL writes as t or f. */
export const flag = (column: Column): boolean => column === 't';

/** A field with a list of JSON texts, in parts for `bytesOf`. */
export const listParts = (name: string, texts: readonly string[]): string[] => [
  `"${name}":[`,
  ...texts.map((text, i) => (i === 0 ? text : `,${text}`)),
  ']',
];

/**
 * Texts joined as bytes. Each is encoded separately: in one string, a single character beyond
 * Latin-1 would make the complete text one of wide characters, which takes ten times as long.
 */
export const bytesOf = (parts: readonly string[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));
