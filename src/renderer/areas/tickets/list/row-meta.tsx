import { AlertTriangle, Clock3, PenLine, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TicketRow as Row } from '../../../../contract/bridge.ts';
import type { StaffMember } from '../../../../contract/wire/entities.ts';
import { Avatar } from '../../../kit/avatar.tsx';
import { formatCount } from '../../../kit/format.ts';
import { Pill } from '../../../kit/pill.tsx';
import { useStoreOf } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { priorityTone, statusTone } from '../../../ticket-tones.ts';
import type { Here } from '../../presence/presence-store.ts';
import { RowPresence } from '../../presence/row-presence.tsx';

interface Props {
  row: Row;
  /** Other messages of the ticket that the search has found. */
  moreHits: number;
  me: string | null;
  here: readonly Here[];
}

/** The marks at the end of a row: who is there, what waits, whose it is and how it stands. */
export function RowMeta({ row, moreHits, me, here }: Props) {
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const assignee = members.find((member) => member.id === row.assignee_id);
  return (
    <span className="row-meta">
      {here.length > 0 && <RowPresence here={here} members={members} />}
      {moreHits > 0 && <span className="row-more">{texts.moreHits(formatCount(moreHits))}</span>}
      {row.draft && <PenLine size={13} role="img" aria-label={texts.draftMark} />}
      {row.not_sent && (
        <AlertTriangle size={13} className="red" role="img" aria-label={texts.notSentMark} />
      )}
      {row.pending > 0 && (
        <Clock3 size={13} className="amber" role="img" aria-label={texts.waitingMark} />
      )}
      {assignee && row.assignee_id !== me && <Assignee member={assignee} />}
      <StatePill row={row} />
    </span>
  );
}

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
