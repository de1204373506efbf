import { Search, X } from 'lucide-react';
import {
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ChangeEvent,
  type KeyboardEvent,
  type RefObject,
  type SyntheticEvent,
} from 'react';
import { CommandKey } from '../../keys/key.tsx';
import { completionsAt } from '../../../core/search-complete.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Problems } from './problems.tsx';
import { Suggestions, suggestionId, type Suggestion } from './suggestions.tsx';

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
  const { input, focused, suggestions, chosen, take, ...handlers } = useSearchBox(query);
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
          {...linksTo(suggestions, chosen)}
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
      {suggestions.length > 0 && (
        <Suggestions suggestions={suggestions} chosen={chosen} onTake={take} />
      )}
      <Problems typing={focused} />
    </div>
  );
}

/** The suggestions for the caret, which of them is chosen (-1: none), and what events do. */
function useSearchBox(query: string) {
  const search = usePart((s) => s.search);
  const [focused, setFocused] = useState(false);
  const [closed, setClosed] = useState(false);
  const [caret, setCaret] = useState(0);
  const [choice, setChoice] = useState(-1);
  const { input, placeCaret } = useCaret();
  const suggestions = useSuggestions(caret, focused && !closed);
  const chosen = Math.min(choice, suggestions.length - 1);

  function take({ text, caret: next }: Suggestion): void {
    search.type(text);
    setCaret(next);
    setChoice(-1);
    setClosed(false);
    placeCaret(next);
  }
  function leave(box: HTMLInputElement): void {
    if (suggestions.length > 0 && query !== '') {
      setClosed(true);
      setChoice(-1);
      return;
    }
    search.type('');
    box.blur();
  }
  function toResults(): void {
    if (query !== '') search.remember();
    document.getElementById('tickets')?.focus();
  }
  return {
    input,
    focused,
    suggestions,
    chosen,
    take,
    onFocus: () => {
      setFocused(true);
      setClosed(false);
      search.prepare();
    },
    onBlur: () => {
      setFocused(false);
      setChoice(-1);
    },
    onSelect: (event: SyntheticEvent<HTMLInputElement>) => {
      setCaret(event.currentTarget.selectionStart ?? query.length);
    },
    onChange: ({ target }: ChangeEvent<HTMLInputElement>) => {
      setClosed(target.value === '');
      setChoice(-1);
      setCaret(target.selectionStart ?? target.value.length);
      search.type(target.value);
    },
    onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => {
      const suggestion = suggestions[chosen];
      if (event.key === 'ArrowDown' && chosen < suggestions.length - 1) setChoice(chosen + 1);
      else if (event.key === 'ArrowUp' && chosen >= 0) setChoice(chosen - 1);
      else if ((event.key === 'Enter' || event.key === 'Tab') && suggestion) take(suggestion);
      else if (event.key === 'ArrowDown' || event.key === 'Enter') toResults();
      else if (event.key === 'Escape') leave(event.currentTarget);
      else return;
      event.preventDefault();
    },
  };
}

/** Tells assistive technology of the list below the box, and of the chosen suggestion. */
const linksTo = (suggestions: readonly Suggestion[], at: number) =>
  ({
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': suggestions.length > 0 ? 'suggestions' : undefined,
    'aria-activedescendant': at >= 0 ? suggestionId(at) : undefined,
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

/** The box, and a way to put its caret somewhere once the text in it is the one just written. */
function useCaret(): {
  input: RefObject<HTMLInputElement | null>;
  placeCaret: (at: number) => void;
} {
  const [wanted, setWanted] = useState<{ at: number } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  // With the text itself and not a frame later: the next keys can come before that, and would be
  // written behind the caret.
  useLayoutEffect(() => {
    if (wanted === null) return;
    input.current?.focus();
    input.current?.setSelectionRange(wanted.at, wanted.at);
  }, [wanted]);
  return {
    input,
    placeCaret: (at) => {
      setWanted({ at });
    },
  };
}

const recentShown = 5;

/** Completions at the caret; in an empty box the latest searches come first. */
function useSuggestions(caret: number, open: boolean): Suggestion[] {
  const { query, recent, tags } = useStoreOf(
    (s) => s.search,
    (state) => state,
  );
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  return useMemo<Suggestion[]>(() => {
    if (!open) return [];
    const staff = members.filter((member) => member.is_active).map(({ name }) => name);
    const completions = completionsAt(query, caret, { staff, tags }).map(
      (completion): Suggestion => ({ kind: 'completion', ...completion }),
    );
    if (query !== '') return completions;
    const searches = recent
      .slice(0, recentShown)
      .map((text): Suggestion => ({ kind: 'recent', text, caret: text.length }));
    return [...searches, ...completions];
  }, [open, query, caret, members, tags, recent]);
}
