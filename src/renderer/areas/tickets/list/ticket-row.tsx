import { AlarmClock, Check } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { SearchHit, TicketRow as Row } from '../../../../contract/bridge.ts';
import type { Finder } from '../../../../core/search-text.ts';
import { usePassesForColleague, useStoreOf } from '../../../stores-context.tsx';
import { snoozeText, texts } from '../../../texts.ts';
import { fullTime, shortTime } from '../../../kit/format.ts';
import { marked } from '../../../kit/marked.tsx';
import { CustomerMark } from '../../../kit/pill.tsx';
import type { Here } from '../../presence/presence-store.ts';
import { RowMeta } from './row-meta.tsx';

interface Props extends RowState {
  row: Row;
  onPick: (ticketId: string) => void;
  now: number;
  hit: SearchHit | null;
  me: string | null;
  here: readonly Here[];
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
  me,
  here,
  ...state
}: Props) {
  const find = useFinder(hit !== null);
  const isLikeColleague = usePassesForColleague(row.requester);
  const at = hit?.at ?? row.activity_at;
  return (
    <div className={rowClass(row, state)}>
      <RowCheck
        picked={state.picked}
        onPick={() => {
          onPick(row.id);
        }}
      />
      {row.unread && <i className="row-dot" role="img" aria-label={texts.unreadMark} />}
      <span className="row-name">
        {isLikeColleague && <CustomerMark text={texts.customer} />}
        <bdi>{marked(row.requester, find)}</bdi>
      </span>
      <time className="row-time" title={fullTime(at)}>
        {shortTime(at, now)}
      </time>
      <span className="row-subject" dir="auto">
        {marked(row.subject, find)}
      </span>
      <span className="row-preview" dir="auto">
        {hit === null ? <Preview row={row} now={now} /> : highlight(hit.snippet)}
      </span>
      <RowMeta row={row} moreHits={hit?.more ?? 0} me={me} here={here} />
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
