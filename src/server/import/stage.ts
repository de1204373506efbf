import type { Tx } from '../db/pool.ts';

/** The temporary tables for the rows of the source, before they are compared with ours. */
const tables = {
  in_users:
    'id uuid primary key, email text, username text, hashed_password text, full_name text, ' +
    'role text, is_active boolean, created_at timestamptz, last_login timestamptz, mark ' +
    'text',
  in_tickets:
    'id uuid primary key, user_id uuid, subject text, category text, priority text, status ' +
    'text, created_at timestamptz, updated_at timestamptz, resolved_at timestamptz, mark ' +
    'text',
  in_messages:
    'id uuid primary key, ticket_id uuid, user_id uuid, staff_id uuid, message text, ' +
    'is_internal boolean, created_at timestamptz, preview text, mark text',
  in_faq:
    'id uuid primary key, category text, question text, answer text, "order" integer, ' +
    'created_at timestamptz, updated_at timestamptz, mark text',
};
export type StageTable = keyof typeof tables;

export async function stageTables(tx: Tx): Promise<void> {
  for (const [name, columns] of Object.entries(tables))
    await tx.query(`create temporary table ${name} (${columns}) on commit drop`);
  await tx.query(
    'create temporary table touched (id uuid primary key, has_new_words boolean not null) on commit drop',
  );
}

export async function stage(tx: Tx, table: StageTable, rows: readonly object[]): Promise<void> {
  await tx.query(
    `
      insert into ${table}
      select *
      from jsonb_to_recordset($1::jsonb) as r(${tables[table].replace(' primary key', '')})`,
    [JSON.stringify(rows)],
  );
}

/** The result of a `select count(*)`. */
export async function count(tx: Tx, query: string): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(`select count(*)::int as n from ${query}`);
  return rows[0]?.n ?? 0;
}
