import { Search, X } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { CommandKey } from '../../keys/key.tsx';
import { completionsAt } from '../../../core/search-complete.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Problems } from './problems.tsx';
import { Suggestions, suggestionId, type Suggestion } from './suggestions.tsx';

/**
 * Search on each keystroke. What can be written next stands below while the box has the focus: Down
 * and Up choose, Enter or Tab takes it; past its end, and where there is nothing to choose, Down
 * and Enter go to the results, Escape back to the view. Whoever empties the box is done searching:
 * nothing covers the views then.
 */
export function SearchBox() {
  const search = usePart((s) => s.search);
  const { query, recent, tags } = useStoreOf(
    (s) => s.search,
    (state) => state,
  );
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const [focused, setFocused] = useState(false);
  const [closed, setClosed] = useState(false);
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(-1);
  const [wanted, setWanted] = useState<{ at: number } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  // With the text itself and not a frame later: the next keys can come before that, and would be
  // written behind the caret.
  useLayoutEffect(() => {
    if (wanted === null) return;
    input.current?.focus();
    input.current?.setSelectionRange(wanted.at, wanted.at);
  }, [wanted]);
  const open = focused && !closed;
  const suggestions = useMemo<Suggestion[]>(() => {
    if (!open) return [];
    const staff = members.filter((member) => member.is_active).map(({ name }) => name);
    const next: Suggestion[] = completionsAt(query, caret, { staff, tags }).map((completion) => ({
      kind: 'completion',
      ...completion,
    }));
    return query === ''
      ? [
          ...recent
            .slice(0, 5)
            .map((text): Suggestion => ({ kind: 'recent', text, caret: text.length })),
          ...next,
        ]
      : next;
  }, [open, query, caret, members, tags, recent]);
  const at = Math.min(chosen, suggestions.length - 1);

  function write(text: string, next: number): void {
    search.type(text);
    setCaret(next);
    setChosen(-1);
    setClosed(false);
    setWanted({ at: next });
  }
  function toResults(): void {
    if (query !== '') search.remember();
    document.getElementById('tickets')?.focus();
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const suggestion = suggestions[at];
    if (event.key === 'ArrowDown' && at < suggestions.length - 1) setChosen(at + 1);
    else if (event.key === 'ArrowUp' && at >= 0) setChosen(at - 1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && suggestion)
      write(suggestion.text, suggestion.caret);
    else if (event.key === 'ArrowDown' || event.key === 'Enter') toResults();
    else if (event.key === 'Escape' && suggestions.length > 0 && query !== '') {
      setClosed(true);
      setChosen(-1);
    } else if (event.key === 'Escape') {
      search.type('');
      event.currentTarget.blur();
    } else return;
    event.preventDefault();
  }
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
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={suggestions.length > 0 ? 'suggestions' : undefined}
          aria-activedescendant={at >= 0 ? suggestionId(at) : undefined}
          aria-describedby="search-problems"
          onFocus={() => {
            setFocused(true);
            setClosed(false);
            search.prepare();
          }}
          onBlur={() => {
            setFocused(false);
            setChosen(-1);
          }}
          onSelect={(event) => {
            setCaret(event.currentTarget.selectionStart ?? query.length);
          }}
          onChange={(event) => {
            setClosed(event.target.value === '');
            setChosen(-1);
            setCaret(event.target.selectionStart ?? event.target.value.length);
            search.type(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        {query === '' ? (
          <CommandKey id="search" />
        ) : (
          <button
            type="button"
            className="search-clear"
            aria-label={texts.clearSearch}
            onClick={() => {
              search.type('');
              input.current?.focus();
            }}
          >
            <X size={13} />
          </button>
        )}
      </div>
      {suggestions.length > 0 && (
        <Suggestions
          suggestions={suggestions}
          chosen={at}
          onTake={({ text, caret: next }) => {
            write(text, next);
          }}
        />
      )}
      <Problems typing={focused} />
    </div>
  );
}
