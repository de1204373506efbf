import type { Counts } from './counts.ts';
import type { ImportResult } from './index.ts';

/** The result of an import, a line for each kind. */
export function importLines({
  users,
  tickets,
  messages,
  faq,
  unknownPasswords,
}: ImportResult): string[] {
  const line = (name: string, { found, added, updated, kept }: Counts): string => {
    const same = found - added - updated - kept;
    const both = kept > 0 ? `, ${kept} changed both there and here: kept as here` : '';
    return `${name}: ${found} found, ${added} added, ${updated} updated, ${same} already here${both}`;
  };
  const lines = [
    line('Users', users),
    line('Tickets', tickets),
    line('Messages', messages),
    line('FAQ', faq),
  ];
  if (unknownPasswords === 1)
    lines.push('1 user has a password of a kind that cannot be checked here, and needs a new one.');
  if (unknownPasswords > 1)
    lines.push(
      `${unknownPasswords} users have a password of a kind that cannot be checked here, and need a new one.`,
    );
  return lines;
}
