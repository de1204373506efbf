/**
 * Letters that look like one of a to z in most typefaces (from Unicode's confusables.txt), grouped
 * by that letter.
 */
const lookAlikes: Record<string, string> = {
  a: 'аАαΑɑ',
  b: 'ВΒЬ',
  c: 'сСϲⅽ',
  d: 'ԁ',
  e: 'еЕΕҽ',
  f: 'ƒ',
  g: 'ɡց',
  h: 'һНΗհ',
  i: 'іІιΙıɩ',
  j: 'јЈϳյ',
  k: 'кКκΚ',
  l: 'ӏӀ|',
  m: 'МΜ',
  n: 'Νոռ',
  o: 'оОοΟօσ0',
  p: 'рРρΡ',
  q: 'ԛզ',
  s: 'ѕЅ5',
  t: 'ТΤτ',
  u: 'υսս',
  v: 'νѵ',
  w: 'ԝѡω',
  x: 'хХχΧ',
  y: 'уУγΥү',
  z: 'Ζ',
};
const latinOf = new Map(
  Object.entries(lookAlikes).flatMap(([latin, others]) =>
    [...others].map((other) => [other, latin] as const),
  ),
);

/**
 * The appearance of a text at a glance: without marks, capitals and the difference between letters
 * that look alike.
 */
export function skeletonOf(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '');
  return [...plain]
    .map((character) => latinOf.get(character) ?? character)
    .join('')
    .toLowerCase();
}

/**
 * Removes unseen characters, and unifies those that are hardly distinguishable in typefaces of
 * screens: capital i, small l and the figure one; rn and m.
 */
function glanceOf(name: string): string {
  const skeleton = skeletonOf(name.replace(/\p{Default_Ignorable_Code_Point}/gu, ''));
  return skeleton.replace(/[i1]/g, 'l').replaceAll('rn', 'm').replaceAll('vv', 'w');
}

const wordsOf = (glance: string): string[] =>
  glance.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/**
 * True if a name would pass for `other`: written with letters that look alike, in another order, in
 * one word, or with an addition such as 'Maya Ruiz (Support)'.
 */
export function passesFor(name: string, other: string): boolean {
  const [words, others] = [wordsOf(glanceOf(name)), wordsOf(glanceOf(other))];
  if (others.length === 0) return false;
  if (words.join('') === others.join('')) return true;
  return others.length > 1 && others.every((word) => words.includes(word));
}
