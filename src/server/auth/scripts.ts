/** Scripts that people write today (Unicode UAX #31, table 5), without those that every text may have. */
const scripts = [
  'Arabic', 'Armenian', 'Bengali', 'Bopomofo', 'Cyrillic', 'Devanagari', 'Ethiopic', 'Georgian', 'Greek', 'Gujarati', 'Gurmukhi', 'Han', 'Hangul', 'Hebrew', 'Hiragana', 'Kannada',
  'Katakana', 'Khmer', 'Lao', 'Latin', 'Malayalam', 'Myanmar', 'Oriya', 'Sinhala', 'Tamil', 'Telugu', 'Thaana', 'Thai', 'Tibetan',
] as const;
type Script = (typeof scripts)[number];

const patterns = scripts.map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const);
const everywhere = /[\p{Script=Common}\p{Script=Inherited}]/u;

/** What people write together (Unicode UTS #39, 'highly restrictive'). */
const mixes: readonly (readonly Script[])[] = [['Latin', 'Han', 'Hiragana', 'Katakana'], ['Latin', 'Han', 'Bopomofo'], ['Latin', 'Han', 'Hangul']];

/** Whether all letters are of one script, or of scripts that are written together. */
export function isOneWriting(text: string): boolean {
  const found = new Set<Script>();
  for (const character of text) {
    if (everywhere.test(character)) continue;
    const script = patterns.find(([, pattern]) => pattern.test(character))?.[0];
    if (script === undefined) return false;
    found.add(script);
  }
  return found.size <= 1 || mixes.some((mix) => [...found].every((script) => mix.includes(script)));
}

/** Letters that look like one of a to z in most typefaces (from Unicode's confusables.txt), by the letter that they look like. */
const lookAlikes: Record<string, string> = {
  a: 'аАαΑɑ', b: 'ВΒЬ', c: 'сСϲⅽ', d: 'ԁ', e: 'еЕΕҽ', f: 'ƒ', g: 'ɡց', h: 'һНΗհ', i: 'іІιΙıɩ', j: 'јЈϳյ', k: 'кКκΚ', l: 'ӏӀ|', m: 'МΜ', n: 'Νոռ',
  o: 'оОοΟօσ0', p: 'рРρΡ', q: 'ԛզ', s: 'ѕЅ5', t: 'ТΤτ', u: 'υսս', v: 'νѵ', w: 'ԝѡω', x: 'хХχΧ', y: 'уУγΥү', z: 'Ζ',
};
const latinOf = new Map(Object.entries(lookAlikes).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)));

/** A text as it looks at a glance: without marks, capitals and the difference between letters that look alike. */
export function skeletonOf(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '');
  return [...plain].map((character) => latinOf.get(character) ?? character).join('').toLowerCase();
}
