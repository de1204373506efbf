import type { PointerEvent } from 'react';

/** The size that a divider sets, and its limits. */
interface Sizing {
  /** The pane that it stands beside: before it in reading order, or after it. */
  pane: 'before' | 'after';
  /** The side that is set: of panes beside each other the width, of one above another the height. */
  side: 'width' | 'height';
  /** The custom property that has the size. */
  property: string;
  /** While it is dragged, before that is stored; null: it has its own size again. */
  onDrag?: ((size: number | null) => void) | undefined;
  /** Pixels; null: the size that the style sheet gives. */
  onSize: (size: number | null) => void;
}

interface Props extends Sizing {
  title: string;
  className: string;
}

/**
 * A line between two panes, for the pointer: dragged, and a double click gives the pane its own
 * size again. The keyboard has commands.
 */
export function Divider({ title, className, ...sizing }: Props) {
  return (
    <div
      className={`divider ${className}`}
      aria-hidden="true"
      title={title}
      data-keep-focus
      onMouseDown={(event) => {
        // The keyboard stays where it is, as in the text above which the line is.
        event.preventDefault();
      }}
      onPointerDown={(event) => {
        drag(event, sizing);
      }}
      onDoubleClick={() => {
        document.documentElement.style.removeProperty(sizing.property);
        sizing.onDrag?.(null);
        sizing.onSize(null);
      }}
    />
  );
}

/** Follows the pointer until it lets go; a press that moves nothing changes nothing. */
function drag(press: PointerEvent<HTMLElement>, { pane, side, property, ...on }: Sizing): void {
  const { currentTarget: divider, pointerId, button } = press;
  if (button !== 0) return;
  const beside = pane === 'before' ? divider.previousElementSibling : divider.nextElementSibling;
  const before = beside?.getBoundingClientRect()[side] ?? 0;
  const along = side === 'width' ? 'clientX' : 'clientY';
  let size: number | null = null;
  const move = (event: globalThis.PointerEvent): void => {
    const by = Math.round(event[along] - press[along]);
    if (by === 0 && size === null) return;
    size = Math.max(smallest[side], Math.round(before) + (pane === 'before' ? by : -by));
    document.documentElement.style.setProperty(property, `${size}px`);
    on.onDrag?.(size);
  };
  const end = (): void => {
    divider.removeEventListener('pointermove', move);
    if (size === null) return;
    // The other panes may have kept some of it.
    const shown = Math.round(beside?.getBoundingClientRect()[side] ?? size);
    on.onSize(Math.max(smallest[side], Math.min(size, shown)));
  };
  divider.setPointerCapture(pointerId);
  divider.addEventListener('pointermove', move);
  divider.addEventListener('lostpointercapture', end, { once: true });
}

/** Pixels; what the style sheet allows may be more. */
const smallest = { width: 100, height: 36 };
