/**
 * Removes the differences that do not matter when texts are compared, by rules over Unicode's
 * properties: for the search's index and its queries, for tags, people and the palette alike. See
 * docs/decisions/0009.
 *
 * A folded text consists of ASCII without capitals and, beyond ASCII, only of letters, marks,
 * figures and symbols: every other character has become a blank, a hyphen, a quote or a point. A
 * word of it is thus a run of ASCII letters, figures and characters beyond ASCII, which is how
 * FTS5's tokenizer `ascii` splits it.
 */

/** Raise this when the folding changes: every cache then indexes its texts again. */
export const foldingVersion = 1;

/**
 * A folded text, with the part of the original that each of its UTF-16 units comes from; null if
 * all places are the same.
 */
export interface Folded {
  text: string;
  places: { from: number[]; to: number[] } | null;
}

/**
 * Characters that are never seen and never part of a word: zero-width characters, soft hyphens,
 * direction marks, variation selectors, skin tones.
 */
const ignored = String.raw`\p{Default_Ignorable_Code_Point}\p{Cf}\u{1F3FB}-\u{1F3FF}`;
/**
 * Characters that belong to the one before them; the last two are the voicing marks of half-width
 * katakana.
 */
const following = String.raw`[\p{M}\uFF9E\uFF9F${ignored}]`;
/** A decomposed Korean syllable: two or three characters. */
const jamo = String.raw`[\u1100-\u115E\uA960-\uA97C][\u1161-\u11A7\uD7B0-\uD7C6][\u11A8-\u11FF\uD7CB-\uD7FB]*`;
const flag = String.raw`\p{Regional_Indicator}{2}`;
/**
 * The pieces that are folded separately: runs of ASCII, which is most text, or a character with
 * everything that belongs to it.
 */
const units = new RegExp(
  String.raw`[\0-\x7F]+(?!${following})|(?:${jamo}|${flag}|.)${following}*`,
  'gsu',
);
const onlyAscii = /^[\0-\x7F]*$/; // oxlint-disable-line no-control-regex -- the whole of ASCII is meant
const ignoredMarks = new RegExp(`[${ignored}]`, 'gu');

/**
 * Marks that ordinary writing omits: accents, vowel points, harakat, stress. Those of other scripts
 * (Indic vowels and virama, Thai, Khmer, Burmese) are letters in effect, and so are the two voicing
 * marks of kana.
 */
const markedScripts = ['Inherited', 'Arabic', 'Hebrew', 'Syriac', 'Cyrillic', 'Greek', 'Latin']
  .map((script) => `\\p{Script=${script}}`)
  .join('');
const optionalMarks = new RegExp(
  String.raw`(?![\u3099\u309A])(?=[${markedScripts}\u093C])\p{M}`,
  'gu',
);

/**
 * Letters of Cyrillic alphabets that Unicode decomposes, although nobody writes one for the other
 * (unlike ё).
 */
const cyrillicLetters = /\u0438\u0306|\u0443\u0306|\u0456\u0308|\u0433\u0301|\u043A\u0301/gu;

/** Forms that Unicode does not decompose, with the letters that people type for them. */
const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ə: 'a',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ƴ: 'y',
  ς: 'σ',
  // Arabic, Persian and Urdu forms of alef, yeh, kaf and heh; the sign that stretches a word.
  '\u0671': '\u0627',
  '\u0649': '\u064A',
  '\u06CC': '\u064A',
  '\u06A9': '\u0643',
  '\u06AA': '\u0643',
  '\u0629': '\u0647',
  '\u06C1': '\u0647',
  '\u06C3': '\u0647',
  '\u06D5': '\u0647',
  '\u0640': '',
  // Hebrew letters in their form at the end of a word.
  ך: 'כ',
  ם: 'מ',
  ן: 'נ',
  ף: 'פ',
  ץ: 'צ',
  // Hindi writers often use one of these for the other.
  '\u0901': '\u0902',
};

/** Signs that people type in several ways, and that keyboards replace automatically. */
const signs: Record<string, string> = Object.fromEntries(
  [
    ["'", '\u2018\u2019\u201A\u201B\u02B9\u02BB\u02BC\u02BD\u02C8\u2032\u05F3\uA78C'],
    ['"', '\u201C\u201D\u201E\u201F\u05F4\u00AB\u00BB'],
    ['-', '\u2212\u2043'],
    ['/', '\u2044\u2215'],
    ['.', '\u066B'],
    [',', '\u066C'],
  ].flatMap(([sign = '', forms = '']) => [...forms].map((form) => [form, sign])),
);
/**
 * Unicode decomposes these into something else than they stand for: an accent alone is an
 * apostrophe, and TM is no word.
 */
const whole: Record<string, string> = {
  '\u00B4': "'",
  '\u1FFD': "'",
  '\u2120': ' ',
  '\u2122': ' ',
};

/**
 * Katakana is folded to hiragana, as in Unicode's collation: an input method shows hiragana until
 * another form is chosen.
 */
const katakana = /[\u30A1-\u30F6\u30FD\u30FE]/gu;

type Kind = 'blank' | 'word' | 'unspaced' | 'symbol' | 'mark';
interface Piece {
  text: string;
  kind: Kind;
}

/** Scripts that are written without spaces between words. */
export const unspacedLetters =
  ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
    .map((script) => `\\p{Script=${script}}`)
    .join('') + String.raw`\u30FC\u3005\u3006`;
const unspaced = new RegExp(`^[${unspacedLetters}]`, 'u');
const asciiWord = /^[0-9a-z]/;
const symbol = /^(?![\u2500-\u259F\u2800\uFFFC\uFFFD])[\p{Sc}\p{Sm}\p{So}]/u;
const inWord = /^[\p{L}\p{N}\p{Co}]/u;

/**
 * The text without capitals, accents and other differences that do not matter. Folding it again
 * changes nothing.
 */
export function fold(text: string): string {
  return onlyAscii.test(text) ? text.toLowerCase() : build(text, null);
}

/** Like `fold`, with the places in the original, so that a match can be highlighted there. */
export function foldWithPlaces(text: string): Folded {
  if (onlyAscii.test(text)) return { text: text.toLowerCase(), places: null };
  const places = { from: [], to: [] };
  return { text: build(text, places), places };
}

/** The place in the original of a part of the folded text, extended to complete characters. */
export function originalOf(
  text: string,
  { places }: Folded,
  from: number,
  to: number,
): { from: number; to: number } {
  if (places === null) return { from, to };
  return wholeCharacters(text, places.from[from] ?? text.length, places.to[to - 1] ?? text.length);
}

let segmenter: Intl.Segmenter | null = null;
/** How far to look around a place: hardly any visible character is longer. */
const near = 64;

/** Extends a part of a text so that it cuts no visible character. */
export function wholeCharacters(
  text: string,
  from: number,
  to: number,
): { from: number; to: number } {
  return { from: characterAt(text, from).from, to: to <= from ? to : characterAt(text, to - 1).to };
}

function characterAt(text: string, at: number): { from: number; to: number } {
  // ASCII characters never join, except the two of a line break.
  if (/^[\t\n -~]{0,3}$/.test(text.slice(Math.max(0, at - 1), at + 2)))
    return { from: at, to: Math.min(at + 1, text.length) };
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const start = Math.max(0, at - near);
  const found = segmenter.segment(text.slice(start, at + near)).containing(at - start);
  return found === undefined
    ? { from: at, to: at }
    : { from: start + found.index, to: start + found.index + found.segment.length };
}

/** The characters of a folded text's words, as part of a regular expression. */
export const wordLetter = String.raw`[0-9a-z\u0080-\u{10FFFF}]`;
const words = new RegExp(`${wordLetter}+`, 'gu');

/** Like `wordLetter` for a single character, for frequent checks. */
export function isWordLetter(character: string): boolean {
  return (
    character > '\x7F' ||
    (character >= '0' && character <= '9') ||
    (character >= 'a' && character <= 'z')
  );
}

/** The words of a folded text, as the index splits it. */
export function wordsOf(folded: string): string[] {
  return folded.match(words) ?? [];
}

/** Joins the pieces, with a blank where the writing changes without one: 'CSVを' has two words. */
function build(text: string, places: { from: number[]; to: number[] } | null): string {
  let folded = '';
  let last: Kind = 'blank';
  const put = (piece: string, kind: Kind, from: number, to: number): void => {
    const apart =
      last !== 'blank' &&
      kind !== 'blank' &&
      kind !== 'mark' &&
      (last !== kind || kind === 'symbol');
    const added = apart ? ` ${piece}` : piece;
    folded += added;
    if (kind !== 'mark') last = kind;
    if (places === null) return;
    for (let n = 0; n < added.length; n += 1) {
      places.from.push(from);
      places.to.push(to);
    }
  };
  for (const { 0: unit, index } of text.matchAll(units)) {
    if (unit.charCodeAt(0) < 0x80 && onlyAscii.test(unit))
      last = putAscii(unit.toLowerCase(), index);
    else
      for (const { text: piece, kind } of piecesOf(unit))
        put(piece, kind, index, index + unit.length);
  }
  return folded;

  function putAscii(run: string, index: number): Kind {
    if (last !== 'blank' && last !== 'word' && asciiWord.test(run))
      put('', 'word', index, index + 1);
    folded += run;
    for (let n = 0; places !== null && n < run.length; n += 1) {
      places.from.push(index + n);
      places.to.push(index + n + 1);
    }
    return asciiWord.test(run.at(-1) ?? '') ? 'word' : 'blank';
  }
}

/** Cache of folded pieces: a language has a few hundred, Chinese some thousands. */
const known = new Map<string, readonly Piece[]>();
const mostKnown = 20_000;

function piecesOf(unit: string): readonly Piece[] {
  let pieces = known.get(unit);
  if (pieces === undefined) {
    if (known.size >= mostKnown) known.clear();
    pieces = cut(unit);
    known.set(unit, pieces);
  }
  return pieces;
}

const isFlag = new RegExp(`^${flag}$`, 'u');

function cut(unit: string): Piece[] {
  const plain = plainOf(unit);
  if (isFlag.test(plain)) return [{ text: plain, kind: 'symbol' }];
  return [...plain].map((character) => {
    const kind = kindOf(character);
    return { text: kind === 'blank' && character > '\x7F' ? ' ' : character, kind };
  });
}

function plainOf(unit: string): string {
  // Capitals are removed first and last: some have marks of their own, and some forms decompose
  // into capitals.
  const apart = [...unit.replace(ignoredMarks, '')]
    .map((character) => whole[character] ?? character)
    .join('')
    .toLowerCase()
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD');
  const unmarked = apart
    .replace(cyrillicLetters, (letter) => letter.normalize('NFC'))
    .replace(optionalMarks, '');
  return [...unmarked].map(plainLetter).join('').replace(katakana, hiraganaOf).normalize('NFC');
}

const hiraganaOf = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) - 0x60);

function plainLetter(letter: string): string {
  if (letter <= '\x7F') return letter;
  return (
    letters[letter] ??
    signs[letter] ??
    (/^\p{Nd}$/u.test(letter) ? figureOf(letter) : /^\p{Pd}$/u.test(letter) ? '-' : letter)
  );
}

/**
 * The ASCII figure for a figure of any script. In Unicode the ten of each script are consecutive.
 */
function figureOf(figure: string): string {
  const code = figure.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

function kindOf(character: string): Kind {
  if (character <= '\x7F') return asciiWord.test(character) ? 'word' : 'blank';
  if (/^\p{M}$/u.test(character)) return 'mark';
  if (inWord.test(character)) return unspaced.test(character) ? 'unspaced' : 'word';
  return symbol.test(character) ? 'symbol' : 'blank';
}
