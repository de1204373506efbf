import { z } from 'zod';
import { Account } from '../../../../contract/bridge.ts';
import { newServerKey, serverAt, type Told } from '../../../../core/server-identity.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import { knownServers, rememberServer, serverByKey, type KnownServer } from './servers.ts';

/** An account of one server on this computer. */
export interface StoredAccount {
  /**
   * Names it in this data folder: all that is stored for it stands under this, so that no other
   * server's account of the same id ever gets it.
   */
  key: string;
  account: Account;
  server: KnownServer;
  /** Where the secret store has the token from before servers were told apart; null for none. */
  oldSecret: string | null;
}

const Row = Account.extend({
  key: z.string(),
  server_key: z.string(),
  old_secret: z.string().nullable(),
});

/**
 * The account that is signed in with this data folder at this address (scheme, host and port), or
 * null.
 */
export function currentAccount(db: ReadDb, address: string): StoredAccount | null {
  const key = db
    .prepare<[], { value: string }>("select value from settings where name = 'current-account'")
    .get()?.value;
  const stored = key === undefined ? null : accountByKey(db, key);
  return stored?.server.address === address ? stored : null;
}

export function accountByKey(db: ReadDb, key: string): StoredAccount | null {
  const found = Row.safeParse(
    db
      .prepare<[string]>(
        'select key, server_key, id, email, name, role, old_secret from accounts where key = ?',
      )
      .get(key),
  );
  if (!found.success) return null;
  const { id, email, name, role, server_key, old_secret } = found.data;
  const server = serverByKey(db, server_key);
  return server && { key, account: { id, email, name, role }, server, oldSecret: old_secret };
}

/** The account as `rememberAccount` would store it; nothing is written. */
export function accountAt(
  db: ReadDb,
  account: Account,
  address: string,
  told: Told = null,
): StoredAccount {
  const servers = knownServers(db);
  const known = serverAt(servers, address, told);
  const server = {
    key: known?.key ?? newServerKey(servers, address),
    address,
    identity: told ?? known?.identity ?? null,
  };
  const key = `${server.key} ${account.id}`;
  return { key, account, server, oldSecret: accountByKey(db, key)?.oldSecret ?? null };
}

/** Signs an account of the server in that answers at `address`, and says so of itself. */
export function rememberAccount(
  db: WriteDb,
  account: Account,
  address: string,
  told: Told = null,
): StoredAccount {
  return db.transaction(() => {
    const stored = accountAt(db, account, address, told);
    const { key, server } = stored;
    rememberServer(db, server);
    db.prepare(`insert into accounts (key, server_key, id, email, name, role) values (?, ?, ?, ?, ?, ?)
      on conflict do update set email = excluded.email, name = excluded.name, role = excluded.role`).run(
      key,
      server.key,
      account.id,
      account.email,
      account.name,
      account.role,
    );
    db.prepare(
      `
        insert into settings (name, value) values ('current-account', ?)
        on conflict do update set value = excluded.value`,
    ).run(key);
    return stored;
  });
}

export function forgetCurrentAccount(db: WriteDb): void {
  db.prepare("delete from settings where name = 'current-account'").run();
}

/**
 * Until which server time (ms) a customer's message counts as read on this desk; null before the
 * first sync.
 */
export function readBaseline(db: ReadDb, accountId: string): number | null {
  const row = db
    .prepare<[string]>('select read_baseline as at from accounts where key = ?')
    .get(accountId);
  return z.object({ at: z.number().nullable() }).safeParse(row).data?.at ?? null;
}

export function setReadBaseline(db: WriteDb, accountId: string, at: number): void {
  db.prepare('update accounts set read_baseline = ? where key = ? and read_baseline is null').run(
    at,
    accountId,
  );
}

/** Until which server time (ms) the agent has read a ticket; null when never opened. */
export function readThrough(db: ReadDb, accountId: string, ticketId: string): number | null {
  return (
    db
      .prepare<[string, string], { read_through: number }>(
        'select read_through from read_marks where account_id = ? and ticket_id = ?',
      )
      .get(accountId, ticketId)?.read_through ?? null
  );
}

/**
 * Something that was not seen has a time before what was read: a merge has put it there. A new copy
 * of the server must not take it for read.
 */
export function lowerReadThrough(
  db: WriteDb,
  accountId: string,
  ticketId: string,
  at: number,
): void {
  db.prepare(
    'update read_marks set read_through = ? where account_id = ? and ticket_id = ? and read_through > ?',
  ).run(at, accountId, ticketId, at);
}

export function setReadThrough(db: WriteDb, accountId: string, ticketId: string, at: number): void {
  db.prepare(`insert into read_marks (account_id, ticket_id, read_through) values (?, ?, ?)
    on conflict do update set read_through = max(read_through, excluded.read_through)`).run(
    accountId,
    ticketId,
    at,
  );
}
