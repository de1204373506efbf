import { AlarmClock, AlertTriangle, Check, Clock3, PenLine, UserX } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { SearchHit, TicketRow as Row } from '../../../../contract/bridge.ts';
import type { StaffMember } from '../../../../contract/entities.ts';
import { usePassesForColleague, useStoreOf } from '../../../stores-context.tsx';
import { snoozeText, texts } from '../../../texts.ts';
import { Avatar } from '../../../kit/avatar.tsx';
import { formatCount, fullTime, shortTime } from '../../../kit/format.ts';
import { marked } from '../../../kit/marked.tsx';
import { CustomerMark, Pill } from '../../../kit/pill.tsx';
import type { Here } from '../../presence/presence-store.ts';
import { RowPresence } from '../../presence/row-presence.tsx';
import { priorityTone, statusTone } from '../../../ticket-tones.ts';

interface Props {
  row: Row;
  selected: boolean;
  picked: boolean;
  /** Some rows are picked. */ picking: boolean;
  onPick: (ticketId: string) => void;
  now: number;
  hit: SearchHit | null;
  me: string | null;
  here: readonly Here[];
}

/** One ticket in the list. */
export const TicketRow = memo(function TicketRow({
  row,
  selected,
  picked,
  picking,
  onPick,
  now,
  hit,
  me,
  here,
}: Props) {
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const assignee = useStoreOf(
    (s) => s.staff,
    (state) => state.members.find((member) => member.id === row.assignee_id) ?? null,
  );
  const finder = useStoreOf(
    (s) => s.search,
    (state) => state.find,
  );
  const isLikeColleague = usePassesForColleague(row.requester);
  const find = hit === null ? null : finder;
  const at = hit?.at ?? row.activity_at;
  return (
    <div
      className={
        `row ${row.unread ? 'unread' : ''} ${selected ? 'on' : ''} ${picked ? 'picked' : ''} ` +
        (picking ? 'picking' : '')
      }
    >
      {/* For the pointer; the keyboard has X, and the option itself says that it is selected. */}
      <span
        className="row-check"
        aria-hidden="true"
        onMouseDown={(event) => {
          event.stopPropagation();
        }}
        onClick={(event) => {
          event.stopPropagation();
          onPick(row.id);
        }}
      >
        {picked && <Check size={11} strokeWidth={3} />}
      </span>
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
      <span className="row-meta">
        {here.length > 0 && <RowPresence here={here} members={members} />}
        {hit !== null && hit.more > 0 && (
          <span className="row-more">{texts.moreHits(formatCount(hit.more))}</span>
        )}
        {row.draft && <PenLine size={13} role="img" aria-label={texts.draftMark} />}
        {row.needs_you && (
          <AlertTriangle size={13} className="red" role="img" aria-label={texts.needsYouMark} />
        )}
        {row.pending > 0 && (
          <Clock3 size={13} className="amber" role="img" aria-label={texts.waitingMark} />
        )}
        {assignee !== null && row.assignee_id !== me && <Assignee member={assignee} />}
        <StatePill row={row} />
      </span>
    </div>
  );
});

/** One whose account is deactivated does nothing more: the ticket waits for somebody else. */
function Assignee({ member: { name, is_active: isActive } }: { member: StaffMember }): ReactNode {
  if (isActive) return <Avatar name={name} size={16} />;
  const words = texts.deactivated(name);
  return (
    <span className="row-gone" role="img" aria-label={words} title={words}>
      <UserX size={13} aria-hidden="true" />
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

/** The one word that says most: finished tickets by status, the others by priority. */
function StatePill({ row }: { row: Row }): ReactNode {
  if (row.status === 'resolved' || row.status === 'closed')
    return <Pill tone={statusTone(row.status)}>{texts.status[row.status] ?? row.status}</Pill>;
  if (row.priority === 'urgent' || row.priority === 'high')
    return (
      <Pill tone={priorityTone(row.priority)}>{texts.priority[row.priority] ?? row.priority}</Pill>
    );
  return <Pill tone={statusTone(row.status)}>{texts.status[row.status] ?? row.status}</Pill>;
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
    row.needs_you ? texts.needsYouMark : null,
    row.draft ? texts.draftMark : null,
    shortTime(row.activity_at, now),
    present === '' ? null : present,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
