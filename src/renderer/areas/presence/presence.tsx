import { PencilLine } from 'lucide-react';
import type { StaffMember } from '../../../contract/wire/entities.ts';
import { useStoreOf } from '../../stores-context.tsx';
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
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const names = (state: Here['state']): string[] =>
    here.filter((one) => one.state === state).map((one) => shortName(one, members));
  const replying = names('replying');
  const viewing = names('viewing');
  return (
    <>
      <span
        className={replying.length > 0 ? 'present present-replying' : 'present'}
        title={here.length > 0 ? here.map((one) => nameOf(one, members)).join(', ') : undefined}
      >
        {here.slice(0, 4).map((one) => (
          <Avatar key={one.staff_id} name={nameOf(one, members)} size={18} />
        ))}
        {replying.length > 0 && <PencilLine size={12} aria-hidden="true" />}
        {replying.length === 0 && viewing.length > 0 && (
          <span dir="auto">{texts.presence.viewing(viewing.join(', '), viewing.length)}</span>
        )}
        <span dir="auto" aria-live="polite">
          {replying.length > 0 && texts.presence.replying(replying.join(', '), replying.length)}
        </span>
      </span>
    </>
  );
}

const nameOf = ({ staff_id: id }: Here, members: readonly StaffMember[]): string =>
  members.find((member) => member.id === id)?.name ?? texts.colleague;

const firstOf = (name: string): string => name.split(' ')[0] ?? name;

/** The line is short: the first name, where it can only be one person. */
function shortName(one: Here, members: readonly StaffMember[]): string {
  const name = nameOf(one, members);
  const isOnly = members.filter((member) => firstOf(member.name) === firstOf(name)).length === 1;
  return isOnly ? firstOf(name) : name;
}
