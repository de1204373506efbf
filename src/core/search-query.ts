import { hasValues, isValues, searchOperators, type SearchProblem } from '../contract/bridge.ts';
import { ticketCategories, ticketPriorities, ticketStatuses } from '../contract/entities.ts';
import { assertNever } from './assert-never.ts';
import { parseDay } from './search-day.ts';
import { fold, wordsOf } from './folding.ts';
import { goesOn } from './search-numbers.ts';
import type { SearchTerm } from './search-term.ts';
import { createTest } from './search-text.ts';
import { tagKey } from './tags.ts';

type Operator = SearchProblem['operator'];

/** What a ticket must be. Values of one condition are alternatives; a `not` one turns it round. */
export type Condition = { not: boolean } & (
  | { kind: 'status' | 'priority' | 'category'; values: string[] }
  | { kind: 'assignee'; ids: (string | null)[] }
  /** Folded, as `tagKey` has it. */
  | { kind: 'tag'; tag: string }
  /** By whom: the ticket's requester by name or address, or colleagues who wrote in it. */
  | { kind: 'from'; requester: string | null; authors: string[] }
  /** Of the message that is found, or the ticket's last activity; ms. */
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

/** Whom and when the words of a search can mean. `now` in ms. */
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

/**
 * Cuts what was typed into words, phrases and operators. An operator that nobody knows is a word
 * like any other.
 */
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

/** Between the words of a search: any of them is enough. */
export function isOr({ operator, value, quoted, not }: Token): boolean {
  return operator === null && value === 'OR' && !quoted && !not;
}

/**
 * Reads a search. A value that an operator cannot use is told as a problem and the operator left
 * out; an empty one is still being typed.
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

/** The words alone, for highlighting where nothing else of the search matters. */
export function searchWords(input: string): SearchTerm[] {
  return parseSearch(input, { now: 0, me: '', staff: [] }).words;
}

/**
 * The groups of one number, as '+49 30 1234567' is typed, are one term: in a text they may stand
 * without blanks.
 */
function addWord(words: SearchTerm[], word: SearchTerm): void {
  const before = words.at(-1);
  if (before && !before.phrase && !word.phrase && goesOn(fold(before.text), fold(word.text)))
    before.text += ` ${word.text}`;
  else words.push(word);
}

/** `status:open status:waiting` asks for either: a ticket has only one. */
function addCondition(conditions: Condition[], condition: Condition): void {
  const same = conditions.find((one) => one.kind === condition.kind && one.not === condition.not);
  if (same && 'values' in same && 'values' in condition) same.values.push(...condition.values);
  else if (same?.kind === 'assignee' && condition.kind === 'assignee')
    same.ids.push(...condition.ids);
  else conditions.push(condition);
}

// As a type of its own: Omit would lose which fields go with which kind.
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
      return { kind: 'tag', tag: tagKey(value) };
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

/** The value that begins so, as it is typed: `in-pro` is `in_progress`. */
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

/** Anyone may be a customer, so only words are asked of the name. */
function readFrom(value: string, { me, staff }: SearchContext): Positive<Condition> | null {
  if (fold(value) === 'me') return { kind: 'from', requester: null, authors: [me] };
  return wordsOf(fold(value)).length > 0
    ? { kind: 'from', requester: value, authors: staffCalled(value, staff) }
    : null;
}

/** Colleagues of whose name a word, or whose address, begins so. */
function staffCalled(value: string, staff: SearchContext['staff']): string[] {
  const begin = fold(value);
  return staff
    .filter(({ name, email }) => isCalled(name, value) || fold(email).startsWith(begin))
    .map(({ id }) => id);
}

/** Whether words of a name begin as was typed; of one that is written without spaces, a part. */
function isCalled(name: string, typed: string): boolean {
  return createTest([{ text: typed, phrase: false }])(name);
}
