import { randomBytes } from 'node:crypto';
import { canonicalEmail } from '../../auth/email.ts';
import { hashPassword } from '../../auth/password.ts';
import { cleanName } from '../../auth/person-name.ts';
import { row, type Queryable } from '../../db/pool.ts';

export interface NewUser {
  email: string;
  name: string;
  role: 'customer' | 'staff' | 'admin';
  password: string | null;
}

/**
 * Adds a person who can sign in. Returns the id, and the generated password if none was given.
 * Throws if the email address is taken or invalid.
 */
export async function addUser(
  db: Queryable,
  user: NewUser,
): Promise<{ id: string; password: string }> {
  const password = user.password ?? randomBytes(12).toString('base64url');
  const email = canonicalEmail(user.email);
  if (email === null)
    throw new Error(`"${user.email}" is not an email address. Give one like you@example.com.`);
  const name = cleanName(user.name);
  if (name === null)
    throw new Error(`"${user.name}" cannot be shown as a name. Give one of up to 100 letters.`);
  const made = await insertUser(db, {
    email,
    name,
    role: user.role,
    hashed: await hashPassword(password),
  });
  if (!made) throw new Error(`There is already a user with the email ${email}. Use another one.`);
  return { id: made.id, password };
}

/** Adds only the row, with the hash of a password; null if the email address is taken. */
export async function insertUser(
  db: Queryable,
  { email, name, role, hashed }: Pick<NewUser, 'email' | 'name' | 'role'> & { hashed: string },
): Promise<{ id: string } | null> {
  return (
    (await row<{ id: string }>(
      db,
      `insert into users (email, username, full_name, role, hashed_password) values ($1, $2, $3, $4, $5)
    on conflict (email) do nothing returning id`,
      [email, email.split('@')[0], name, role, hashed],
    )) ?? null
  );
}
