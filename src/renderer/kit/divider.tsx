import type { PointerEvent } from 'react';

interface Props {
  title: string;
  className: string;
  /** The pane whose width it sets: before it in reading order, or after it. */
  pane: 'before' | 'after';
  /** The custom property that has the width. */
  property: string;
  /** Pixels; null: the width that the style sheet gives. */
  onWidth: (width: number | null) => void;
}

/**
 * A line between two panes, for the pointer: dragged, and a double click gives the pane its own
 * width again. The keyboard has commands.
 */
export function Divider({ title, className, pane, property, onWidth }: Props) {
  return (
    <div
      className={`divider ${className}`}
      aria-hidden="true"
      title={title}
      data-keep-focus
      onPointerDown={(event) => {
        drag(event, { pane, property, onWidth });
      }}
      onDoubleClick={() => {
        document.documentElement.style.removeProperty(property);
        onWidth(null);
      }}
    />
  );
}

/** Follows the pointer until it lets go; a press that moves nothing changes nothing. */
function drag(
  { currentTarget: divider, pointerId, clientX, button }: PointerEvent<HTMLElement>,
  { pane, property, onWidth }: Pick<Props, 'pane' | 'property' | 'onWidth'>,
): void {
  if (button !== 0) return;
  const beside = pane === 'before' ? divider.previousElementSibling : divider.nextElementSibling;
  const before = beside?.getBoundingClientRect().width ?? 0;
  let width: number | null = null;
  const move = (event: globalThis.PointerEvent): void => {
    const by = Math.round(event.clientX - clientX);
    if (by === 0 && width === null) return;
    width = Math.max(100, Math.round(before) + (pane === 'before' ? by : -by));
    document.documentElement.style.setProperty(property, `${width}px`);
  };
  const end = (): void => {
    divider.removeEventListener('pointermove', move);
    if (width !== null) onWidth(width);
  };
  divider.setPointerCapture(pointerId);
  divider.addEventListener('pointermove', move);
  divider.addEventListener('lostpointercapture', end, { once: true });
}
