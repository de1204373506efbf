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
import type { SearchQuery } from '../../../../core/search-query.ts';
import type { SearchTerm } from '../../../../core/search-term.ts';
import { nearestWords, wordsThatBegin } from './search-words.ts';
import type { ReadDb } from '../../sqlite/connection.ts';

const mostSpellings = 3;
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
    ...problems.flatMap((problem) => otherValues(input, problem)),
    ...spellings(cache, input, words, findOne),
    ...(any ? [] : anyWord(input, words, findOne)),
  ];
}

function otherValues(input: string, { operator, value }: SearchProblem): SearchStep[] {
  return (values[operator] ?? []).map((known) => {
    const shown = `${operator}:${known.replaceAll('_', '-')}`;
    const written = new RegExp(`${operator}:(?:"${escaped(value)}"?|${escaped(value)})`, 'iu');
    return {
      kind: 'value',
      query: input
        .normalize('NFC')
        .replace(written, () => shown)
        .trim(),
      shown,
    };
  });
}

/** Words that no text has, as texts here spell the likest ones. */
function spellings(
  cache: ReadDb,
  input: string,
  words: readonly SearchTerm[],
  findOne: FindOne,
): SearchStep[] {
  return words
    .flatMap(({ text, phrase }): SearchStep[] => {
      const [word = '', ...more] = wordsOf(fold(text));
      if (
        phrase ||
        more.length > 0 ||
        word.length < shortest ||
        wordsThatBegin(cache, word)?.length !== 0
      )
        return [];
      return nearestWords(cache, word).flatMap((near) => {
        const query = input.normalize('NFC').replace(text, () => near);
        const snippet = findOne(query)?.snippet;
        if (snippet === undefined) return [];
        const written = spelledIn(snippet, near);
        return [
          {
            kind: 'spelling' as const,
            query: input.normalize('NFC').replace(text, () => written),
            shown: written,
          },
        ];
      });
    })
    .slice(0, mostSpellings);
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
