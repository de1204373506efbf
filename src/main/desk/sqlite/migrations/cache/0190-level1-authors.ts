import type { WriteDb } from '../../connection.ts';

/**
 * Until now every message of a level-1 server that names its author as a user was kept as a
 * customer's, the agent's own too. Their threads are read again, which puts each author on their
 * side. Only such servers have marks of threads.
 */
export function up(db: WriteDb): void {
  db.exec('delete from threads_read');
}
