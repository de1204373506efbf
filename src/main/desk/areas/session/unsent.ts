import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import { accountByKey } from './accounts.ts';
import { moveAccountDrafts } from '../compose/drafts.ts';
import { moveAccountOperations } from '../outbox/operations.ts';
import type { KnownServer } from './servers.ts';
import { moveLocalSnoozes } from '../triage/snoozes-table.ts';

/** Work of an account that has not reached its server yet. */
export interface Unsent {
  accountKey: string;
  /** Null: which account it is of is not known any more, as after the file was damaged. */
  account: { id: string; server: KnownServer } | null;
  waiting: number;
  drafts: number;
}

interface Row {
  account_id: string;
  waiting: number;
  drafts: number;
}

export function unsentWork(db: ReadDb): Unsent[] {
  return db
    .prepare<[], Row>(`
    select account_id, sum(waiting) as waiting, sum(drafts) as drafts from (
      select account_id, 1 as waiting, 0 as drafts from operations where state not in ('acked', 'discarded')
      union all select account_id, 0, 1 from drafts
    ) group by account_id order by account_id`)
    .all()
    .map(({ account_id: accountKey, waiting, drafts }) => {
      const stored = accountByKey(db, accountKey);
      return {
        accountKey,
        account: stored && { id: stored.account.id, server: stored.server },
        waiting,
        drafts,
      };
    });
}

/** Gives all that stands under one account to another one; what that has itself stays. */
export function moveAccount(db: WriteDb, fromKey: string, toKey: string): void {
  db.transaction(() => {
    moveAccountOperations(db, fromKey, toKey);
    moveAccountDrafts(db, fromKey, toKey);
    db.prepare(`
      insert into read_marks (account_id, ticket_id, read_through)
      select ?, ticket_id, read_through from read_marks where account_id = ?
      on conflict do update set read_through = max(read_through, excluded.read_through)`).run(
      toKey,
      fromKey,
    );
    db.prepare('delete from read_marks where account_id = ?').run(fromKey);
    db.prepare('update or ignore kept_unread set account_id = ? where account_id = ?').run(
      toKey,
      fromKey,
    );
    db.prepare('update bulks set account_id = ? where account_id = ?').run(toKey, fromKey);
    moveLocalSnoozes(db, fromKey, toKey);
  });
}
