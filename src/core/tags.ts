import { fold } from './folding.ts';
import { isBlank, oneLine } from './text.ts';

/** The contract's own limit. */
const longest = 40;

/** By this tags are compared: 'Refund' is 'refund', and 'bank trace' is 'bank-trace'. */
export function tagKey(tag: string): string {
  const key = fold(tag).trim().replace(/\s+/g, '-');
  // Of signs alone nothing may be left: each is a tag of its own.
  return key === '' ? tag.normalize() : key;
}

export function hasTag(tags: readonly string[], tag: string): boolean {
  const key = tagKey(tag);
  return tags.some((one) => tagKey(one) === key);
}

/** Each tag once, spelled as it was first. */
export function distinctTags(tags: readonly string[]): string[] {
  if (tags.length < 2) return [...tags];
  const first = new Map<string, string>();
  for (const tag of tags) {
    const key = tagKey(tag);
    if (!first.has(key)) first.set(key, tag);
  }
  return [...first.values()];
}

/**
 * The tags that were typed, with commas or semicolons between them and hyphens for blanks. Known
 * ones are spelled as they are.
 */
export function tagsTyped(text: string, known: readonly string[]): string[] {
  const spelled = new Map(known.toReversed().map((tag) => [tagKey(tag), tag]));
  const typed = text
    .split(/[,;\u060C\u061B\u3001\uFF0C\uFF1B\n]+/u)
    .map((part) => oneLine(part).replace(/\s+/gu, '-'))
    .filter((tag) => tag.length <= longest && !isBlank(tag));
  return distinctTags(typed).map((tag) => spelled.get(tagKey(tag)) ?? tag);
}

/**
 * Adds and takes away. Tags are a set: removals first, so that removing and adding one tag keeps it
 * as it was spelled.
 */
export function changeTags(
  tags: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): string[] {
  const gone = new Set(remove.filter((tag) => !hasTag(add, tag)).map(tagKey));
  return distinctTags([...tags.filter((tag) => !gone.has(tagKey(tag))), ...add]);
}

/**
 * What of a change would change these tags: what is not there is added, and what is there goes as
 * it is spelled there, for its undo.
 */
export function effectiveTags(
  tags: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): { add: string[]; remove: string[] } {
  return {
    add: add.filter((tag) => !hasTag(tags, tag)),
    remove: tags.filter((tag) => hasTag(remove, tag)),
  };
}
