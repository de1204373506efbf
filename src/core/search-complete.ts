import { hasValues, isValues, searchOperators } from '../contract/bridge.ts';
import { ticketCategories, ticketPriorities, ticketStatuses } from '../contract/wire/entities.ts';
import { fold } from './folding.ts';

type SearchOperator = (typeof searchOperators)[number];

/**
 * A completion at the caret. `text`: the complete search with it; `caret`: the place to continue
 * typing.
 */
export interface Completion {
  operator: SearchOperator;
  /** Null: the operator itself. */
  value: string | null;
  text: string;
  caret: number;
}

const most = 8;
const days = ['today', 'yesterday', '7d', '30d'];
const fixed: Partial<Record<SearchOperator, readonly string[]>> = {
  status: ticketStatuses,
  priority: ticketPriorities,
  category: ticketCategories,
  is: isValues,
  has: hasValues,
  before: days,
  after: days,
};

/**
 * The completions at the caret: operators while the word may become one, else the values of its
 * operator.
 */
export function completionsAt(
  input: string,
  caret: number,
  known: { staff: readonly string[]; tags: readonly string[] },
): Completion[] {
  const { start, end, token } = tokenAt(input, caret);
  const [, minus = '', name, typed = ''] = /^(-?)(?:(\p{L}+):)?(.*)$/su.exec(token) ?? [];
  const put = (operator: SearchOperator, value: string | null): Completion => {
    const written = `${minus}${operator}:${value === null ? '' : `${/\s/u.test(value) ? `"${value}"` : value} `}`;
    return {
      operator,
      value,
      text: input.slice(0, start) + written + input.slice(end).trimStart(),
      caret: start + written.length,
    };
  };
  if (name === undefined) {
    if (typed === '' && input.trim() !== '') return [];
    return searchOperators
      .filter((operator) => operator.startsWith(fold(typed)))
      .map((operator) => put(operator, null));
  }
  const operator = searchOperators.find((one) => one === fold(name));
  if (operator === undefined) return [];
  const begin = fold(typed.replaceAll('"', ''));
  const begins = (value: string): boolean =>
    ` ${fold(value.replaceAll(/[_-]/gu, ' '))}`.includes(` ${begin.replaceAll(/[_-]/gu, ' ')}`);
  // A value that is already complete is not offered.
  return valuesOf(operator, known)
    .filter(begins)
    .filter((value, _, all) => !(all.length === 1 && fold(value) === begin))
    .slice(0, most)
    .map((value) => put(operator, value));
}

function valuesOf(
  operator: SearchOperator,
  { staff, tags }: { staff: readonly string[]; tags: readonly string[] },
): readonly string[] {
  if (operator === 'from') return ['me', ...staff];
  if (operator === 'assignee') return ['me', 'none', ...staff];
  if (operator === 'tag') return tags;
  return (fixed[operator] ?? []).map((value) => value.replaceAll('_', '-'));
}

/** The word, or the operator with its value, that contains the caret or ends there. */
function tokenAt(input: string, caret: number): { start: number; end: number; token: string } {
  for (const { 0: token, index } of input.matchAll(/-?(?:\p{L}+:)?"[^"]*"?|\S+/gu)) {
    if (index <= caret && caret <= index + token.length && caret > index)
      return { start: index, end: index + token.length, token };
  }
  return { start: caret, end: caret, token: '' };
}
