import { AlertTriangle, Clock3, PenLine, UserX } from 'lucide-react';
import type { TicketRow as Row } from '../../../../contract/bridge.ts';
import { Avatar } from '../../../kit/avatar.tsx';
import { formatCount } from '../../../kit/format.ts';
import { useStoreOf } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import type { Here } from '../../presence/presence-store.ts';
import { RowPresence } from '../../presence/row-presence.tsx';

interface Props {
  row: Row;
  /** Other messages of the ticket that the search has found. */
  moreHits: number;
  here: readonly Here[];
}

/** The marks at the end of a row: who is there, and what the agent has not finished or sent. */
export function RowMarks({ row, moreHits, here }: Props) {
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  return (
    <span className="row-marks">
      {here.length > 0 && <RowPresence here={here} members={members} />}
      {moreHits > 0 && <span className="row-more">{texts.moreHits(formatCount(moreHits))}</span>}
      {row.draft && <PenLine size={13} role="img" aria-label={texts.draftMark} />}
      {row.not_sent && (
        <AlertTriangle size={13} className="red" role="img" aria-label={texts.notSentMark} />
      )}
      {row.pending > 0 && <Clock3 size={13} role="img" aria-label={texts.waitingMark} />}
    </span>
  );
}

const mostTags = 2;

/** The first tags, where the row has columns. */
export function RowTags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="row-tags" title={tags.join(', ')}>
      {tags.slice(0, mostTags).map((tag) => (
        <bdi key={tag} className="row-tag">
          {tag}
        </bdi>
      ))}
    </span>
  );
}

/** Whose ticket it is; nothing where the view says so already. */
export function RowAssignee({ id, isSaid }: { id: string | null; isSaid: boolean }) {
  const member = useStoreOf(
    (s) => s.staff,
    (state) => state.members.find((one) => one.id === id),
  );
  return (
    <span className="row-assignee">
      {member?.is_active === false ? (
        <Deactivated name={member.name} />
      ) : (
        !isSaid &&
        (member ? <Avatar name={member.name} size={18} /> : <Nobody known={id === null} />)
      )}
    </span>
  );
}

/** A dashed ring; nothing for a colleague whose name is not known yet. */
function Nobody({ known }: { known: boolean }) {
  return known && <i className="row-nobody" title={texts.nobody} />;
}

/** One whose account is deactivated does nothing more: the ticket waits for somebody else. */
function Deactivated({ name }: { name: string }) {
  const words = texts.deactivated(name);
  return (
    <span className="row-gone" role="img" aria-label={words} title={words}>
      <UserX size={13} aria-hidden="true" />
    </span>
  );
}
