/** Scripts in use today (Unicode UAX #31, table 5), without those that any text may contain. */
const scripts = [
  'Arabic',
  'Armenian',
  'Bengali',
  'Bopomofo',
  'Cyrillic',
  'Devanagari',
  'Ethiopic',
  'Georgian',
  'Greek',
  'Gujarati',
  'Gurmukhi',
  'Han',
  'Hangul',
  'Hebrew',
  'Hiragana',
  'Kannada',
  'Katakana',
  'Khmer',
  'Lao',
  'Latin',
  'Malayalam',
  'Myanmar',
  'Oriya',
  'Sinhala',
  'Tamil',
  'Telugu',
  'Thaana',
  'Thai',
  'Tibetan',
] as const;
type Script = (typeof scripts)[number];

const patterns = scripts.map(
  (script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const,
);
const everywhere = /[\p{Script=Common}\p{Script=Inherited}]/u;

/** Scripts that are written together (Unicode UTS #39, 'highly restrictive'). */
const mixes: readonly (readonly Script[])[] = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];

/** True if all letters are of one script, or of scripts that are written together. */
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
