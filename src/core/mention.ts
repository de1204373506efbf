import { fold, foldWithPlaces, originalOf, wordLetter } from './folding.ts';

interface Colleague {
  id: string;
  name: string;
  email: string;
  is_active: boolean;
}

/**
 * The text after the @ that mentions each active colleague: the name, or the e-mail address if two
 * share one.
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
 * The colleagues that a note mentions. They are read from its text, so that only the text has to be
 * stored. If one name begins with another, the longer one wins.
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
 * The places of `@handle` in a text, as separate words, in order. `to`: the end of the handle,
 * exclusive.
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
