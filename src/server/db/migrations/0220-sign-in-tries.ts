import type { Tx } from '../pool.ts';

/**
 * Tries to sign in, counted for all API processes together, and the places from which an account
 * has signed in.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(`
    -- Unlogged: a crash of PostgreSQL forgets the tries of the last minute, and no sign-in waits
    -- for the disk because of them.
    create unlogged table sign_in_tries (
      -- A hash: what was typed as an address may be a password.
      key bytea primary key,
      ends_at timestamptz not null,
      tries integer not null
    );
    create index sign_in_tries_end on sign_in_tries (ends_at);

    create table sign_in_places (
      user_id uuid not null references users on delete cascade,
      -- An IPv4 address or the /64 of an IPv6 one.
      place text not null,
      used_at timestamptz not null default now(),
      primary key (user_id, place)
    );
  `);
}
