import { fitOf, type Fit, type Told } from '../../../../core/server-identity.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import type { StoredAccount } from './accounts.ts';
import { knownServers, rememberServer } from './servers.ts';

/**
 * Compares how the server at `address` describes itself with the account's own server, and notes
 * what is new of it. `onFault`: that could not be written.
 */
export function judgeServer(
  db: WriteDb,
  account: StoredAccount,
  address: string,
  told: Told,
  onFault: (error: unknown) => void,
): Fit {
  const mine = account.server;
  const fit = fitOf(knownServers(db), mine, address, told);
  const isNew =
    told !== null &&
    (mine.identity?.installation !== told.installation || mine.identity.history !== told.history);
  if (fit === 'same' && isNew) {
    account.server = { ...mine, identity: told };
    try {
      rememberServer(db, account.server);
    } catch (error) {
      onFault(error);
    }
  }
  return fit;
}

/**
 * Whether a server has said at this address which one it is. None unlearns that; one of level 1
 * never knew, and names no roles either.
 */
export function hasSaidBefore(db: ReadDb, address: string): boolean {
  return knownServers(db).some((known) => known.address === address && known.identity !== null);
}
