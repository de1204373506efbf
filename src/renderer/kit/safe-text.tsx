import { Fragment, memo, useMemo, useState, type ReactNode } from 'react';
import { shownText } from '../../core/links.ts';
import { findHandles } from '../../core/mention.ts';
import { marked, type FindIn } from './marked.tsx';

/**
 * Longer texts are cut until asked for: laying out a line of a megabyte would freeze the window.
 */
const shownAtFirst = 5_000;

interface Props {
  text: string;
  showAll: string;
  /** Names to mark where an @ stands before them. */
  mentions?: readonly string[];
  find?: FindIn | null;
}

/**
 * Text of a stranger: never markup, links only where safe, direction by its own first letter. What
 * `find` finds is marked.
 */
export const SafeText = memo(function SafeText({ text, showAll, mentions, find = null }: Props) {
  const [all, setAll] = useState(false);
  const { parts, cut } = useMemo(() => shownText(text, all ? Infinity : shownAtFirst), [text, all]);
  return (
    <div className="safe-text" dir="auto">
      {parts.map((part, i) =>
        part.kind === 'text' ? (
          <Fragment key={i}>{withMentions(part.text, mentions, find)}</Fragment>
        ) : (
          <a key={i} href={part.href} target="_blank" rel="noopener noreferrer">
            {marked(part.text, find)}
          </a>
        ),
      )}
      {cut && (
        <>
          …{' '}
          <button
            type="button"
            className="link-btn"
            onClick={() => {
              setAll(true);
            }}
          >
            {showAll}
          </button>
        </>
      )}
    </div>
  );
});

function withMentions(
  text: string,
  mentions: readonly string[] | undefined,
  find: FindIn | null,
): ReactNode {
  const found = mentions ? findHandles(text, mentions) : [];
  if (found.length === 0) return marked(text, find);
  return [
    ...found.map(({ from, to }, i) => (
      <Fragment key={from}>
        {marked(text.slice(found[i - 1]?.to ?? 0, from), find)}
        <span className="mention">{text.slice(from, to)}</span>
      </Fragment>
    )),
    <Fragment key="end">{marked(text.slice(found.at(-1)?.to), find)}</Fragment>,
  ];
}
