import { useState } from 'react';
import type { Panel } from '../../../panels.ts';
import { usePart } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { FilterDialog } from '../../../kit/filter-dialog.tsx';
import type { Choice } from './choice.ts';
import { ThroughReplies } from './through-replies.tsx';
import { useChoices, useOnlyTarget } from './use-choices.ts';

type PickerPanel = Extract<Panel, { kind: 'picker' }>;

/** A small list over the tickets that a command means: what is picked is done to all of them. */
export function Picker({ panel }: { panel: PickerPanel }) {
  const { picker, targets } = panel;
  const panels = usePart((s) => s.panels);
  const [query, setQuery] = useState('');
  const [throughReplies, setThroughReplies] = useState(false);
  const choices = useChoices(picker, targets, query);
  const decide = useDecide(panel, throughReplies);
  return (
    <FilterDialog
      label={texts.pickers.titles[picker]}
      placeholder={texts.pickers.placeholders[picker]}
      query={query}
      onQuery={setQuery}
      onClose={() => {
        panels.close(panel);
      }}
      sections={choices.length === 0 ? [] : [{ id: picker, heading: null, items: choices }]}
      empty={<NoChoice picker={picker} />}
      caption={<Caption panel={panel} />}
      {...(picker === 'snooze'
        ? { footer: <ThroughReplies on={throughReplies} onChange={setThroughReplies} /> }
        : {})}
      onPick={decide}
    />
  );
}

function useDecide(panel: PickerPanel, throughReplies: boolean): (choice: Choice) => void {
  const actions = usePart((s) => s.actions);
  const panels = usePart((s) => s.panels);
  return ({ change }) => {
    panels.close(panel);
    void actions.apply(panel.targets, {
      change,
      ...(throughReplies && change.snoozed_until ? { throughReplies } : {}),
    });
  };
}

function Caption({ panel: { picker, targets } }: { panel: PickerPanel }) {
  const ticket = useOnlyTarget(targets);
  return (
    <>
      <b>{texts.pickers.titles[picker]}</b>
      {ticket && <bdi>{ticket.subject}</bdi>}
    </>
  );
}

function NoChoice({ picker }: Pick<PickerPanel, 'picker'>) {
  const [title, hint] = picker === 'snooze' ? texts.pickers.noTime : texts.pickers.nothing;
  return (
    <>
      <strong>{title}</strong>
      <span>{hint}</span>
    </>
  );
}
