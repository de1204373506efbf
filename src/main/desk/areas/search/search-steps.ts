import {
  hasValues,
  isValues,
  type SearchHit,
  type SearchProblem,
  type SearchStep,
} from '../../../../contract/bridge.ts';
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
} from '../../../../contract/wire/entities.ts';
import { fold, wordsOf } from '../../../../core/folding.ts';
import { likelyMeant } from '../../../../core/nearest.ts';
import { tokensOf, type SearchQuery } from '../../../../core/search-query.ts';
import type { SearchTerm } from '../../../../core/search-term.ts';
import { hasTag } from '../../../../core/tags.ts';
import { listTags } from '../tickets/tickets-table.ts';
import { nearestWords, wordsThatBegin } from './search-words.ts';
import type { ReadDb } from '../../sqlite/connection.ts';

const mostSpellings = 3;
const mostTags = 3;
/** Shorter words are like too many others. */
const shortest = 4;
const values: Partial<Record<SearchProblem['operator'], readonly string[]>> = {
  status: ticketStatuses,
  priority: ticketPriorities,
  category: ticketCategories,
  is: isValues,
  has: hasValues,
};

/** The newest hit of another search. */
type FindOne = (query: string) => SearchHit | undefined;

/** Steps to suggest for a search that found nothing. */
export function stepsFor(
  cache: ReadDb,
  input: string,
  { any, words, problems }: SearchQuery,
  findOne: FindOne,
): SearchStep[] {
  return [
    ...spellings(cache, input, words, findOne),
    ...problems.flatMap((problem) => otherValues(input, problem)),
    ...otherTags(cache, input),
    ...(any ? [] : anyWord(input, words, findOne)),
  ];
}

function otherValues(input: string, { operator, value }: SearchProblem): SearchStep[] {
  const all = values[operator] ?? [];
  const likely = likelyMeant(value, all);
  return (likely.length > 0 ? likely : all).map((known) =>
    withValue(input, { operator, value }, known.replaceAll('_', '-')),
  );
}

/** Tags that were probably meant by ones that no ticket has. */
function otherTags(cache: ReadDb, input: string): SearchStep[] {
  const typed = tokensOf(input).filter(({ operator, not }) => operator === 'tag' && !not);
  if (typed.length === 0) return [];
  const tags = listTags(cache).map(({ tag }) => tag);
  return typed
    .filter(({ value }) => value !== '' && !hasTag(tags, value))
    .flatMap(({ value }) =>
      likelyMeant(value, tags)
        .slice(0, mostTags)
        .map((tag) => withValue(input, { operator: 'tag', value }, tag)),
    );
}

/** The search with another value of an operator. */
function withValue(input: string, { operator, value }: SearchProblem, by: string): SearchStep {
  const shown = `${operator}:${by}`;
  const written = new RegExp(`${operator}:(?:"${escaped(value)}"?|${escaped(value)})`, 'iu');
  const query = input.normalize('NFC').replace(written, () => shown);
  return { kind: 'value', query: query.trim(), shown };
}

/** A word that no text has, and the likest ones that texts here have. */
interface Misspelt {
  text: string;
  near: string[];
}

/** The search with each word that no text has in the spelling of the likest ones. */
function spellings(
  cache: ReadDb,
  input: string,
  words: readonly SearchTerm[],
  findOne: FindOne,
): SearchStep[] {
  const misspelt = words.flatMap((word) => misspeltIn(cache, word));
  if (misspelt.length === 0) return [];
  const tries = Math.max(...misspelt.map(({ near }) => near.length));
  const steps = Array.from({ length: tries }, (_, at) => spelled(input, misspelt, at, findOne));
  return steps.flat().slice(0, mostSpellings);
}

function misspeltIn(cache: ReadDb, { text, phrase }: SearchTerm): Misspelt[] {
  const [word = '', ...more] = wordsOf(fold(text));
  const isWord = !phrase && more.length === 0 && word.length >= shortest && !/[0-9]/.test(word);
  if (!isWord || wordsThatBegin(cache, word)?.length !== 0) return [];
  return [{ text, near: nearestWords(cache, word) }];
}

/** With the likest words number `at`; nothing where that finds nothing. */
function spelled(
  input: string,
  misspelt: readonly Misspelt[],
  at: number,
  findOne: FindOne,
): SearchStep[] {
  const nearOf = ({ text, near }: Misspelt): string => near[at] ?? near[0] ?? text;
  const snippet = findOne(replaced(input, misspelt, nearOf))?.snippet;
  if (snippet === undefined) return [];
  const writtenOf = (word: Misspelt): string => spelledIn(snippet, nearOf(word));
  const query = replaced(input, misspelt, writtenOf);
  return [{ kind: 'spelling', query, shown: misspelt.map(writtenOf).join(' ') }];
}

function replaced(
  input: string,
  misspelt: readonly Misspelt[],
  by: (word: Misspelt) => string,
): string {
  return misspelt.reduce(
    (text, word) => text.replace(word.text, () => by(word)),
    input.normalize('NFC'),
  );
}

/** With the accents that the word has where it was found. */
function spelledIn(snippet: string, folded: string): string {
  const marked = snippet
    .split('\u0001')
    .slice(1)
    .map((part) => part.split('\u0002')[0] ?? '')
    .find((text) => fold(text) === folded);
  return marked === undefined || marked.toLowerCase() === folded ? folded : marked;
}

function anyWord(input: string, words: readonly SearchTerm[], findOne: FindOne): SearchStep[] {
  if (words.length < 2) return [];
  const written = words.map(({ text, phrase }) => (phrase ? `"${text}"` : text)).join(' OR ');
  const query = [written, ...conditionsOf(input)].join(' ');
  return findOne(query) !== undefined ? [{ kind: 'any', query, shown: written }] : [];
}

/** The conditions of a search beside its words, as they were typed. */
function conditionsOf(input: string): string[] {
  return [...input.normalize('NFC').matchAll(/-?(?:\p{L}+:)?"[^"]*"?|\S+/gu)]
    .map(([raw]) => raw)
    .filter((raw) => raw.startsWith('-') || /^\p{L}+:/u.test(raw));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
