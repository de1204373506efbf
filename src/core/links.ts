import { plainText } from '../contract/text.ts';
import { wholeCharacters } from './folding.ts';
import { isLoopbackHost } from './loopback-host.ts';

export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string };
/** The part of a text that is shown. `cut`: there is more of it. */
export interface ShownText {
  parts: TextPart[];
  cut: boolean;
}

const allowed = new Set(['http:', 'https:', 'mailto:']);
/** Longer than anybody writes and servers accept. */
const longestLink = 2_000;
/** Limited, because each is an element of the page. */
const mostLinks = 500;

/**
 * Letters of scripts that have no blanks between words, or that attach a particle to the word
 * before.
 */
const joiningScripts = 'Han Hiragana Katakana Hangul Thai Lao Khmer Myanmar'.split(' ');
const joined = `[${joiningScripts.map((script) => `\\p{Script=${script}}`).join('')}]`;
/**
 * The characters of an address: ASCII as in RFC 3986, and letters and figures of any script, but
 * none of their punctuation, symbols or unseen characters.
 */
const asciiInAddress = String.raw`[\w\-.~:/?#\[\]@!$&'()*+,;=%]`;
const otherInAddress = String.raw`(?![\p{ASCII}\p{Default_Ignorable_Code_Point}])[\p{L}\p{M}\p{N}]`;
const inAddress = `(?:${asciiInAddress}|${otherInAddress})`;
/**
 * In 'example.com/faqを' the sentence continues after the address; after a slash such letters belong
 * to the address, and before a dot to its host.
 */
const sentenceGoesOn = String.raw`(?=${joined})(?<=\.[a-z0-9\-]+(?:[/?#:][!-~]*)?)(?<=[a-z0-9])(?!${joined}+\.\p{L})`;
const webStart = String.raw`(?<![a-z0-9_\u00C0-\u024F])(?:https?:\/\/|(?<![.@/\-])www\.)`;
const web = `${webStart}(?:(?!${sentenceGoesOn})${inAddress})+`;
const mail = String.raw`(?<![\w.+\-@/:])(?:mailto:)?[\w.+\-]{1,64}@(?:[a-z0-9\-]{1,63}\.)+[a-z]{2,24}(?![\w@\-])`;
const addresses = new RegExp(`${web}|${mail}`, 'giu');

/**
 * Splits a text into plain parts and links. A link is an address as its author wrote it: with a
 * scheme, with www, or a mailbox. A file name is no link, and punctuation that follows, in any
 * script, is not part of one. Every character is kept.
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
 * A text as it is shown: in lines and with its links. If it is longer than `most`, only its
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
 * The address without the punctuation of the sentence around it: a full stop at its end, or a
 * bracket that was opened before it.
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
 * Only http, https and mailto become links. A host with letters that imitate others is shown in its
 * punycode form, so that it cannot pass for another one. Addresses of the reader's own computer
 * stay text.
 */
function toLink(written: string): TextPart | null {
  const href = hrefOf(written);
  if (href === null || !URL.canParse(href)) return null;
  const url = new URL(href);
  if (!allowed.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  // A customer has no reason to link to a program on the reader's own computer, of which Staffdesk
  // is one.
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
