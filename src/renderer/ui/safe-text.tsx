import { memo, useMemo, useState } from 'react';
import { splitLinks } from './links.ts';

/** Longer texts are cut until asked for: laying out a line of a megabyte would freeze the window. */
const shownAtFirst = 5_000;

/** Text of a stranger: never markup, links only where safe, direction by its own first letter. */
export const SafeText = memo(function SafeText({ text, showAll }: { text: string; showAll: string }) {
  const [all, setAll] = useState(false);
  const cut = !all && text.length > shownAtFirst;
  const parts = useMemo(() => splitLinks(cut ? text.slice(0, shownAtFirst) : text), [text, cut]);
  return (
    <div className="safe-text" dir="auto">
      {parts.map((part, i) => (part.kind === 'text' ? part.text : <a key={i} href={part.href} target="_blank" rel="noopener noreferrer">{part.text}</a>))}
      {cut && <>… <button type="button" className="link-btn" onClick={() => { setAll(true); }}>{showAll}</button></>}
    </div>
  );
});
