import { maxMessageLength } from '../../contract/wire/api.ts';
import { plainText, writtenText } from '../../contract/text.ts';

/** The text as it is sent. */
export const outgoing = writtenText;

/** Number of characters over the limit, counted as the server counts. */
export function excessOf(text: string, limit = maxMessageLength): number {
  return Math.max(0, outgoing(text).length - limit);
}

const plain = (text: string): string => plainText(text).trim();

/** True if both are one text; a server may have removed control characters and blanks around it. */
export const sameText = (one: string, other: string): boolean => plain(one) === plain(other);

/**
 * What is left of a field's text once `arrived` has arrived: the text typed before and after it
 * meanwhile. If `arrived` stands at neither end, nor exactly once in between, the text has been
 * rewritten and all of it stays.
 */
export function restOf(text: string, arrived: string): string {
  const [now, gone] = [plainText(text), plain(arrived)];
  const begin = now.trimStart();
  if (begin.startsWith(gone)) return withoutBreak(begin.slice(gone.length));
  const end = now.trimEnd();
  if (end.endsWith(gone)) return end.slice(0, end.length - gone.length).trimEnd();
  const [before, behind, ...more] = now.split(gone);
  if (before === undefined || behind === undefined || more.length > 0) return text;
  return `${before.trimEnd()}\n${withoutBreak(behind)}`;
}

/** Removes leading blanks, or leading line breaks; an indentation after line breaks is kept. */
function withoutBreak(rest: string): string {
  const behind = rest.replace(/^(?:[^\S\n]*\n)+/, '');
  const begun = behind === rest ? rest.trimStart() : behind;
  return begun.trim() === '' ? '' : begun;
}
