import pg from 'pg';
import { freshDatabase } from './database.ts';

/** A database as the existing level-1 service has it, with its tables for support. */
export interface OriginDatabase {
  url: string;
  /** The address of a user who may read these tables and nothing else. */
  readerUrl: string;
  run<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>;
  /** All that is in it, to be compared. */
  contents(): Promise<string>;
  drop(): Promise<void>;
}

const schema = `
  create table users (
    id uuid primary key default gen_random_uuid(), email varchar(255) unique not null, username varchar(100) unique not null, hashed_password varchar(255) not null,
    full_name varchar(255), is_active boolean default true, is_superuser boolean default false, created_at timestamptz default now(), updated_at timestamptz default now(), last_login timestamptz
  );
  create table support_tickets (
    id uuid primary key default gen_random_uuid(), user_id uuid not null references users on delete cascade, subject varchar(200) not null, category varchar(50) not null,
    priority varchar(20) default 'medium', status varchar(20) default 'open', created_at timestamp default now(), updated_at timestamp default now(), resolved_at timestamp, last_message_at timestamp
  );
  create table support_messages (
    id uuid primary key default gen_random_uuid(), ticket_id uuid not null references support_tickets on delete cascade, user_id uuid references users, staff_id uuid,
    message text not null, is_internal boolean default false, created_at timestamp default now()
  );
  create table faq_items (
    id uuid primary key default gen_random_uuid(), category varchar(50) not null, question text not null, answer text not null, display_order integer default 0,
    is_published boolean default true, created_at timestamp default now(), updated_at timestamp default now()
  );
`;
const tables = ['users', 'support_tickets', 'support_messages', 'faq_items'];

export async function originDatabase(): Promise<OriginDatabase> {
  const { url, drop } = await freshDatabase();
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  await pool.query(schema);
  const reader = `reader_${new URL(url).pathname.slice(1)}`;
  await pool.query(`create role ${reader} login password 'reads only'`);
  await pool.query(`grant select on all tables in schema public to ${reader}`);
  const readerUrl = new URL(url);
  Object.assign(readerUrl, { username: reader, password: encodeURIComponent('reads only') });
  return {
    url,
    readerUrl: readerUrl.href,
    run: async (sql, values = []) => (await pool.query(sql, values)).rows,
    async contents() {
      const parts = await Promise.all(
        tables.map(
          async (table) =>
            (await pool.query(`select to_jsonb(t) as row from ${table} t order by id`)).rows,
        ),
      );
      return JSON.stringify(parts);
    },
    async drop() {
      await pool.query(`drop owned by ${reader}`);
      await pool.query(`drop role ${reader}`);
      await pool.end();
      await drop();
    },
  };
}
