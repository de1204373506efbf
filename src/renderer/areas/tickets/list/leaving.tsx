import { useLayoutEffect, useState, type CSSProperties } from 'react';
import type { ViewId } from '../../../../contract/bridge.ts';
import { useMatches } from '../../../kit/use-matches.ts';
import { useNow } from '../../../kit/use-now.ts';
import { usePart } from '../../../stores-context.tsx';
import type { LeftRow } from './list-state.ts';
import { TicketRow } from './ticket-row.tsx';

const still: readonly LeftRow[] = [];

/**
 * The rows to show moving away: none for an agent who wants no motion, nor those that left while
 * the list was not drawn.
 */
export function useLeaving(leaving: readonly LeftRow[]): readonly LeftRow[] {
  const inbox = usePart((s) => s.inbox);
  const isStill = useMatches('(prefers-reduced-motion: reduce)');
  const [atFirst] = useState(leaving);
  const shown = isStill || leaving === atFirst ? still : leaving;
  useLayoutEffect(() => {
    if (shown !== leaving && leaving.length > 0) inbox.moved(leaving.map(({ row }) => row.id));
  }, [inbox, shown, leaving]);
  return shown;
}

/** The number of rows that leave from above the row with this number. */
export function leavingAbove(leaving: readonly LeftRow[], at: number): number {
  return leaving.filter(({ spot }) => spot.place <= at).length;
}

/** The distance that a row moves up by, for the style sheet. */
export function risingBy(rise: number): CSSProperties {
  return rise === 0 ? {} : ({ '--rise': `${rise}px` } as CSSProperties);
}

interface Props {
  rows: readonly LeftRow[];
  left: LeftRow | null;
  /** Of a row, in pixels. */
  height: number;
  view: ViewId;
}

/** The rows that move away. They are pictures only: no key, pointer or screen reader finds them. */
export function Leaving({ rows, left, height, view }: Props) {
  return rows.map(({ row, spot }, i) => {
    const shownAt = spot.place + (left !== null && left.spot.place <= spot.place ? 1 : 0);
    return (
      <Picture
        key={row.id}
        row={row}
        view={view}
        style={{
          transform: `translateY(${shownAt * height}px)`,
          height,
          ...risingBy(
            height * rows.slice(0, i).filter((one) => one.spot.place <= spot.place).length,
          ),
        }}
      />
    );
  });
}

interface PictureProps {
  row: LeftRow['row'];
  view: ViewId;
  style: CSSProperties;
}

function Picture({ row, view, style }: PictureProps) {
  const inbox = usePart((s) => s.inbox);
  const now = useNow();
  const { id } = row;
  // It may be scrolled away, or its view left, before it has ended.
  useLayoutEffect(
    () => () => {
      inbox.moved([id]);
    },
    [inbox, id],
  );
  return (
    <div
      className="row-slot leaving"
      aria-hidden="true"
      style={style}
      onAnimationEnd={({ animationName }) => {
        if (animationName === 'row-leave') inbox.moved([id]);
      }}
    >
      <TicketRow
        row={row}
        view={view}
        now={now}
        hit={null}
        here={[]}
        selected={false}
        picked={false}
        picking={false}
        onPick={() => undefined}
      />
    </div>
  );
}
