import { z } from 'zod';

/**
 * How text is read where it comes in, said once for bridge, API and pages: line breaks of every
 * kind are one, controls go, and what was written stays. Accents keep their form in a text and are
 * composed in a name; see docs/decisions/0013.
 */

const otherBreaks = /\r\n|[\r\v\f\u0085\u2028\u2029]/gu;
/** A tab and a line break are the only controls that mean something in a text. */
const otherControls = /(?![\t\n])\p{Cc}/gu;

/**
 * Nobody sees blanks, controls, characters without a width or a look, and stand-ins for objects
 * that are not there. Characters that this machine does not know yet are seen: they may be the
 * emoji of next year.
 */
const unseen = String.raw`\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFC\u{1D159}`;
const seen = new RegExp(`[^${unseen}]`, 'u');

/**
 * The text with one kind of line break and without other controls: how it is shown, and how a paste
 * goes into a field.
 */
export function plainText(text: string): string {
  return text.toWellFormed().replace(otherBreaks, '\n').replace(otherControls, '');
}

/**
 * A message as it is sent: without blank lines around it and blanks behind it. The first line keeps
 * its indentation.
 */
export function writtenText(text: string): string {
  const plain = plainText(text);
  const firstSeen = plain.search(/\S/u);
  return firstSeen < 0 ? '' : plain.slice(plain.lastIndexOf('\n', firstSeen) + 1).trimEnd();
}

/** A name or a subject: on one line, with composed accents, since names are compared. */
export function oneLine(text: string): string {
  return plainText(text)
    .replace(/[\n\t]+/gu, ' ')
    .normalize('NFC')
    .trim();
}

export const isBlank = (text: string): boolean => !seen.test(text);

/** Whether both are the same message once they are sent. */
export const isSameWritten = (one: string, other: string): boolean =>
  writtenText(one) === writtenText(other);

let characters: Intl.Segmenter | null = null;

/** Splits a text into the characters that people see. */
export function graphemes(text: string): Intl.Segments {
  characters ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return characters.segment(text);
}

/** Whether people see at least so many characters, blanks between others counted as one. */
export function hasSeen(text: string, least: number): boolean {
  let count = 0;
  let blank = false;
  for (const { segment } of graphemes(text)) {
    if (!seen.test(segment)) {
      blank ||= /\s/u.test(segment);
      continue;
    }
    count += blank && count > 0 ? 2 : 1;
    blank = false;
    if (count >= least) return true;
  }
  return count >= least;
}

interface Length {
  least: number;
  most: number;
}

/** In UTF-16 units, which the other ends count too. */
const ofLength = (text: z.ZodString, { least, most }: Length): z.ZodString =>
  text
    .min(least)
    .max(most)
    .refine(
      (value) => hasSeen(value, least),
      least === 1 ? 'nothing that can be seen' : `at least ${least} characters that can be seen`,
    );

/** A message as it comes in. */
export const messageText = (length: Length): z.ZodString =>
  ofLength(z.string().overwrite(writtenText), length);

/** A name or a subject as it comes in. */
export const lineText = (length: Length): z.ZodString =>
  ofLength(z.string().overwrite(oneLine), length);
