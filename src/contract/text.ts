import { z } from 'zod';

/**
 * Normalization of incoming text, defined once for bridge, API and pages: all kinds of line break
 * become one, control characters are removed, everything else stays. Accents keep their form in a
 * text and are composed in a name; see docs/decisions/0013.
 */

const otherBreaks = /\r\n|[\r\v\f\u0085\u2028\u2029]/gu;
/** All control characters but tab and line break, the only ones with a meaning in a text. */
const otherControls = /(?![\t\n])\p{Cc}/gu;

/**
 * Characters that nobody sees: blanks, control characters, characters without a width or a glyph,
 * and placeholders of missing objects. Unknown characters count as visible: they may be next year's
 * emoji.
 */
const unseen = String.raw`\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFC\u{1D159}`;
const seen = new RegExp(`[^${unseen}]`, 'u');

/**
 * The text with one kind of line break and without other control characters: as it is shown, and as
 * a paste enters a field.
 */
export function plainText(text: string): string {
  return text.toWellFormed().replace(otherBreaks, '\n').replace(otherControls, '');
}

/**
 * A message as it is sent: without surrounding blank lines and trailing blanks. The first line
 * keeps its indentation.
 */
export function writtenText(text: string): string {
  const plain = plainText(text);
  const firstSeen = plain.search(/\S/u);
  return firstSeen < 0 ? '' : plain.slice(plain.lastIndexOf('\n', firstSeen) + 1).trimEnd();
}

/** A name or a subject: on one line, with composed accents, because names are compared. */
export function oneLine(text: string): string {
  return plainText(text)
    .replace(/[\n\t]+/gu, ' ')
    .normalize('NFC')
    .trim();
}

export const isBlank = (text: string): boolean => !seen.test(text);

/** True if both are the same message once they are sent. */
export const isSameWritten = (one: string, other: string): boolean =>
  writtenText(one) === writtenText(other);

let characters: Intl.Segmenter | null = null;

/** Splits a text into the characters that people see. */
export function graphemes(text: string): Intl.Segments {
  characters ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return characters.segment(text);
}

/** True if at least `least` characters are visible; blanks between visible ones count as one. */
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

/** In UTF-16 units, as client and server count. */
const ofLength = (text: z.ZodString, { least, most }: Length): z.ZodString =>
  text
    .min(least)
    .max(most)
    .refine(
      (value) => hasSeen(value, least),
      least === 1 ? 'nothing that can be seen' : `at least ${least} characters that can be seen`,
    );

/** An incoming message. */
export const messageText = (length: Length): z.ZodString =>
  ofLength(z.string().overwrite(writtenText), length);

/** An incoming name or subject. */
export const lineText = (length: Length): z.ZodString =>
  ofLength(z.string().overwrite(oneLine), length);
