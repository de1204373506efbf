import { CornerDownLeft, FileText, Layers, Settings, TextCursorInput, User } from 'lucide-react';
import type { ReactNode } from 'react';
import { keyName } from '../../keys/keys.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import type { PaletteEntry } from './palette-store.ts';
import type { PaletteGroup } from './palette-groups.ts';
import type { Panel } from '../../panels.ts';
import { texts } from '../../texts.ts';
import { FilterDialog } from '../../kit/filter-dialog.tsx';

const icons: Record<PaletteGroup, ReactNode> = {
  commands: <CornerDownLeft size={14} />,
  macros: <TextCursorInput size={14} />,
  views: <Layers size={14} />,
  tickets: <FileText size={14} />,
  customers: <User size={14} />,
  settings: <Settings size={14} />,
};

/** Everything that can be done, by a few letters of its name. */
export function Palette({ panel }: { panel: Panel }) {
  const palette = usePart((s) => s.palette);
  const panels = usePart((s) => s.panels);
  const { query, sections, asking } = useStoreOf(
    (s) => s.palette,
    (state) => state,
  );
  const shown = sections.map(({ group, entries }) => ({
    id: group,
    heading: texts.palette.groups[group],
    items: entries.map((entry) => ({ ...toLine(entry), entry })),
  }));
  return (
    <FilterDialog
      label={texts.commands.palette}
      placeholder={texts.palette.placeholder}
      query={query}
      sections={shown}
      empty={asking ? texts.palette.asking : <Nothing />}
      onQuery={palette.type}
      onClose={() => {
        panels.close(panel);
      }}
      onPick={({ entry }) => {
        palette.ran(entry);
        panels.close(panel);
        entry.run();
      }}
    />
  );
}

function toLine({ id, group, label, hint = '', key, at }: PaletteEntry) {
  return {
    id,
    label,
    hint,
    at,
    icon: icons[group],
    end: key !== undefined && key !== null && <kbd aria-hidden="true">{keyName(key)}</kbd>,
  };
}

function Nothing() {
  const [title, hint] = texts.palette.nothing;
  return (
    <>
      <strong>{title}</strong>
      <span>{hint}</span>
    </>
  );
}
