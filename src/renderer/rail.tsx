import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useLayoutEffect } from 'react';
import { IconButton } from './kit/button.tsx';
import { useMatches } from './kit/use-matches.ts';
import { useTooltip } from './keys/key.tsx';
import { narrowQuery } from './pane-sizes.ts';
import { usePart, useStoreOf } from './stores-context.tsx';
import { texts } from './texts.ts';

/** Shows the rail folded or open, as narrow.css has it. */
export function useRail(): void {
  const panels = usePart((s) => s.panels);
  const fits = !useMatches(narrowQuery);
  const isFolded = useIsFolded();
  useLayoutEffect(() => {
    document.documentElement.dataset['rail'] = isFolded || !fits ? 'folded' : 'open';
  }, [isFolded, fits]);
  useLayoutEffect(() => {
    panels.setRailFits(fits);
  }, [panels, fits]);
}

/** Folds the rail to its icons, or opens it. Where it has no room, it cannot be opened. */
export function FoldButton() {
  const settings = usePart((s) => s.settings);
  const fits = useStoreOf(
    (s) => s.panels,
    (state) => state.railFits,
  );
  const isFolded = useIsFolded();
  const tip = useTooltip('toggleRail');
  if (!fits) return null;
  const Icon = isFolded ? PanelLeftOpen : PanelLeftClose;
  return (
    <IconButton
      label={isFolded ? texts.unfoldRail : texts.foldRail}
      title={tip}
      className="rail-fold"
      onClick={() => {
        settings.set({ rail_folded: !isFolded });
      }}
    >
      <Icon size={16} aria-hidden="true" />
    </IconButton>
  );
}

function useIsFolded(): boolean {
  return useStoreOf(
    (s) => s.settings,
    (state) => state.settings?.rail_folded ?? false,
  );
}
