import type { ReactNode, Ref } from 'react';

/** A part of the text that stands out. `to` is behind its last character. */
export interface Mark {
  from: number;
  to: number;
  look: 'missing' | 'mention';
}

/**
 * Repeats the field's text behind it, in the same letters but unseen: it draws the marks, and tells
 * where a character stands, both of which a text area cannot. `anchorAt`: the character at which
 * `anchor` stands.
 */
export function MarkedText({
  text,
  marks,
  anchorAt,
  anchor,
  box,
}: {
  text: string;
  marks: readonly Mark[];
  anchorAt: number | null;
  anchor: Ref<HTMLSpanElement>;
  box: Ref<HTMLDivElement>;
}) {
  return (
    <div ref={box} className="composer-mirror" aria-hidden="true" dir="auto">
      {partsOf(text, marks, anchorAt, anchor)}
      {'\n'}
    </div>
  );
}

function partsOf(
  text: string,
  marks: readonly Mark[],
  anchorAt: number | null,
  anchor: Ref<HTMLSpanElement>,
): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  const plain = (to: number): void => {
    if (anchorAt !== null && anchorAt >= at && anchorAt < to) {
      parts.push(
        text.slice(at, anchorAt),
        <span key="anchor" ref={anchor} />,
        text.slice(anchorAt, to),
      );
    } else parts.push(text.slice(at, to));
    at = to;
  };
  for (const { from, to, look } of marks.toSorted((a, b) => a.from - b.from)) {
    if (from < at) continue;
    plain(from);
    parts.push(
      <mark key={from} className={`mark-${look}`}>
        {text.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  plain(text.length + 1);
  return parts;
}
