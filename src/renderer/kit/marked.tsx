import type { ReactNode } from 'react';

/** Finds the parts of a text to mark, in order and not overlapping. */
export type FindIn = (text: string) => readonly { from: number; to: number }[];

/**
 * A text with the parts that were looked for marked; just the text where there is nothing to look
 * for.
 */
export function marked(text: string, find: FindIn | null): ReactNode {
  const found = find?.(text) ?? [];
  if (found.length === 0) return text;
  return [
    ...found.flatMap(({ from, to }, i) => [
      text.slice(found[i - 1]?.to ?? 0, from),
      <mark key={from}>{text.slice(from, to)}</mark>,
    ]),
    text.slice(found.at(-1)?.to),
  ];
}
