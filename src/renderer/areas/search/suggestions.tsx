import { History } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Completion } from '../../../core/search-complete.ts';
import { texts } from '../../texts.ts';

export type Suggestion =
  | ({ kind: 'completion' } & Completion)
  | { kind: 'recent'; text: string; caret: number };
export const suggestionId = (at: number): string => `suggestion-${at}`;

interface Props {
  suggestions: readonly Suggestion[];
  chosen: number;
  onTake: (suggestion: Suggestion) => void;
}

/**
 * Ways to continue the search: earlier searches, operators, or the values of one. The focus stays
 * in the box.
 */
export function Suggestions({ suggestions, chosen, onTake }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    // The box must keep the focus while its list is clicked.
    <div
      className="suggestions"
      onMouseDown={(event) => {
        event.preventDefault();
      }}
    >
      <div
        ref={list}
        id="suggestions"
        role="listbox"
        aria-label={texts.suggestions}
        className="suggestion-list"
      >
        {suggestions.map((suggestion, at) => (
          <div key={`${suggestion.kind} ${suggestion.text}`} role="presentation">
            <Heading suggestions={suggestions} at={at} />
            <Option
              id={suggestionId(at)}
              isChosen={at === chosen}
              suggestion={suggestion}
              onTake={onTake}
            />
          </div>
        ))}
      </div>
      <Keys />
    </div>
  );
}

/** Above the first earlier search, and between those and the operators. */
function Heading({ suggestions, at }: { suggestions: readonly Suggestion[]; at: number }) {
  const kind = suggestions[at]?.kind;
  if (kind === 'recent' && at === 0) return <h3 role="presentation">{texts.recentSearches}</h3>;
  const isFirstCompletion = kind === 'completion' && suggestions[at - 1]?.kind === 'recent';
  return isFirstCompletion && <h3 role="presentation">{texts.searchOperators}</h3>;
}

interface OptionProps {
  id: string;
  suggestion: Suggestion;
  isChosen: boolean;
  onTake: (suggestion: Suggestion) => void;
}

function Option({ id, suggestion, isChosen, onTake }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      className="suggestion"
      onClick={() => {
        onTake(suggestion);
      }}
    >
      {suggestion.kind === 'recent' ? (
        <>
          <History size={13} aria-hidden="true" />
          <bdi>{suggestion.text}</bdi>
        </>
      ) : (
        <Written completion={suggestion} />
      )}
    </div>
  );
}

function Keys() {
  return (
    <p className="suggestion-keys" aria-hidden="true">
      <kbd>↓</kbd>
      <kbd>↑</kbd> {texts.searchKeys} <kbd>↵</kbd> {texts.searchToResults}
    </p>
  );
}

function Written({ completion: { operator, value } }: { completion: Completion }) {
  if (value === null)
    return (
      <>
        <b>{operator}:</b>
        <span className="quiet">{texts.searchHelp[operator]}</span>
      </>
    );
  return (
    <>
      <b dir="auto">{value}</b>
      <span className="quiet">{meaningOf(operator, value)}</span>
    </>
  );
}

/** Name of a value in the rest of the window; empty if it has none. */
function meaningOf(operator: Completion['operator'], value: string): string {
  const known = value.replaceAll('-', '_');
  if (operator === 'status') return texts.status[known] ?? '';
  if (operator === 'priority') return texts.priority[known] ?? '';
  if (operator === 'category') return texts.category[known] ?? '';
  return operator === 'tag' ? '' : (texts.searchValues[value] ?? '');
}
