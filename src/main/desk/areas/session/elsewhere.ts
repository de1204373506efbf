import type { WorkElsewhere } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { StoredAccount } from './accounts.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import { moveAccount, unsentWork, type Unsent } from './unsent.ts';

/**
 * Work that waits for another server than the one at `address`. Signed out it is that of every
 * account, without a word of whose; signed in it is that of the same account alone. `displaced`:
 * the server that another one has taken the place of, at the same address.
 */
export function workElsewhere(
  db: ReadDb,
  address: string,
  mine: StoredAccount | null,
  displaced: string | null,
): WorkElsewhere[] {
  return unsentWork(db)
    .filter((unsent) => (mine ? isTheirs(unsent, mine) : isAway(unsent, address, displaced)))
    .map(({ accountKey, account, waiting, drafts }) => ({
      key: accountKey,
      server: account?.server.address ?? null,
      waiting,
      drafts,
      can_take_over: mine !== null,
    }));
}

function isAway({ account }: Unsent, address: string, displaced: string | null): boolean {
  return account === null || account.server.address !== address || account.server.key === displaced;
}

/**
 * Of this account at another server; one whose server is not known any more has at least its id in
 * its name.
 */
function isTheirs({ accountKey, account }: Unsent, mine: StoredAccount): boolean {
  if (accountKey === mine.key) return false;
  return account
    ? account.id === mine.account.id
    : accountKey === mine.account.id || accountKey.endsWith(` ${mine.account.id}`);
}

/**
 * By the agent's word that both are one server. Throws BridgeError 'invalid-input' for what is not
 * theirs.
 */
export function takeOver(db: WriteDb, mine: StoredAccount, accountKey: string): void {
  if (!unsentWork(db).some((unsent) => unsent.accountKey === accountKey && isTheirs(unsent, mine)))
    throw new BridgeError('invalid-input', { message: 'no work of this account there' });
  moveAccount(db, accountKey, mine.key);
}
