import { createHash } from 'node:crypto';
import { row, type Pool, type Queryable } from '../db/pool.ts';
import type { Limits } from '../http/limits.ts';
import { problems } from '../http/problem.ts';

/**
 * Counts tries to sign in and to register. The counts are in the database, so that the limits hold
 * for all API processes together.
 */
export interface Tries {
  /**
   * Counts a try on an account from a place. Throws Problem 429. A place from which the account has
   * signed in before has its own count, so that wrong tries elsewhere cannot lock its owner out.
   */
  signIn(email: string, place: string): Promise<Try>;
  /** Counts a registration from a place, which is a try on the account too. Throws Problem 429. */
  register(email: string, place: string): Promise<Try>;
}

export interface Try {
  /** The try was right: it no longer counts against the account, and its place becomes known. */
  succeeded(tx: Queryable, userId: string): Promise<void>;
}

const minute = 60;
const hour = 3_600;
/** A known place is forgotten after this time without use; an account keeps only the newest ones. */
const placeDays = 90;
const mostPlaces = 20;

export function createTries(pool: Pool, limits: Limits): Tries {
  async function onAccount(email: string, place: string): Promise<Try> {
    const account = (await isKnown(pool, email, place))
      ? `account ${email} at ${place}`
      : `account ${email}`;
    const key = await count(pool, account, { max: limits.loginPerAccount, seconds: minute });
    return {
      async succeeded(tx, userId) {
        await tx.query('update sign_in_tries set tries = greatest(tries - 1, 0) where key = $1', [
          key,
        ]);
        await remember(tx, userId, place);
      },
    };
  }

  const perAddress = { max: limits.loginPerAddress, seconds: minute };
  const registrations = { max: limits.registerPerAddress, seconds: hour };
  return {
    async signIn(email, place) {
      await count(pool, `address ${place}`, perAddress);
      return onAccount(email, place);
    },
    async register(email, place) {
      await count(pool, `address ${place}`, perAddress);
      await count(pool, `registrations ${place}`, registrations);
      return onAccount(email, place);
    },
  };
}

/** Counts a try under a name. Throws Problem 429 if there were more than `max` in `seconds`. */
async function count(
  pool: Pool,
  name: string,
  { max, seconds }: { max: number; seconds: number },
): Promise<Buffer> {
  const key = createHash('sha256').update(name).digest();
  const counted = await row<{ tries: number; left: number }>(
    pool,
    `
      with old as (delete from sign_in_tries where key = any(array(select key from sign_in_tries
        where ends_at < now() - interval '1 minute' limit 20)) and key <> $1)
      insert into sign_in_tries as t (key, ends_at, tries) values ($1, now() + make_interval(secs => $2), 1)
      on conflict (key) do update
      set tries = case when t.ends_at <= now() then 1 else t.tries + 1 end, ends_at = case
        when t.ends_at <= now() then excluded.ends_at else t.ends_at end
      returning tries, extract(epoch from ends_at - now())::float8 as left`,
    [key, seconds],
  );
  if (!counted || counted.tries > max) throw problems.tooMany(counted?.left ?? seconds);
  return key;
}

/** True if the account has signed in from this place. */
async function isKnown(pool: Pool, email: string, place: string): Promise<boolean> {
  const known = await row(
    pool,
    `
      select 1 from sign_in_places p join users u on u.id = p.user_id
      where u.email = $1 and p.place = $2 and p.used_at > now() - make_interval(days => $3)`,
    [email, place, placeDays],
  );
  return known !== null;
}

async function remember(tx: Queryable, userId: string, place: string): Promise<void> {
  await tx.query(
    `
      insert into sign_in_places (user_id, place) values ($1, $2)
      on conflict (user_id, place) do update set used_at = now()`,
    [userId, place],
  );
  await tx.query(
    `
      delete from sign_in_places
      where user_id = $1 and place not in (select place from sign_in_places where user_id = $1
        order by used_at desc limit $2)`,
    [userId, mostPlaces],
  );
}
