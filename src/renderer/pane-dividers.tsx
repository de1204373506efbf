import { capComposer } from './areas/compose/height.ts';
import { Divider } from './kit/divider.tsx';
import { useMatches } from './kit/use-matches.ts';
import { columnsQuery, paneProperties, type Pane } from './pane-sizes.ts';
import { useStoreOf, usePart } from './stores-context.tsx';
import { texts } from './texts.ts';

/** Between the list and the conversation. */
export function ListDivider() {
  const pane = useMatches(columnsQuery) ? 'wide_list' : 'list';
  return <PaneDivider pane={pane} className="divider-list" beside="before" side="width" />;
}

/** Between the conversation and the details. */
export function DetailsDivider() {
  return <PaneDivider pane="details" className="divider-details" beside="after" side="width" />;
}

/** Above the text of the composer. */
export function ComposerDivider() {
  return (
    <PaneDivider
      pane="composer"
      className="divider-composer"
      beside="after"
      side="height"
      onDrag={capComposer}
    />
  );
}

interface Props {
  pane: Pane;
  className: string;
  beside: 'before' | 'after';
  side: 'width' | 'height';
  onDrag?: ((size: number | null) => void) | undefined;
}

function PaneDivider({ pane, className, beside, side, onDrag }: Props) {
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
      pane={beside}
      side={side}
      property={paneProperties[pane]}
      onDrag={onDrag}
      onSize={(size) => {
        settings.set({ pane_sizes: { ...sizes, [pane]: size } });
      }}
    />
  );
}
