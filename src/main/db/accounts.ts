import { z } from 'zod';
import { Account } from '../../contract/bridge.ts';
import type { ReadDb, WriteDb } from './open.ts';

/** The account that is signed in with this data folder, or null. */
export function currentAccount(db: ReadDb, server: string): Account | null {
  const row = db.prepare<[string], unknown>(`
    select a.id, a.email, a.name, a.role from accounts a join settings s on s.name = 'current-account' and s.value = a.id where a.server = ?`).get(server);
  const account = Account.safeParse(row);
  return account.success ? account.data : null;
}

export function rememberAccount(db: WriteDb, account: Account, server: string): void {
  db.transaction(() => {
    db.prepare(`insert into accounts (id, server, email, name, role) values (?, ?, ?, ?, ?)
      on conflict do update set server = excluded.server, email = excluded.email, name = excluded.name, role = excluded.role`)
      .run(account.id, server, account.email, account.name, account.role);
    db.prepare("insert into settings (name, value) values ('current-account', ?) on conflict do update set value = excluded.value").run(account.id);
  });
}

export function forgetCurrentAccount(db: WriteDb): void {
  db.prepare("delete from settings where name = 'current-account'").run();
}

/** Until which server time (ms) a customer's message counts as read on this desk; null before the first sync. */
export function readBaseline(db: ReadDb, accountId: string): number | null {
  const row = db.prepare<[string], unknown>('select read_baseline as at from accounts where id = ?').get(accountId);
  return z.object({ at: z.number().nullable() }).safeParse(row).data?.at ?? null;
}

export function setReadBaseline(db: WriteDb, accountId: string, at: number): void {
  db.prepare('update accounts set read_baseline = ? where id = ? and read_baseline is null').run(at, accountId);
}

/** Until which server time (ms) the agent has read a ticket; null when never opened. */
export function readThrough(db: ReadDb, accountId: string, ticketId: string): number | null {
  return db.prepare<[string, string], { read_through: number }>('select read_through from read_marks where account_id = ? and ticket_id = ?').get(accountId, ticketId)?.read_through ?? null;
}

export function setReadThrough(db: WriteDb, accountId: string, ticketId: string, at: number): void {
  db.prepare(`insert into read_marks (account_id, ticket_id, read_through) values (?, ?, ?)
    on conflict do update set read_through = max(read_through, excluded.read_through)`).run(accountId, ticketId, at);
}
