interface Colleague { id: string; name: string; email: string; is_active: boolean }

/** What is written after the @ to mention each colleague who is still there: the name, or the e-mail where two share one. */
export function mentionHandles(members: readonly Colleague[]): Map<string, string> {
  const active = members.filter((member) => member.is_active);
  const shared = new Set(active.map((member) => member.name).filter((name, i, names) => names.indexOf(name) !== i));
  return new Map(active.map((member) => [member.id, member.name.trim() === '' || shared.has(member.name) ? member.email : member.name]));
}

/** Whom a note mentions: read from its text, so that nothing but the text has to be kept. The longer name wins where one begins with another. */
export function mentionsIn(text: string, members: readonly Colleague[]): string[] {
  const handles = mentionHandles(members);
  const ids = new Map([...handles].map(([id, handle]) => [handle.toLowerCase(), id]));
  return [...new Set(findHandles(text, [...handles.values()]).flatMap(({ handle }) => ids.get(handle.toLowerCase()) ?? []))];
}

/** Where `@handle` stands in a text as a word of its own, in order. `to` is behind its last character. */
export function findHandles(text: string, handles: readonly string[]): { from: number; to: number; handle: string }[] {
  if (handles.length === 0 || !text.includes('@')) return [];
  const longestFirst = handles.toSorted((a, b) => b.length - a.length).map((handle) => handle.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_.@])@(${longestFirst.join('|')})(?![\\p{L}\\p{N}_@])`, 'giu');
  return [...text.matchAll(pattern)].map((found) => ({ from: found.index, to: found.index + found[0].length, handle: found[1] ?? '' }));
}
