import { SearchX } from 'lucide-react';
import type { SearchStep } from '../../../contract/bridge.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { isOr, tokensOf } from '../../../core/search-query.ts';
import { Button } from '../../kit/button.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { usePart, useStoreOf } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';

/** Searches to try next: fewer words, or the same words without what narrows them down. */
export function NothingFound() {
  const search = usePart((s) => s.search);
  const { query, steps, filter } = useStoreOf(
    (s) => s.search,
    (state) => state,
  );
  const tokens = tokensOf(query).filter((token) => !isOr(token));
  const words = tokens
    .filter(({ operator, not, value }) => operator === null && !not && value !== '')
    .map(({ value, quoted }) => (quoted ? `"${value}"` : value))
    .join(' ');
  const narrowed = tokens.some(({ operator, not }) => operator !== null || not);
  const isFiltered = Object.keys(filter).length > 0;
  const ofQuery = narrowed ? texts.noMatches : texts.noResults;
  const [title, hint] = isFiltered ? texts.list.emptyFiltered : ofQuery;
  return (
    <EmptyState icon={<SearchX size={26} strokeWidth={1.4} />} title={title} hint={hint}>
      {isFiltered && (
        <Button
          onClick={() => {
            search.narrow({});
          }}
        >
          {texts.list.clearFilters}
        </Button>
      )}
      {steps.map((step) => (
        <Button
          key={step.query}
          onClick={() => {
            search.type(step.query);
          }}
        >
          {labelOf(step)}
        </Button>
      ))}
      {narrowed && words !== '' && (
        <Button
          onClick={() => {
            search.type(words);
          }}
        >
          {texts.wordsAlone}
        </Button>
      )}
    </EmptyState>
  );
}

function labelOf({ kind, shown }: SearchStep): string {
  switch (kind) {
    case 'any':
      return texts.searchStep.any(shown);
    case 'spelling':
      return texts.searchStep.spelling(shown);
    case 'value':
      return shown;
    default:
      return assertNever(kind);
  }
}
