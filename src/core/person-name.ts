/** The names to address a person by; empty if the full name does not show them. */
export interface PersonNames {
  first: string;
  last: string;
}

const titles = new Set([
  'dr',
  'prof',
  'professor',
  'doctor',
  'doktor',
  'mr',
  'mrs',
  'ms',
  'miss',
  'mx',
  'sir',
  'dame',
  'lord',
  'lady',
  'herr',
  'frau',
  'hr',
  'fräulein',
  'mme',
  'mlle',
  'sr',
  'sra',
  'srta',
  'dipl-ing',
  'priv-doz',
  'pd',
]);
/** Titles only with a full stop: Phil and Nat are first names. */
const abbreviatedTitles = new Set([
  'rev',
  'fr',
  'hon',
  'sig',
  'dott',
  'ing',
  'dipl',
  'mag',
  'med',
  'phil',
  'rer',
  'nat',
  'jur',
  'habil',
  'univ',
]);
/** Written after a name. The degrees below can be names too, so they count only after a comma. */
const endings = new Set(['jr', 'sr', 'ii', 'iii', 'phd']);
const degrees = new Set([
  ...endings,
  'iv',
  'md',
  'mba',
  'msc',
  'bsc',
  'ma',
  'ba',
  'llm',
  'llb',
  'esq',
  'cpa',
  'dds',
  'rn',
  'mph',
]);
/** Compared with their capitals: Se and Ag are names of people. */
const companies = new Set([
  'Inc',
  'Ltd',
  'Limited',
  'LLC',
  'LLP',
  'PLC',
  'plc',
  'Corp',
  'Corporation',
  'Company',
  'GmbH',
  'mbH',
  'AG',
  'KG',
  'OHG',
  'UG',
  'SE',
  'eV',
  'SARL',
  'SRL',
  'SpA',
  'BV',
  'NV',
  'AB',
  'Oy',
  'Pty',
]);
const particles = new Set([
  'von',
  'van',
  'vom',
  'zu',
  'zur',
  'der',
  'den',
  'de',
  'del',
  'della',
  'di',
  'da',
  'dos',
  'du',
  'la',
  'le',
  'ter',
  'ten',
  'bin',
  'ibn',
  'al',
  'el',
]);
const quoted = /^["'“”„«»]+|["'“”„«»]+$/gu;
const comma = /[,،，、;]/u;
const familyFirst =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー・]+$/u;

/**
 * Reads a full name as people write it: 'Karl Schmidt', 'Schmidt, Karl', 'Dr. Ute Weiss', 'Weiss,
 * Dr. Ute', 'Karl Schmidt, PhD', '山田 太郎'. A title is no first name, and neither is a company or an
 * email address.
 */
export function namesOf(full: string): PersonNames {
  const name = full
    .normalize('NFC')
    .replace(/[([{].*?[)\]}]/gu, ' ')
    .trim()
    .replace(quoted, '')
    .trim();
  const parts = name.split(comma).map(wordsOf);
  if (name.includes('@') || parts.flat().some((word) => companies.has(word.replaceAll('.', ''))))
    return { first: '', last: '' };
  const [ahead = [], ...behind] = parts.map((words, i) =>
    withoutTitles(words, i === 0 ? endings : degrees),
  );
  // The first name follows the comma, unless only a title or a degree does.
  const given = behind.find((words) => words.length > 0);
  if (given) return { first: given[0] ?? '', last: ahead.join(' ') };
  const isTitled = isTitle(parts[0]?.[0] ?? '');
  return namesInOrder(ahead, isTitled);
}

function namesInOrder(words: readonly string[], isTitled: boolean): PersonNames {
  const [first = '', ...others] = words;
  // 'Dr. Weiss' is addressed by the family name.
  if (others.length === 0) return isTitled ? { first: '', last: first } : { first, last: '' };
  if (words.every((word) => familyFirst.test(word)))
    return { first: words.at(-1) ?? '', last: first };
  const particle = others.findIndex((word) => particles.has(word));
  return { first, last: (particle < 0 ? others.slice(-1) : others.slice(particle)).join(' ') };
}

function wordsOf(part: string): string[] {
  return part.split(/\s+/u).filter((word) => word !== '');
}

/** Titles come before a name, degrees after it. */
function withoutTitles(words: readonly string[], behind: ReadonlySet<string>): string[] {
  const from = words.findIndex((word) => !isTitle(word));
  const to = words.findLastIndex((word) => !behind.has(plain(word)));
  return from < 0 ? [] : words.slice(from, to + 1);
}

function isTitle(word: string): boolean {
  return titles.has(plain(word)) || (word.endsWith('.') && abbreviatedTitles.has(plain(word)));
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll('.', '');
}
