import { parseSync, Visitor } from 'vite';

/** A sentence by its place in a catalogue. */
type Sentence = [place: string, sentence: string];

/** For functions that take other values than words: what they are asked with, by place. */
export type ValuesByPlace = Readonly<Record<string, readonly unknown[]>>;

/** Every sentence of a catalogue by its place; functions are asked with plain values. */
export function sentences(value: unknown, special: ValuesByPlace = {}, place = ''): Sentence[] {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value === 'function') {
    const asked = special[place];
    if (asked) return sentences(String(value(...asked)), special, place);
    // Counts are worded differently for one and for many.
    return [
      ...sentences(String(value('A', 'B', 'C')), special, place),
      ...sentences(String(value(1)), special, `${place}(1)`),
    ];
  }
  return Object.entries(value as object).flatMap(([name, part]) =>
    sentences(part, special, place === '' ? name : `${place}.${name}`),
  );
}

/** Places of one catalogue that the other one does not have. */
export function missing(from: unknown, of: unknown, special?: ValuesByPlace): string[] {
  const there = new Set(sentences(from, special).map(([place]) => place));
  return sentences(of, special)
    .map(([place]) => place)
    .filter((place) => !there.has(place));
}

/** Sentences that are the same in both languages, but for those that may be. */
export function untranslated(
  english: unknown,
  other: unknown,
  same: ReadonlySet<string>,
  special?: ValuesByPlace,
): Sentence[] {
  const translated = new Map(sentences(other, special));
  return sentences(english, special).filter(
    ([place, sentence]) =>
      translated.get(place) === sentence && hasWords(sentence) && !same.has(sentence),
  );
}

/** Sentences whose variables are not those of the other language. */
export function otherVariables(
  english: unknown,
  other: unknown,
  special?: ValuesByPlace,
): Sentence[] {
  const translated = new Map(sentences(other, special));
  return sentences(english, special).filter(
    ([place, sentence]) =>
      typeof at(english, place) === 'function' &&
      holes(sentence) !== holes(translated.get(place) ?? ''),
  );
}

/** Keys that begin on a line where another key of the same object begins. */
export function crowdedKeys(file: string, source: string): string[] {
  const { program } = parseSync(file, source);
  const found: string[] = [];
  new Visitor({
    ObjectExpression: ({ properties }) => {
      for (const [i, property] of properties.entries()) {
        const before = properties[i - 1];
        if (before && !source.slice(before.start, property.start).includes('\n'))
          found.push(source.slice(property.start, property.end));
      }
    },
  }).visit(program);
  return found;
}

/** Signs and variables alone are the same in every language. */
const hasWords = (sentence: string): boolean =>
  /\p{L}{3}/u.test(sentence.replaceAll('undefined', ''));

function holes(sentence: string): string {
  return [...'ABCF']
    .filter((letter) => new RegExp(`(^|[^\\p{L}])${letter}($|[^\\p{L}])`, 'u').test(sentence))
    .join('');
}

function at(catalogue: unknown, place: string): unknown {
  return place
    .replace('(1)', '')
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], catalogue);
}

/**
 * Words that stand in the source of a page's screens: text between tags, and what is read aloud or
 * shown as a tip.
 */
export function literalWords(file: string, source: string): string[] {
  const { program } = parseSync(file, source);
  const found: string[] = [];
  const spoken = new Set([
    'aria-label',
    'title',
    'placeholder',
    'alt',
    'label',
    'hint',
    'aria-description',
    'aria-roledescription',
  ]);
  const add = (value: unknown): void => {
    if (typeof value === 'string' && /\p{L}{2}/u.test(value)) found.push(value.trim());
  };
  const literal = (node: {
    type: string;
    value?: unknown;
    expression?: unknown;
    quasis?: { value: { cooked: string | null } }[];
  }): void => {
    if (node.type === 'Literal') add(node.value);
    if (node.type === 'TemplateLiteral')
      for (const part of node.quasis ?? []) add(part.value.cooked);
    if (node.type === 'JSXExpressionContainer')
      literal(node.expression as Parameters<typeof literal>[0]);
  };
  new Visitor({
    JSXText: (node) => {
      add(node.value);
    },
    JSXAttribute: (node) => {
      if (node.name.type === 'JSXIdentifier' && spoken.has(node.name.name) && node.value)
        literal(node.value);
    },
    JSXElement: (node) => {
      for (const child of node.children)
        if (child.type === 'JSXExpressionContainer') literal(child);
    },
  }).visit(program);
  return found;
}
