import { maxMessageLength } from '../../contract/api.ts';
import { plainText, writtenText } from '../../contract/text.ts';

/** Text as it is sent. */
export const outgoing = writtenText;

/** How many characters are more than is taken, counted as the server counts. */
export function excessOf(text: string, limit = maxMessageLength): number {
  return Math.max(0, outgoing(text).length - limit);
}

const plain = (text: string): string => plainText(text).trim();

/** The same words: a server may have dropped what is around them. */
export const sameText = (one: string, other: string): boolean => plain(one) === plain(other);

/**
 * What is left of a field's text once `arrived` has arrived: what was typed before and behind it
 * meanwhile. Where it is no longer there as it was sent, or more than once, all of the text stays.
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

/**
 * What follows a sentence begins with what parted the two: a blank, or line breaks, behind which an
 * indentation is kept.
 */
function withoutBreak(rest: string): string {
  const behind = rest.replace(/^(?:[^\S\n]*\n)+/, '');
  const begun = behind === rest ? rest.trimStart() : behind;
  return begun.trim() === '' ? '' : begun;
}
