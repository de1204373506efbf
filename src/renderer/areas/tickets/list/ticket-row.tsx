import { AlarmClock, Check } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { SearchHit, TicketRow as Row, ViewId } from '../../../../contract/bridge.ts';
import type { Finder } from '../../../../core/search-text.ts';
import { usePassesForColleague, useStoreOf } from '../../../stores-context.tsx';
import { snoozeText, texts } from '../../../texts.ts';
import { Avatar } from '../../../kit/avatar.tsx';
import { shortTime } from '../../../kit/format.ts';
import { marked } from '../../../kit/marked.tsx';
import { CustomerMark } from '../../../kit/pill.tsx';
import { PriorityIcon } from '../../../kit/priority-icon.tsx';
import type { Here } from '../../presence/presence-store.ts';
import { RowAge } from './row-age.tsx';
import { RowAssignee, RowMarks, RowTags } from './row-marks.tsx';

interface Props extends RowState {
  row: Row;
  onPick: (ticketId: string) => void;
  now: number;
  hit: SearchHit | null;
  here: readonly Here[];
  /** The view that the list shows; null for the results of a search. */
  view: ViewId | null;
}

interface RowState {
  selected: boolean;
  picked: boolean;
  /** Some rows are picked. */
  picking: boolean;
}

/** One ticket in the list. */
export const TicketRow = memo(function TicketRow({
  row,
  onPick,
  now,
  hit,
  here,
  view,
  ...state
}: Props) {
  const find = useFinder(hit !== null);
  const isLikeColleague = usePassesForColleague(row.requester);
  return (
    <div className={rowClass(row, state)}>
      <RowCheck
        picked={state.picked}
        onPick={() => {
          onPick(row.id);
        }}
      />
      <span className="row-lead">
        <PriorityIcon
          priority={row.priority}
          label={texts.priority[row.priority] ?? row.priority}
        />
        {row.unread && <i className="row-dot" role="img" aria-label={texts.unreadMark} />}
      </span>
      <Avatar name={row.requester} size={28} pale />
      <span className="row-top">
        <span className="row-name">
          {isLikeColleague && <CustomerMark text={texts.customer} />}
          <bdi>{marked(row.requester, find)}</bdi>
        </span>
        <RowAge row={row} hit={hit} now={now} saysStatus={view !== 'waiting'} />
      </span>
      <span className="row-subject" dir="auto">
        {marked(row.subject, find)}
      </span>
      <span className="row-end">
        <span className="row-preview" dir="auto">
          {hit === null ? <Preview row={row} now={now} /> : highlight(hit.snippet)}
        </span>
        <RowMarks row={row} moreHits={hit?.more ?? 0} here={here} />
        <RowTags tags={row.tags} />
        <RowAssignee id={row.assignee_id} isSaid={view === 'mine' || view === 'unassigned'} />
      </span>
    </div>
  );
});

/** Finds the words of the search in a row that it has found. */
function useFinder(isFound: boolean): Finder | null {
  const find = useStoreOf(
    (s) => s.search,
    (state) => state.find,
  );
  return isFound ? find : null;
}

function rowClass({ unread }: Row, { selected, picked, picking }: RowState): string {
  const words = [unread && 'unread', selected && 'on', picked && 'picked', picking && 'picking'];
  return ['row', ...words.map((word) => word || '')].join(' ');
}

/** For the pointer; the keyboard has X, and the option itself says that it is selected. */
function RowCheck({ picked, onPick }: { picked: boolean; onPick: () => void }) {
  return (
    <span
      className="row-check"
      aria-hidden="true"
      onMouseDown={(event) => {
        event.stopPropagation();
      }}
      onClick={(event) => {
        event.stopPropagation();
        onPick();
      }}
    >
      {picked && <Check size={11} strokeWidth={3} />}
    </span>
  );
}

function Preview({ row, now }: { row: Row; now: number }): ReactNode {
  const by =
    row.preview_by === 'me'
      ? texts.previewYou
      : row.preview_by === 'staff'
        ? texts.previewStaff
        : null;
  return (
    <>
      {row.snooze && (
        <span className={row.snooze.state === 'woke' ? 'snooze-mark woke' : 'snooze-mark'}>
          <AlarmClock size={12} aria-hidden="true" />
          {snoozeText(row.snooze, now)}
        </span>
      )}
      {by !== null && <span className="row-by">{by} </span>}
      {row.preview}
    </>
  );
}

function highlight(snippet: string): ReactNode[] {
  return snippet.split('\u0001').flatMap((part, i) => {
    if (i === 0) return [part];
    const [found = '', rest = ''] = part.split('\u0002');
    return [<mark key={i}>{found}</mark>, rest];
  });
}

/** Describes a row in one line, for screen readers. */
export function rowLabel(row: Row, now: number, present = ''): string {
  return [
    row.unread ? texts.unreadMark : null,
    row.requester,
    row.subject,
    texts.status[row.status] ?? row.status,
    texts.priority[row.priority] ?? row.priority,
    row.snooze ? snoozeText(row.snooze, now) : null,
    row.pending > 0 ? texts.waitingMark : null,
    row.not_sent ? texts.notSentMark : null,
    row.draft ? texts.draftMark : null,
    shortTime(row.activity_at, now),
    present === '' ? null : present,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
