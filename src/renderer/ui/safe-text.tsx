import { Fragment, memo, useMemo, useState } from 'react';
import { splitLinks } from './links.ts';
import type { FindIn } from './marked.tsx';
import { marked } from './marked.tsx';

/** Longer texts are cut until asked for: laying out a line of a megabyte would freeze the window. */
const shownAtFirst = 5_000;

/** Text of a stranger: never markup, links only where safe, direction by its own first letter. What `find` finds is marked. */
export const SafeText = memo(function SafeText({ text, showAll, find = null }: { text: string; showAll: string; find?: FindIn | null }) {
  const [all, setAll] = useState(false);
  const cut = !all && text.length > shownAtFirst;
  const parts = useMemo(() => splitLinks(cut ? text.slice(0, shownAtFirst) : text), [text, cut]);
  return (
    <div className="safe-text" dir="auto">
      {parts.map((part, i) => (part.kind === 'text' ? <Fragment key={i}>{marked(part.text, find)}</Fragment> : <a key={i} href={part.href} target="_blank" rel="noopener noreferrer">{marked(part.text, find)}</a>))}
      {cut && <>… <button type="button" className="link-btn" onClick={() => { setAll(true); }}>{showAll}</button></>}
    </div>
  );
});
