import { CornerDownLeft, FileText, Layers, Settings, TextCursorInput, User } from 'lucide-react';
import type { ReactNode } from 'react';
import { keyName } from '../../keys/keys.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import type { PaletteEntry } from './palette-rank.ts';
import type { Step } from './palette-store.ts';
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
  const { query, sections, asking, step } = useStoreOf(
    (s) => s.palette,
    (state) => state,
  );
  const shown = sections.map(({ group, entries }) => ({
    id: group,
    heading: group === 'choices' ? null : texts.palette.groups[group],
    items: entries.map((entry) => ({ ...toLine(entry), entry })),
  }));
  return (
    <FilterDialog
      label={texts.commands.palette}
      placeholder={step === null ? texts.palette.placeholder : texts.palette.choose}
      caption={step === null ? undefined : <StepCaption label={step.label} />}
      about={step?.label}
      wide
      query={query}
      sections={shown}
      empty={
        step !== null && query === '' ? (
          texts.palette.typeFirst
        ) : asking ? (
          texts.palette.asking
        ) : (
          <Nothing />
        )
      }
      onQuery={palette.type}
      onBack={palette.back}
      isStep={({ entry }) => stepOf(entry) !== null}
      onClose={() => {
        panels.close(panel);
      }}
      onPick={({ entry }) => {
        palette.ran(entry);
        const next = stepOf(entry);
        if (next !== null) {
          palette.choose(next);
          return;
        }
        panels.close(panel);
        entry.run();
      }}
    />
  );
}

/** The choices that an entry asks for; null if it runs at once, or there is nothing to choose. */
function stepOf({ label, choices }: PaletteEntry): Step | null {
  const hasAny =
    choices !== undefined && (choices.typed !== undefined || choices.known().length > 0);
  return hasAny ? { label, choices } : null;
}

function StepCaption({ label }: { label: string }) {
  return (
    <>
      <b>{label}</b>
      <span className="filter-goes-back" aria-hidden="true">
        <kbd>{keyName('Backspace')}</kbd> {texts.palette.back}
      </span>
    </>
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
