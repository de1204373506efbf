import type { WriteDb } from '../../connection.ts';

/**
 * What the feed has removed since the full copy began: an answer that comes late must not bring it
 * back.
 */
export function up(db: WriteDb): void {
  db.exec('create table removed (id text primary key) without rowid');
}
