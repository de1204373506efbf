import type { Tx } from '../pool.ts';

/**
 * The rows imported from another service, so that an import can be repeated: a mark of the row
 * there, and of the row here afterwards. A row that no longer has that mark was changed here since,
 * and stays. See import/.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(`
    create table imported_rows (
      kind text not null check (kind in ('user', 'ticket', 'message', 'faq')),
      id uuid not null,
      source_mark text not null,
      own_mark text not null,
      -- Of a user: the hash of the hash, since a sign-in changes it and nothing else.
      password_mark text,
      primary key (kind, id)
    );
  `);
}
