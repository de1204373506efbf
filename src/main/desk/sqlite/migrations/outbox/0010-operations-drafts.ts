import type { WriteDb } from '../../connection.ts';

const settings = `
    create table settings (name text primary key, value text not null) without rowid;
`;

const accounts = `
    create table accounts (
      id text primary key,
      server text not null,
      email text not null,
      name text not null,
      role text not null,
      -- Customer messages up to this server time (ms) count as read on a new desk; null until the first sync has begun.
      read_baseline integer
    ) without rowid;
`;

const operations = `
    create table operations (
      seq integer primary key autoincrement,
      id text not null unique,
      account_id text not null,
      ticket_id text not null,
      kind text not null,
      payload text not null,
      payload_version integer not null,
      sha256 text not null,
      state text not null,
      attempts integer not null default 0,
      created_at integer not null,
      settled_at integer,
      parked_reason text,
      parked_detail text,
      server_id text
    );
    create index operations_open on operations (account_id, ticket_id, seq)
    where state in ('queued', 'inflight', 'parked');
`;

const drafts = `
    create table drafts (
      account_id text not null,
      ticket_id text not null,
      kind text not null,
      text text not null,
      saved_at integer not null,
      primary key (account_id, ticket_id, kind)
    ) without rowid;
`;

const readMarks = `
    create table read_marks (
      account_id text not null,
      ticket_id text not null,
      read_through integer not null,
      primary key (account_id, ticket_id)
    ) without rowid;
`;

/**
 * Data that must never be lost: operations (waiting, sent and discarded), drafts, read marks,
 * accounts and settings.
 */
export function up(db: WriteDb): void {
  for (const sql of [settings, accounts, operations, drafts, readMarks]) db.exec(sql);
}
