import { PencilLine } from 'lucide-react';
import type { StaffMember } from '../../../contract/wire/entities.ts';
import type { Here } from './presence-store.ts';
import { texts } from '../../texts.ts';
import { Avatar } from '../../kit/avatar.tsx';

/** Names of the colleagues who are replying to or viewing the ticket; empty for nobody. */
export function presenceLabel(here: readonly Here[], members: readonly StaffMember[]): string {
  const named = (state: Here['state']): string[] =>
    here
      .filter((one) => one.state === state)
      .map((one) => members.find((member) => member.id === one.staff_id)?.name ?? texts.colleague);
  const [replying, viewing] = [named('replying'), named('viewing')];
  return [
    replying.length > 0 ? texts.presence.replying(replying.join(', '), replying.length) : null,
    viewing.length > 0 ? texts.presence.viewing(viewing.join(', '), viewing.length) : null,
  ]
    .filter((text) => text !== null)
    .join(', ');
}

/** Their faces in a row of the list, with a pencil on those who are replying. */
export function RowPresence({
  here,
  members,
}: {
  here: readonly Here[];
  members: readonly StaffMember[];
}) {
  const label = presenceLabel(here, members);
  return (
    <span className="row-present" role="img" aria-label={label} title={label}>
      {here.slice(0, 2).map((one) => (
        <span
          key={one.staff_id}
          className={one.state === 'replying' ? 'row-face replying' : 'row-face'}
        >
          <Avatar
            name={members.find((member) => member.id === one.staff_id)?.name ?? texts.colleague}
            size={16}
          />
          {one.state === 'replying' && <PencilLine size={9} aria-hidden="true" />}
        </span>
      ))}
    </span>
  );
}
