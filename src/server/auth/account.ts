import { logSession } from '../audit/log.ts';
import { row, type Pool } from '../db/pool.ts';
import { isForeignHash, verifyForeign } from './foreign-password.ts';
import { hashPassword, verifyPassword } from './password.ts';

export interface Account {
  id: string;
  email: string;
  hashed_password: string | null;
  is_active: boolean;
}

/** `forms`: the spellings of an email address, the preferred one first. */
export function findAccount(pool: Pool, forms: string[]): Promise<Account | null> {
  return row<Account>(
    pool,
    `
      select id, email, hashed_password, is_active
      from users
      where email = any($1)
      order by array_position($1, email) limit 1`,
    [forms],
  );
}

/**
 * Checks a password. Null if it is wrong, or if the account is closed or does not exist; each takes
 * the same time. `address`: the caller's, for the audit log.
 */
export async function proveAccount(
  pool: Pool,
  account: Account | null,
  { password, address }: { password: string; address: string },
): Promise<Account | null> {
  const right = await verifyPassword(password, account?.hashed_password ?? null);
  if (account && right && account.is_active) {
    await upgradeHash(pool, account, password);
    return account;
  }
  if (!isImported(account)) await workAsImported(pool, password);
  // Logged also if there is no account, so that the time does not show it.
  await logSession(pool, {
    action: 'sign_in_failed',
    actorId: null,
    entityId: account?.id ?? null,
    address,
  });
  return null;
}

const isImported = (account: Account | null): boolean =>
  isForeignHash(account?.hashed_password ?? '');

/** Replaces the hash of another server with our own, now that the password is known. */
async function upgradeHash(pool: Pool, account: Account, password: string): Promise<void> {
  if (!isImported(account)) return;
  await pool.query('update users set hashed_password = $2 where id = $1 and hashed_password = $3', [
    account.id,
    await hashPassword(password),
    account.hashed_password,
  ]);
}

/**
 * While there are imported hashes, every wrong password takes as long as checking one of them, so
 * that the time does not show which accounts were imported.
 */
async function workAsImported(pool: Pool, password: string): Promise<void> {
  const sample = await row<{ hash: string }>(
    pool,
    "select hashed_password as hash from users where hashed_password like '$%' limit 1",
  );
  if (sample) await verifyForeign(password, sample.hash);
}
