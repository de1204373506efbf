import { PencilLine } from 'lucide-react';
import { useAbility, useStoreOf } from '../../stores-context.tsx';
import type { Here } from './presence-store.ts';
import { texts } from '../../texts.ts';
import { Avatar } from '../../kit/avatar.tsx';

const nobody: readonly Here[] = [];

/**
 * Colleagues who have the open ticket in front of them. Quiet: it stops nobody; only that someone
 * is replying is read out.
 */
export function HeaderPresence({ ticketId }: { ticketId: string }) {
  const here = useStoreOf(
    (s) => s.presence,
    (state) => state.here[ticketId] ?? nobody,
  );
  const known = useStoreOf(
    (s) => s.presence,
    (state) => state.known,
  );
  const offline = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.phase === 'offline',
  );
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const able = useAbility('presence');
  const nameOf = ({ staff_id }: Here): string =>
    members.find((member) => member.id === staff_id)?.name ?? texts.colleague;
  // The line is short: the first name, where it can only be one person.
  const firstOf = (name: string): string => name.split(' ')[0] ?? name;
  const shortName = (one: Here): string =>
    members.filter((member) => firstOf(member.name) === firstOf(nameOf(one))).length === 1
      ? firstOf(nameOf(one))
      : nameOf(one);
  const replying = here.filter((one) => one.state === 'replying');
  const viewing = here.filter((one) => one.state === 'viewing');
  const names = (list: readonly Here[]): string => list.map((one) => shortName(one)).join(', ');
  const replyingText =
    replying.length > 0 ? texts.presence.replying(names(replying), replying.length) : '';
  return (
    <>
      <span
        className={replying.length > 0 ? 'present present-replying' : 'present'}
        title={here.length > 0 ? here.map((one) => nameOf(one)).join(', ') : undefined}
      >
        {here.slice(0, 4).map((one) => (
          <Avatar key={one.staff_id} name={nameOf(one)} size={18} />
        ))}
        {replying.length > 0 && <PencilLine size={12} aria-hidden="true" />}
        {replying.length === 0 && viewing.length > 0 && (
          <span dir="auto">{texts.presence.viewing(names(viewing), viewing.length)}</span>
        )}
        <span dir="auto" aria-live="polite">
          {replyingText}
        </span>
      </span>
      {able && !known && offline && (
        <span className="present present-unknown">{texts.presence.unknown}</span>
      )}
    </>
  );
}
