import { hasValues, isValues, type SearchProblem } from '../../../contract/bridge.ts';
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
} from '../../../contract/wire/entities.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { nearestFirst } from '../../../core/nearest.ts';
import { useStoreOf } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';

/**
 * Says which parts of the search could not be used, and that messages are still being indexed.
 * Nothing is said of the word that is being typed.
 */
export function Problems({ typing }: { typing: boolean }) {
  const { query, answered, problems, indexing } = useStoreOf(
    (s) => s.search,
    (state) => state,
  );
  const underway = typing && !/\s$/u.test(query) ? query.split(/\s/u).at(-1) : undefined;
  const told =
    query.trim() === answered
      ? problems.filter(({ value }) => !underway?.endsWith(`:${value}`))
      : [];
  return (
    <div id="search-problems" className="search-problems" role="status">
      {told.map((problem) => (
        <p key={`${problem.operator} ${problem.value}`}>{sentence(problem)}</p>
      ))}
      {indexing && query.trim() === answered && <p>{texts.stillIndexing}</p>}
    </div>
  );
}

/** The values of an operator as they are typed, what was probably meant first. */
function listOf(typed: string, known: readonly string[]): string {
  return nearestFirst(typed, known)
    .map((name) => name.replaceAll('_', '-'))
    .join(', ');
}

function sentence({ operator, value }: SearchProblem): string {
  const one = (known: readonly string[]): string =>
    texts.searchProblem.value(operator, value, listOf(value, known));
  switch (operator) {
    case 'status':
      return one(ticketStatuses);
    case 'priority':
      return one(ticketPriorities);
    case 'category':
      return one(ticketCategories);
    case 'is':
      return texts.searchProblem.shown(operator, value, listOf(value, isValues));
    case 'has':
      return texts.searchProblem.shown(operator, value, listOf(value, hasValues));
    case 'before':
    case 'after':
      return texts.searchProblem.date(value);
    case 'from':
    case 'assignee':
    case 'tag':
      return texts.searchProblem.person(value);
    default:
      return assertNever(operator);
  }
}
