import { useState } from 'react';
import type { Panel } from '../../../panels.ts';
import { useStoreOf, usePart } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { FilterDialog } from '../../../kit/filter-dialog.tsx';
import { ThroughReplies } from './through-replies.tsx';
import { useChoices } from './use-choices.ts';

/** A small list over the tickets that a command means: what is picked is done to all of them. */
export function Picker({ panel }: { panel: Extract<Panel, { kind: 'picker' }> }) {
  const { picker, targets } = panel;
  const actions = usePart((s) => s.actions);
  const panels = usePart((s) => s.panels);
  const [query, setQuery] = useState('');
  const [throughReplies, setThroughReplies] = useState(false);
  const choices = useChoices(picker, targets, query);
  const subject = useStoreOf(
    (s) => s.thread,
    (state) =>
      targets.length === 1 && state.thread?.ticket.id === targets[0]
        ? state.thread?.ticket.subject
        : undefined,
  );
  const [title, hint] = picker === 'snooze' ? texts.pickers.noTime : texts.pickers.nothing;
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
      empty={
        <>
          <strong>{title}</strong>
          <span>{hint}</span>
        </>
      }
      caption={
        <>
          <b>{texts.pickers.titles[picker]}</b>
          {subject !== undefined && <bdi>{subject}</bdi>}
        </>
      }
      {...(picker === 'snooze'
        ? { footer: <ThroughReplies on={throughReplies} onChange={setThroughReplies} /> }
        : {})}
      onPick={({ change }) => {
        panels.close(panel);
        void actions.apply(targets, {
          change,
          ...(throughReplies && change.snoozed_until ? { throughReplies } : {}),
        });
      }}
    />
  );
}
