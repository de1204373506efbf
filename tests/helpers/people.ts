import type { TokenPair } from '../../src/contract/wire/api.ts';
import { hashPassword } from '../../src/server/auth/password.ts';
import { createTokens } from '../../src/server/auth/tokens.ts';
import { insertUser, type NewUser } from '../../src/server/areas/people/users.ts';
import { transaction, type Pool, type Queryable } from '../../src/server/db/pool.ts';
import { readSettings } from '../../src/server/db/settings.ts';

export const testPassword = 'correct horse battery';

/** A real hash takes a fifth of a second of a core, so each password is hashed once a worker. */
const hashes = new Map<string, Promise<string>>();

/** Adds a person who can sign in with the password. */
export async function addPerson(
  db: Queryable,
  { password, ...person }: Omit<NewUser, 'password'> & { password: string },
): Promise<{ id: string }> {
  const hash = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, hash);
  const made = await insertUser(db, { ...person, hashed: await hash });
  if (made === null) throw new Error(`${person.email} is there already.`);
  return made;
}

/** A session of theirs as a sign-in opens it, without the time that checking a password takes. */
export async function openSession(pool: Pool, userId: string): Promise<TokenPair> {
  const { signingKey } = await readSettings(pool);
  return transaction(pool, (tx) => createTokens(pool, signingKey).open(tx, userId, '127.0.0.1'));
}
