import type { Tx } from '../pool.ts';

/**
 * What was taken over from another service, so that it can be taken over again: how the row was
 * there, and how it was here afterwards. A row that is not so here any more was changed here since,
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
