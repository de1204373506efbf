import { createHash } from 'node:crypto';
import { row, type Pool, type Queryable } from '../db/pool.ts';
import type { Limits } from '../http/limits.ts';
import { problems } from '../http/problem.ts';

/**
 * Counts tries to sign in and to register, in the database: the bounds hold for all API processes
 * together.
 */
export interface Tries {
  /**
   * Counts a try on an account from a place. Throws Problem 429. A place from which this account
   * has signed in has a count of its own there, so that nobody elsewhere can keep its owner out by
   * wrong tries.
   */
  signIn(email: string, place: string): Promise<Try>;
  /** Counts a registration from a place, which is a try on the account too. Throws Problem 429. */
  register(email: string, place: string): Promise<Try>;
}

export interface Try {
  /** It was right: it does not count against the account, and the place is known from now on. */
  succeeded(tx: Queryable, userId: string): Promise<void>;
}

const minute = 60;
const hour = 3_600;
/** A place that was not used for longer is forgotten; so are all but the newest of an account. */
const placeDays = 90;
const mostPlaces = 20;

export function createTries(pool: Pool, limits: Limits): Tries {
  /** Throws Problem 429 from the try behind the last one that `max` allows. */
  async function count(what: string, max: number, seconds: number): Promise<Buffer> {
    const key = createHash('sha256').update(what).digest();
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

  async function onAccount(email: string, place: string): Promise<Try> {
    const known = await row(
      pool,
      `
        select 1 from sign_in_places p join users u on u.id = p.user_id
        where u.email = $1 and p.place = $2 and p.used_at > now() - make_interval(days => $3)`,
      [email, place, placeDays],
    );
    const key = await count(
      known ? `account ${email} at ${place}` : `account ${email}`,
      limits.loginPerAccount,
      minute,
    );
    return {
      async succeeded(tx, userId) {
        await tx.query('update sign_in_tries set tries = greatest(tries - 1, 0) where key = $1', [
          key,
        ]);
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
      },
    };
  }

  return {
    async signIn(email, place) {
      await count(`address ${place}`, limits.loginPerAddress, minute);
      return onAccount(email, place);
    },
    async register(email, place) {
      await count(`address ${place}`, limits.loginPerAddress, minute);
      await count(`registrations ${place}`, limits.registerPerAddress, hour);
      return onAccount(email, place);
    },
  };
}
