import { z } from 'zod';
import type { WriteDb } from '../../connection.ts';
import { hashV20, type HashedRow } from '../../row-hash.ts';

export const OldAccount = z.object({
  id: z.string(),
  server: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  read_baseline: z.number().nullable(),
});
export type OldAccount = z.infer<typeof OldAccount>;
interface Row extends HashedRow {
  sha256: string;
}

const keyed = ['operations', 'drafts', 'draft_versions', 'read_marks', 'bulks'] as const;
const namedSettings = ['settings', 'snoozes', 'recent-searches'] as const;

/**
 * Servers are known by what they say they are; accounts, and all that has an `account_id`, belong
 * to one of them: the value is an account's key, no longer its id at the server. What stands under
 * an id without an account stays so, and is offered to be taken over. `aged_from` is when (ms) a
 * trusted server time first met a row that age removes.
 */
export function up(db: WriteDb): void {
  db.exec(`
    create table servers (
      -- The address under which it was met first, with a number where another one had that before.
      key text primary key,
      address text not null,
      -- As it says itself; null for one that does not say.
      installation text,
      history text
    ) without rowid;

    alter table accounts rename to old_accounts;
    create table accounts (
      key text primary key,
      server_key text not null references servers (key),
      id text not null,
      email text not null,
      name text not null,
      role text not null,
      read_baseline integer,
      -- Where the secret store has the token from before servers were told apart; null for none.
      old_secret text,
      unique (server_key, id)
    ) without rowid;

    alter table operations add column aged_from integer;
    alter table draft_versions add column aged_from integer;
    alter table bulks add column aged_from integer;
  `);
  for (const row of db.prepare<[]>('select * from old_accounts').all())
    keyAccount(db, OldAccount.parse(row));
  db.exec('drop table old_accounts');
}

/** Gives an account of before its key, and all that stands under its id. */
export function keyAccount(
  db: WriteDb,
  { id, server, email, name, role, read_baseline }: OldAccount,
): void {
  const key = `${server} ${id}`;
  db.prepare('insert or ignore into servers (key, address) values (?, ?)').run(server, server);
  db.prepare(
    `
      insert or ignore into accounts (key, server_key, id, email, name, role, read_baseline,
        old_secret)
      values (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(key, server, id, email, name, role, read_baseline, id);
  const rows = db.prepare<[string], Row>('select * from operations where account_id = ?').all(id);
  const seal = db.prepare('update operations set sha256 = ? where seq = ?');
  for (const table of keyed)
    db.prepare(`update ${table} set account_id = ? where account_id = ?`).run(key, id);
  // A row whose hash was wrong already keeps it, and so stays unreadable.
  for (const row of rows)
    if (row.sha256 === hashV20(row)) seal.run(hashV20({ ...row, account_id: key }), row.seq);
  for (const setting of namedSettings)
    db.prepare('update settings set name = ? where name = ?').run(
      `${setting} ${key}`,
      `${setting} ${id}`,
    );
  db.prepare("update settings set value = ? where name = 'current-account' and value = ?").run(
    key,
    id,
  );
}
