import { searchSorts } from '../../../../contract/bridge.ts';
import { formatCount } from '../../../kit/format.ts';
import { usePart, useStoreOf } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { mostHits } from '../../search/search-store.ts';
import { FilterBox } from './filter-box.tsx';
import { FilterChips, SortMenu } from './list-head.tsx';

/** Over the results of a search: how many there are, their order, and what they are narrowed to. */
export function SearchHead() {
  const search = usePart((s) => s.search);
  const { answered, hits, filter, sort } = useStoreOf(
    (s) => s.search,
    (state) => state,
  );
  const isNarrowed = Object.keys(filter).length > 0;
  return (
    <header className="list-head">
      <h1>{texts.searchResults}</h1>
      {answered !== '' && (
        <span className="quiet" aria-live="polite">
          {formatCount(hits.length)}
          {hits.length === mostHits && '+'}
        </span>
      )}
      <div className="list-tools">
        <FilterBox filter={filter} onChange={search.narrow} />
        <SortMenu
          sort={sort}
          sorts={searchSorts}
          names={{ ...texts.list.sorts, ...texts.searchSorts }}
          onSort={search.order}
        />
      </div>
      {isNarrowed && (
        <div className="filter-bar" role="group" aria-label={texts.list.filters} data-keep-focus>
          <FilterChips filter={filter} onChange={search.narrow} />
        </div>
      )}
    </header>
  );
}
