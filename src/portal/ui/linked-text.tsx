import { memo, useMemo } from 'react';
import { shownText } from '../../core/links.ts';

/**
 * Text of somebody else: never markup. An address that its author wrote is a link, by the one rule
 * for what a link is.
 */
export const LinkedText = memo(function LinkedText({ text }: { text: string }) {
  const { parts } = useMemo(() => shownText(text, Infinity), [text]);
  return parts.map((part, i) =>
    part.kind === 'text' ? part.text : <OutLink key={i} href={part.href} text={part.text} />,
  );
});

/**
 * Opens beside the page, and the other side learns neither where it was opened nor anything of this
 * page.
 */
function OutLink({ href, text }: { href: string; text: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}
