import { randomBytes, randomUUID } from 'node:crypto';
import type { Tx } from '../pool.ts';

const wireTime = `
  -- Wire times keep their microseconds, which a JavaScript Date cannot.
  create function wire_time(at timestamptz) returns text language sql immutable strict as
    $$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;
`;

const serverSettings = `
  create table server_settings (name text primary key, value text not null);
`;

const users = `
  create table users (
    id uuid primary key default gen_random_uuid(),
    email text not null check (email = lower(email)),
    username text not null,
    hashed_password text,
    full_name text not null,
    role text not null check (role in ('customer', 'staff', 'admin')),
    is_active boolean not null default true,
    is_superuser boolean not null generated always as (role = 'admin') stored,
    created_at timestamptz not null default clock_timestamp(),
    last_login timestamptz,
    xid xid8 not null default pg_current_xact_id()
  );
  create unique index users_email on users (email);
  create index users_staff_feed on users (xid, id) where role <> 'customer';
`;

const sessions = `
  create table sessions (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users on delete cascade,
    created_at timestamptz not null default clock_timestamp(),
    revoked_at timestamptz
  );
  create index sessions_user on sessions (user_id);
`;

const refreshTokens = `
  create table refresh_tokens (
    hash bytea primary key,
    session_id uuid not null references sessions on delete cascade,
    expires_at timestamptz not null,
    used_at timestamptz
  );
  create index refresh_tokens_session on refresh_tokens (session_id);
`;

/** People, their sessions and the keys that this installation signs with. */
export async function up(tx: Tx): Promise<void> {
  await tx.query(wireTime);
  await tx.query(serverSettings);
  await tx.query(users);
  await tx.query(sessions);
  await tx.query(refreshTokens);
  const settings = { signing_key: randomBytes(32).toString('base64url'), epoch: randomUUID() };
  for (const [name, value] of Object.entries(settings))
    await tx.query('insert into server_settings (name, value) values ($1, $2)', [name, value]);
}
