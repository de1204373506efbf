import { memo, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { findHandles } from '../../core/mention.ts';
import { splitLinks } from './links.ts';

/** Longer texts are cut until asked for: laying out a line of a megabyte would freeze the window. */
const shownAtFirst = 5_000;

/** Text of a stranger: never markup, links only where safe, direction by its own first letter. */
export const SafeText = memo(function SafeText({ text, showAll, mentions }: { text: string; showAll: string; /** Names to mark where an @ stands before them. */ mentions?: readonly string[] }) {
  const [all, setAll] = useState(false);
  const cut = !all && text.length > shownAtFirst;
  const parts = useMemo(() => splitLinks(cut ? text.slice(0, shownAtFirst) : text), [text, cut]);
  return (
    <div className="safe-text" dir="auto">
      {parts.map((part, i) => (part.kind === 'text' ? withMentions(part.text, mentions) : <a key={i} href={part.href} target="_blank" rel="noopener noreferrer">{part.text}</a>))}
      {cut && <>… <button type="button" className="link-btn" onClick={() => { setAll(true); }}>{showAll}</button></>}
    </div>
  );
});

function withMentions(text: string, mentions: readonly string[] | undefined): ReactNode {
  const found = mentions ? findHandles(text, mentions) : [];
  if (found.length === 0) return text;
  return [...found.flatMap(({ from, to }, i) => [text.slice(found[i - 1]?.to ?? 0, from), <span key={from} className="mention">{text.slice(from, to)}</span>]), text.slice(found.at(-1)?.to)];
}
