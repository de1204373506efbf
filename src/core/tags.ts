import { fold } from './folding.ts';
import { isBlank, oneLine } from './text.ts';

/** The limit of the contract. */
const longest = 40;

/** The form in which tags are compared: 'Refund' is 'refund', and 'bank trace' is 'bank-trace'. */
export function tagKey(tag: string): string {
  const key = fold(tag).trim().replace(/\s+/g, '-');
  // A tag of signs may fold to nothing; it is then compared as it is.
  return key === '' ? tag.normalize() : key;
}

export function hasTag(tags: readonly string[], tag: string): boolean {
  const key = tagKey(tag);
  return tags.some((one) => tagKey(one) === key);
}

/** Each tag once, in its first spelling. */
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
 * Reads typed tags, separated by commas or semicolons; blanks become hyphens. Known tags keep their
 * spelling.
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
 * Adds and removes tags. Tags are a set: removals come first, so that a tag that is both removed
 * and added keeps its spelling.
 */
export function changeTags(
  tags: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): string[] {
  const gone = new Set(remove.filter((tag) => !hasTag(add, tag)).map(tagKey));
  return distinctTags([...tags.filter((tag) => !gone.has(tagKey(tag))), ...add]);
}

/**
 * The part of a change that has an effect on these tags: missing ones are added, and present ones
 * removed, in their present spelling for the undo.
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
