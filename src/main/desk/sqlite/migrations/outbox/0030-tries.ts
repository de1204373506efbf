import type { WriteDb } from '../../connection.ts';

/**
 * Tries to send without an idempotency key, written before the request goes out: what the thread
 * held then is the only way to tell later whether the message arrived, also after a crash.
 */
export function up(db: WriteDb): void {
  db.exec(`create table tries (
    operation_id text primary key,
    -- JSON array of the message ids that the thread had before.
    known text not null,
    doubt text not null
  ) without rowid;`);
}
