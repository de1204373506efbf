import { Divider } from './kit/divider.tsx';
import { useMatches } from './kit/use-matches.ts';
import { columnsQuery, paneProperties, type Pane } from './pane-widths.ts';
import { useStoreOf, usePart } from './stores-context.tsx';
import { texts } from './texts.ts';

/** Between the list and the conversation. */
export function ListDivider() {
  const pane = useMatches(columnsQuery) ? 'wide_list' : 'list';
  return <PaneDivider pane={pane} className="divider-list" side="before" />;
}

/** Between the conversation and the details. */
export function DetailsDivider() {
  return <PaneDivider pane="details" className="divider-details" side="after" />;
}

interface Props {
  pane: Pane;
  className: string;
  side: 'before' | 'after';
}

function PaneDivider({ pane, className, side }: Props) {
  const settings = usePart((s) => s.settings);
  const sizes = useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.pane_sizes ?? null,
  );
  if (sizes === null) return null;
  return (
    <Divider
      title={texts.resizeHint}
      className={className}
      pane={side}
      property={paneProperties[pane]}
      onWidth={(width) => {
        settings.set({ pane_sizes: { ...sizes, [pane]: width } });
      }}
    />
  );
}
