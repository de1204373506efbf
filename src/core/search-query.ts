import { hasValues, isValues, searchOperators, type SearchProblem } from '../contract/bridge.ts';
import { ticketCategories, ticketPriorities, ticketStatuses } from '../contract/wire/entities.ts';
import { assertNever } from './assert-never.ts';
import { parseDay } from './search-day.ts';
import { fold, wordsOf } from './folding.ts';
import { goesOn } from './search-numbers.ts';
import type { SearchTerm } from './search-term.ts';
import { createTest } from './search-text.ts';
import { tagKey } from './tags.ts';

type Operator = SearchProblem['operator'];

/** A condition on a ticket. Its values are alternatives; `not` inverts it. */
export type Condition = { not: boolean } & (
  | { kind: 'status' | 'priority' | 'category'; values: string[] }
  | { kind: 'assignee'; ids: (string | null)[] }
  /** Folded by `tagKey`. */
  | { kind: 'tag'; tags: string[] }
  /** The ticket's requester, by name or address, or colleagues who wrote in it. */
  | { kind: 'from'; requester: string | null; authors: string[] }
  /** The time of the matching message, or of the ticket's last activity; ms. */
  | { kind: 'before' | 'after'; at: number }
  | { kind: 'unread' | 'snoozed' | 'open' | 'closed' | 'note' | 'draft' }
);

/** `any`: one of the words is enough. */
export interface SearchQuery {
  any: boolean;
  words: SearchTerm[];
  without: SearchTerm[];
  conditions: Condition[];
  problems: SearchProblem[];
}

/** The context of a search: the people and the time (`now`, ms) that its words refer to. */
export interface SearchContext {
  now: number;
  me: string;
  staff: readonly { id: string; name: string; email: string }[];
}

interface Token {
  not: boolean;
  operator: Operator | null;
  value: string;
  quoted: boolean;
}

const mostTerms = 12;

/** Splits the input into words, phrases and operators. An unknown operator is an ordinary word. */
export function tokensOf(input: string): Token[] {
  return [...input.normalize('NFC').matchAll(/-?(?:\p{L}+:)?"[^"]*"?|\S+/gu)].map(([raw]) => {
    const [, minus, name, phrase, plain] =
      /^(-)?(?:(\p{L}+):)?(?:"([^"]*)"?|(.*))$/su.exec(raw) ?? [];
    const operator = searchOperators.find((known) => known === name?.toLowerCase()) ?? null;
    const value = (phrase ?? plain ?? '').trim();
    return {
      not: minus === '-',
      operator,
      value: operator === null && name !== undefined ? `${name}:${value}` : value,
      quoted: phrase !== undefined,
    };
  });
}

/** True for an 'or' between words: any of them is enough. */
export function isOr({ operator, value, quoted, not }: Token): boolean {
  return operator === null && value === 'OR' && !quoted && !not;
}

/**
 * Parses a search. An operator with an unusable value is reported as a problem and left out; an
 * empty value is still being typed.
 */
export function parseSearch(input: string, context: SearchContext): SearchQuery {
  const query: SearchQuery = { any: false, words: [], without: [], conditions: [], problems: [] };
  for (const token of tokensOf(input)) {
    const { not, operator, value, quoted } = token;
    if (isOr(token)) {
      query.any = true;
    } else if (operator === null) {
      if (wordsOf(fold(value)).length > 0)
        addWord(not ? query.without : query.words, { text: value, phrase: quoted });
    } else if (value !== '') {
      const condition = readCondition(operator, value, context);
      if (condition) addCondition(query.conditions, { ...condition, not });
      else query.problems.push({ operator, value });
    }
  }
  return {
    ...query,
    words: query.words.slice(0, mostTerms),
    without: query.without.slice(0, mostTerms),
    conditions: query.conditions.slice(0, mostTerms),
  };
}

/** The words alone, for highlighting where the conditions do not matter. */
export function searchWords(input: string): SearchTerm[] {
  return parseSearch(input, { now: 0, me: '', staff: [] }).words;
}

/**
 * Joins the groups of one number, such as '+49 30 1234567', into one term: a text may have it
 * without blanks.
 */
function addWord(words: SearchTerm[], word: SearchTerm): void {
  const before = words.at(-1);
  if (before && !before.phrase && !word.phrase && goesOn(fold(before.text), fold(word.text)))
    before.text += ` ${word.text}`;
  else words.push(word);
}

/** `status:open status:waiting` means either, since a ticket has only one status. */
function addCondition(conditions: Condition[], condition: Condition): void {
  const same = conditions.find((one) => one.kind === condition.kind && one.not === condition.not);
  if (same && 'values' in same && 'values' in condition) same.values.push(...condition.values);
  else if (same?.kind === 'assignee' && condition.kind === 'assignee')
    same.ids.push(...condition.ids);
  else conditions.push(condition);
}

// A separate type, because Omit would lose which fields belong to which kind.
type Positive<T> = T extends Condition ? Omit<T, 'not'> : never;

function readCondition(
  operator: Operator,
  value: string,
  context: SearchContext,
): Positive<Condition> | null {
  switch (operator) {
    case 'status':
      return oneOf('status', ticketStatuses, value);
    case 'priority':
      return oneOf('priority', ticketPriorities, value);
    case 'category':
      return oneOf('category', ticketCategories, value);
    case 'tag':
      return { kind: 'tag', tags: [tagKey(value)] };
    case 'assignee':
      return readAssignee(value, context);
    case 'from':
      return readFrom(value, context);
    case 'before':
    case 'after': {
      const at = parseDay(value, context.now);
      return at === null ? null : { kind: operator, at };
    }
    case 'is':
      return kindOf(isValues, value);
    case 'has':
      return kindOf(hasValues, value);
    default:
      return assertNever(operator);
  }
}

function oneOf(
  kind: 'status' | 'priority' | 'category',
  known: readonly string[],
  value: string,
): Positive<Condition> | null {
  const values = value.split(',').map((part) => beginning(known, part));
  return values.every((one) => one !== null) ? { kind, values } : null;
}

function kindOf<T extends 'unread' | 'snoozed' | 'open' | 'closed' | 'note' | 'draft'>(
  known: readonly T[],
  value: string,
): { kind: T } | null {
  const kind = beginning(known, value);
  return kind === null ? null : { kind };
}

/** The known value that begins with the typed text: `in-pro` is `in_progress`. */
function beginning<T extends string>(known: readonly T[], typed: string): T | null {
  const begin = fold(typed).replace(/[\s-]/gu, '_');
  return known.find((one) => begin !== '' && one.startsWith(begin)) ?? null;
}

function readAssignee(value: string, { me, staff }: SearchContext): Positive<Condition> | null {
  const folded = fold(value);
  if (folded === 'me') return { kind: 'assignee', ids: [me] };
  const ids = 'none'.startsWith(folded) && value.length > 1 ? [null] : staffCalled(value, staff);
  return ids.length > 0 ? { kind: 'assignee', ids } : null;
}

/** Any name may be a customer's, so the value needs only to contain words. */
function readFrom(value: string, { me, staff }: SearchContext): Positive<Condition> | null {
  if (fold(value) === 'me') return { kind: 'from', requester: null, authors: [me] };
  return wordsOf(fold(value)).length > 0
    ? { kind: 'from', requester: value, authors: staffCalled(value, staff) }
    : null;
}

/** The colleagues with a word of their name, or an address, that begins with `value`. */
function staffCalled(value: string, staff: SearchContext['staff']): string[] {
  const begin = fold(value);
  return staff
    .filter(({ name, email }) => isCalled(name, value) || fold(email).startsWith(begin))
    .map(({ id }) => id);
}

/**
 * True if words of a name begin with the typed ones; for a name that is written without spaces, if
 * it contains them.
 */
function isCalled(name: string, typed: string): boolean {
  return createTest([{ text: typed, phrase: false }])(name);
}
