import type { WriteDb } from './connection.ts';

/** Where an account keeps what is its own: outbox.db, and the key that its rows stand under. */
export interface OwnRows {
  db: WriteDb;
  key: string;
}
