import { skeletonOf } from '../../core/look-alike.ts';
import { isOneWriting } from './scripts.ts';

const longest = 100;
/**
 * The most code points in one visible character: the longest emoji has eleven, Tibetan and Vedic
 * stacks fewer.
 */
const mostInOne = 12;

/**
 * Joiners have a visible effect between letters of these scripts and between emoji; elsewhere they
 * only hide.
 */
const joiningScripts = [
  'Arabic',
  'Syriac',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Khmer',
  'Myanmar',
  'Tibetan',
];
const joining = joiningScripts.map((script) => `\\p{Script=${script}}`).join('');
const joiner = String.raw`[\u200c\u200d]`;
const before = String.raw`[${joining}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]`;
const behind = String.raw`[${joining}\p{Extended_Pictographic}]`;
const strayJoiner = new RegExp(`(?<!${before})${joiner}|${joiner}(?!${behind})`, 'gu');
/**
 * Control characters, direction marks, characters without a width or a glyph, and placeholders.
 * Emoji keep their variation selector.
 */
const unseen =
  /(?!\u200c|\u200d|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const strayVariation = /(?<!\p{Emoji})\ufe0f/gu;
const visible = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A name as people see it, on one line. Null if nothing is visible, it is too long, or a word mixes
 * scripts.
 */
export function cleanName(text: string): string | null {
  const name = text
    .normalize('NFC')
    .replace(/[\s\p{Z}\u0085]+/gu, ' ')
    .replace(unseen, '')
    .replace(strayJoiner, '')
    .replace(strayVariation, '')
    .replace(/ +/g, ' ')
    .trim();
  if (!visible.test(name)) return null;
  const seen = [...segmenter.segment(name)].map(({ segment }) => segment);
  if (seen.length > longest || seen.some((one) => [...one].length > mostInOne)) return null;
  if (!name.split(/[^\p{L}\p{M}]+/u).every(isOneWriting)) return null;
  return name;
}

/**
 * Names of a desk rather than a person, in the languages of Staffdesk. In front of staff they would
 * pass for a colleague.
 */
const deskNames = new Set([
  'support',
  'help',
  'staff',
  'team',
  'admin',
  'administrator',
  'moderator',
  'system',
  'agent',
  'service',
  'kundendienst',
  'mitarbeiter',
  'noreply',
  'root',
  'security',
  'sicherheit',
]);
const deskWords = new RegExp(
  [
    'supportteam',
    'teamsupport',
    'customersupport',
    'customerservice',
    'customercare',
    'helpdesk',
    'servicedesk',
    'staffdesk',
    'kundenservice',
    'kundensupport',
    'supportstaff',
    'technicalsupport',
    'techsupport',
    'supportagent',
  ].join('|'),
);

/** True if a customer's name would be read as the name of the desk. */
export function posesAsStaff(name: string): boolean {
  const letters = skeletonOf(name).replace(/[^\p{L}]/gu, '');
  return deskNames.has(letters) || deskWords.test(letters);
}
