import { memo, useMemo } from 'react';
import { shownText } from '../../core/links.ts';

/** Text by others, never as markup. Addresses become links, by the same rule as in the desk. */
export const LinkedText = memo(function LinkedText({ text }: { text: string }) {
  const { parts } = useMemo(() => shownText(text, Infinity), [text]);
  return parts.map((part, i) =>
    part.kind === 'text' ? part.text : <OutLink key={i} href={part.href} text={part.text} />,
  );
});

/**
 * Opens in a new tab. The other site learns neither where it was opened nor anything about this
 * page.
 */
function OutLink({ href, text }: { href: string; text: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}
