import type { WriteDb } from '../../connection.ts';

/**
 * Ids that the feed has removed since the full copy began: a late answer must not bring them back.
 */
export function up(db: WriteDb): void {
  db.exec('create table removed (id text primary key) without rowid');
}
