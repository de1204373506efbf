import { join } from 'node:path';
import type { Message, StaffMember, Ticket } from '../../src/contract/wire/entities.ts';
import { rememberAccount } from '../../src/main/desk/areas/session/accounts.ts';
import { openCache } from '../../src/main/desk/sqlite/cache-file.ts';
import { writeMeta } from '../../src/main/desk/sqlite/meta.ts';
import { openOutbox } from '../../src/main/desk/sqlite/outbox-file.ts';
import { applyPage } from '../../src/main/desk/feed/apply-page.ts';
import { adoptLevel } from '../../src/main/desk/feed/servers/known.ts';

/** Nobody listens there: a desk on it is offline for good. */
export const nowhere = 'http://127.0.0.1:9';
export const maya = '00000000-0000-4000-8000-000000000001';

/**
 * A data folder as a first sync leaves it, with an account signed in: what a desk needs to work
 * without any server.
 */
export function fillDataFolder(
  dir: string,
  tickets: readonly Ticket[],
  messages: readonly Message[] = [],
  staff: readonly StaffMember[] = [],
): void {
  const { db } = openCache(join(dir, 'cache.db'));
  adoptLevel(db, {
    level: 2,
    features: ['notes', 'patch', 'reopen', 'idempotency', 'sync', 'events', 'staff'],
  });
  writeMeta(db, 'owner', `${nowhere} ${maya}`);
  const size = 1_000;
  for (let from = 0; from < Math.max(1, tickets.length); from += size) {
    const part = tickets.slice(from, from + size);
    const ids = new Set(part.map((ticket) => ticket.id));
    applyPage(
      db,
      {
        tickets: part,
        messages: messages.filter((message) => ids.has(message.ticket_id)),
        staff: [...staff],
        macros: [],
        removed: [],
        next_cursor: 'c',
        has_more: from + size < tickets.length,
      },
      maya,
      () => 0,
    );
  }
  db.close();
  const outbox = openOutbox(join(dir, 'outbox.db')).db;
  rememberAccount(
    outbox,
    { id: maya, email: 'maya@staffdesk.test', name: 'Maya Ruiz', role: 'staff' },
    nowhere,
  );
  outbox.close();
}
