import { Search, X } from 'lucide-react';
import { CommandKey } from '../../keys/key.tsx';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Problems } from './problems.tsx';
import { Suggestions, suggestionId } from './suggestions.tsx';
import { useSearchBox, type SuggestionList } from './use-search-box.ts';

/**
 * Searches on each keystroke. Suggestions stand below while the box has the focus: Down and Up
 * choose one, Enter or Tab takes it. Past their end, and where there are none, Down and Enter go to
 * the results, Escape back to the view. An emptied box ends the search: nothing covers the views.
 */
export function SearchBox() {
  const search = usePart((s) => s.search);
  const query = useStoreOf(
    (s) => s.search,
    (state) => state.query,
  );
  const { input, focused, list, take, ...handlers } = useSearchBox(query);
  return (
    <div className="search-area">
      <div className="search">
        <Search size={14} aria-hidden="true" />
        <input
          ref={input}
          type="search"
          aria-label={texts.search}
          placeholder={texts.search}
          value={query}
          spellCheck={false}
          autoComplete="off"
          maxLength={500}
          {...linksTo(list)}
          {...handlers}
        />
        <BoxEnd
          empty={query === ''}
          onClear={() => {
            search.type('');
            input.current?.focus();
          }}
        />
      </div>
      {list.suggestions.length > 0 && (
        <Suggestions suggestions={list.suggestions} chosen={list.chosen} onTake={take} />
      )}
      <Problems typing={focused} />
    </div>
  );
}

/** Tells assistive technology of the list below the box, and of the chosen suggestion. */
const linksTo = ({ suggestions, chosen }: SuggestionList) =>
  ({
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': suggestions.length > 0 ? 'suggestions' : undefined,
    'aria-activedescendant': chosen >= 0 ? suggestionId(chosen) : undefined,
    'aria-describedby': 'search-problems',
  }) as const;

/** The key of the command while the box is empty, else the button that empties it. */
function BoxEnd({ empty, onClear }: { empty: boolean; onClear: () => void }) {
  if (empty) return <CommandKey id="search" />;
  return (
    <button type="button" className="search-clear" aria-label={texts.clearSearch} onClick={onClear}>
      <X size={13} />
    </button>
  );
}
