import { randomBytes } from 'node:crypto';
import { hashPassword } from './auth/password.ts';
import type { Queryable } from './db/pool.ts';
import { row } from './db/pool.ts';

export interface NewUser { email: string; name: string; role: 'customer' | 'staff' | 'admin'; password: string | null }

/** Adds a person who can sign in; answers the id and, where none was given, the password made for them. Throws when the email is taken or none. */
export async function addUser(db: Queryable, user: NewUser): Promise<{ id: string; password: string }> {
  const password = user.password ?? randomBytes(12).toString('base64url');
  const email = user.email.toLowerCase();
  if (!/^[^@\s]+@[^@\s]+$/.test(email) || email.length > 254) throw new Error(`"${user.email}" is not an email address. Give one like you@example.com.`);
  const made = await insertUser(db, { ...user, email, password });
  if (!made) throw new Error(`There is already a user with the email ${email}. Use another one.`);
  return { id: made.id, password };
}

/** The row alone; null when the email is taken. The work is the same then. */
export async function insertUser(db: Queryable, { email, name, role, password }: NewUser & { password: string }): Promise<{ id: string } | null> {
  return await row<{ id: string }>(db, `insert into users (email, username, full_name, role, hashed_password) values ($1, $2, $3, $4, $5)
    on conflict (email) do nothing returning id`, [email, email.split('@')[0], name, role, await hashPassword(password)]) ?? null;
}
