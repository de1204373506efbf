import { fold, foldWithPlaces, originalOf, wordLetter } from './folding.ts';

interface Colleague {
  id: string;
  name: string;
  email: string;
  is_active: boolean;
}

/**
 * What is written after the @ to mention each colleague who is still there: the name, or the e-mail
 * where two share one.
 */
export function mentionHandles(members: readonly Colleague[]): Map<string, string> {
  const active = members.filter((member) => member.is_active);
  const names = active.map((member) => fold(member.name).trim());
  const shared = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  return new Map(
    active.map((member, i) => [
      member.id,
      names[i] === '' || shared.has(names[i] ?? '') ? member.email : member.name,
    ]),
  );
}

/**
 * Whom a note mentions: read from its text, so that nothing but the text has to be kept. The longer
 * name wins where one begins with another.
 */
export function mentionsIn(text: string, members: readonly Colleague[]): string[] {
  const handles = mentionHandles(members);
  const ids = new Map([...handles].map(([id, handle]) => [fold(handle), id]));
  return [
    ...new Set(
      findHandles(text, [...handles.values()]).flatMap(({ handle }) => ids.get(fold(handle)) ?? []),
    ),
  ];
}

/**
 * Where `@handle` stands in a text as a word of its own, in order. `to` is behind its last
 * character.
 */
export function findHandles(
  text: string,
  handles: readonly string[],
): { from: number; to: number; handle: string }[] {
  if (handles.length === 0 || !/[@\uFF20\uFE6B]/u.test(text)) return [];
  const folded = foldWithPlaces(text);
  const longestFirst = handles
    .map(fold)
    .filter((handle) => handle !== '')
    .toSorted((a, b) => b.length - a.length)
    .map((handle) => handle.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(
    `(?<!${wordLetter}|[_.@])@(${longestFirst.join('|')})(?!${wordLetter}|[_@])`,
    'gu',
  );
  return [...folded.text.matchAll(pattern)].map(({ 0: found, index }) => {
    const place = originalOf(text, folded, index, index + found.length);
    return { ...place, handle: text.slice(place.from + 1, place.to) };
  });
}
