import { plainText } from '../contract/text.ts';
import { wholeCharacters } from './folding.ts';
import { isLoopbackHost } from './loopback-host.ts';

export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string };
/** The part of a text that is shown; `cut`: there is more of it. */
export interface ShownText {
  parts: TextPart[];
  cut: boolean;
}

const allowed = new Set(['http:', 'https:', 'mailto:']);
/** Longer than what anybody writes, and than servers take. */
const longestLink = 2_000;
/** Each is an element of the page. */
const mostLinks = 500;

/** Letters of scripts without blanks between words, or that hang a particle on the word before. */
const joiningScripts = 'Han Hiragana Katakana Hangul Thai Lao Khmer Myanmar'.split(' ');
const joined = `[${joiningScripts.map((script) => `\\p{Script=${script}}`).join('')}]`;
/**
 * ASCII as RFC 3986 has it, and letters and figures of any script; of these no punctuation, symbol
 * or unseen character.
 */
const asciiInAddress = String.raw`[\w\-.~:/?#\[\]@!$&'()*+,;=%]`;
const otherInAddress = String.raw`(?![\p{ASCII}\p{Default_Ignorable_Code_Point}])[\p{L}\p{M}\p{N}]`;
const inAddress = `(?:${asciiInAddress}|${otherInAddress})`;
/**
 * 'example.com/faqを' goes on with the sentence; behind a slash such letters belong to the address,
 * and before a dot to its host.
 */
const sentenceGoesOn = String.raw`(?=${joined})(?<=\.[a-z0-9\-]+(?:[/?#:][!-~]*)?)(?<=[a-z0-9])(?!${joined}+\.\p{L})`;
const webStart = String.raw`(?<![a-z0-9_\u00C0-\u024F])(?:https?:\/\/|(?<![.@/\-])www\.)`;
const web = `${webStart}(?:(?!${sentenceGoesOn})${inAddress})+`;
const mail = String.raw`(?<![\w.+\-@/:])(?:mailto:)?[\w.+\-]{1,64}@(?:[a-z0-9\-]{1,63}\.)+[a-z]{2,24}(?![\w@\-])`;
const addresses = new RegExp(`${web}|${mail}`, 'giu');

/**
 * Cuts a text into plain parts and links, where an author wrote an address: with a scheme, with
 * www, or a mailbox. The name of a file is none, and what follows in any script's punctuation is
 * not part of one. Every character is kept.
 */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  let left = mostLinks;
  for (const { 0: found, index } of text.matchAll(addresses)) {
    if (left === 0) break;
    const written = withoutSentence(found);
    const link = written.length > longestLink ? null : toLink(written);
    if (!link) continue;
    if (index > end) parts.push({ kind: 'text', text: text.slice(end, index) });
    parts.push(link);
    left -= 1;
    end = index + written.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/**
 * A text as it is shown: in lines, with its links, and where it is longer than `most` its
 * beginning, with no link or character cut.
 */
export function shownText(text: string, most: number): ShownText {
  const plain = plainText(text);
  const parts = splitLinks(plain);
  return plain.length <= most
    ? { parts, cut: false }
    : { parts: beginningOf(parts, most), cut: true };
}

function beginningOf(parts: readonly TextPart[], most: number): TextPart[] {
  const kept: TextPart[] = [];
  let left = most;
  for (const part of parts) {
    if (part.text.length > left) {
      if (part.kind === 'text' && left > 0)
        kept.push({
          kind: 'text',
          text: part.text.slice(0, wholeCharacters(part.text, 0, left).to),
        });
      break;
    }
    kept.push(part);
    left -= part.text.length;
  }
  return kept;
}

/**
 * The address without what the sentence around it has at its end: a full stop, or a bracket that
 * was opened before it.
 */
function withoutSentence(found: string): string {
  let length = found.length;
  for (; length > 0; length -= 1) {
    const last = found.charAt(length - 1);
    if (/[.,;:!?'*]/u.test(last)) continue;
    const opening = { ')': '(', ']': '[' }[last];
    if (
      opening === undefined ||
      length > longestLink ||
      count(found, opening, length) >= count(found, last, length)
    )
      break;
  }
  return found.slice(0, length);
}

function count(text: string, character: string, length: number): number {
  return text.slice(0, length).split(character).length - 1;
}

/**
 * Only http, https and mailto. A host with letters that imitate others is shown in its punycode
 * form, so that it cannot pass for another one. Addresses of the reader's own computer stay text.
 */
function toLink(written: string): TextPart | null {
  const href = hrefOf(written);
  if (href === null || !URL.canParse(href)) return null;
  const url = new URL(href);
  if (!allowed.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  // A program on the reader's own computer, Staffdesk's among them, is nothing for a customer to
  // link to.
  if (isLoopbackHost(url.hostname)) return null;
  const honest = url.protocol === 'mailto:' || written.toLowerCase().includes(url.hostname);
  return { kind: 'link', text: honest ? written : url.href, href: url.href };
}

function hrefOf(written: string): string | null {
  if (/^(?:https?:\/\/|mailto:)/iu.test(written)) return written;
  if (/^www\./iu.test(written))
    return /^www\.[^./]+\.[^./]{2}/iu.test(written) ? `https://${written}` : null;
  return `mailto:${written}`;
}
