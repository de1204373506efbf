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
import { completionsAt } from '../../../core/search-complete.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import type { Suggestion } from './suggestions.tsx';

/** The search box's field, the list below it, and the handlers of the field's events. */
export function useSearchBox(query: string) {
  const search = usePart((s) => s.search);
  const [focused, setFocused] = useState(false);
  const { input, placeCaret } = useCaret();
  const list = useList(focused);

  function take({ text, caret }: Suggestion): void {
    search.type(text);
    list.caretAt(caret);
    list.open();
    placeCaret(caret);
  }
  return {
    input,
    focused,
    list,
    take,
    onFocus: () => {
      setFocused(true);
      list.open();
      search.prepare();
    },
    onBlur: () => {
      setFocused(false);
      list.choose(-1);
    },
    onSelect: (event: SyntheticEvent<HTMLInputElement>) => {
      list.caretAt(event.currentTarget.selectionStart ?? query.length);
    },
    onChange: ({ target }: ChangeEvent<HTMLInputElement>) => {
      if (target.value === '') list.close();
      else list.open();
      list.caretAt(target.selectionStart ?? target.value.length);
      search.type(target.value);
    },
    onKeyDown: useKeys(query, list, take),
  };
}

export type SuggestionList = ReturnType<typeof useList>;

/** The suggestions for the caret, and which of them is chosen (-1: none). */
function useList(focused: boolean) {
  const [closed, setClosed] = useState(false);
  const [caret, setCaret] = useState(0);
  const [choice, setChoice] = useState(-1);
  const suggestions = useSuggestions(caret, focused && !closed);
  return {
    suggestions,
    chosen: Math.min(choice, suggestions.length - 1),
    choose: setChoice,
    caretAt: setCaret,
    open: () => {
      setClosed(false);
      setChoice(-1);
    },
    close: () => {
      setClosed(true);
      setChoice(-1);
    },
  };
}

/** Keys that choose and take a suggestion, and that lead out of the box. */
function useKeys(query: string, list: SuggestionList, take: (suggestion: Suggestion) => void) {
  const search = usePart((s) => s.search);
  const { suggestions, chosen } = list;

  function leave(box: HTMLInputElement): void {
    if (suggestions.length > 0 && query !== '') {
      list.close();
      return;
    }
    search.type('');
    box.blur();
  }
  function toResults(): void {
    if (query !== '') search.remember();
    focusResults();
  }
  return (event: KeyboardEvent<HTMLInputElement>): void => {
    const suggestion = suggestions[chosen];
    if (event.key === 'ArrowDown' && chosen < suggestions.length - 1) list.choose(chosen + 1);
    else if (event.key === 'ArrowUp' && chosen >= 0) list.choose(chosen - 1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && suggestion) take(suggestion);
    else if (event.key === 'ArrowDown' || event.key === 'Enter') toResults();
    else if (event.key === 'Escape') leave(event.currentTarget);
    else return;
    event.preventDefault();
  };
}

/** The list, or where nothing was found the first of the searches to try. */
function focusResults(): void {
  const next = document.querySelector<HTMLElement>('.list .empty button');
  (next ?? document.getElementById('tickets'))?.focus();
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
