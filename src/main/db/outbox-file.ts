import { SqliteError } from 'better-sqlite3';
import { outboxMigrations } from './migrations/outbox/index.ts';
import type { WriteDb } from './open.ts';
import { openDatabase } from './open.ts';

/** outbox.db cannot be read. It is never deleted: it may hold replies that have not gone out. */
export class OutboxDamagedError extends Error {
  constructor(path: string, cause: unknown) {
    super(`The outbox ${path} is damaged. It holds what you wrote and is kept as it is: copy it, then start Staffdesk with another --data folder.`, { cause });
    this.name = 'OutboxDamagedError';
  }
}

/** Opens outbox.db with full durability and checks it. Throws OutboxDamagedError, NewerFileError. */
export function openOutbox(path: string): WriteDb {
  let db: WriteDb;
  try {
    db = openDatabase(path, 'precious', outboxMigrations);
  } catch (error) {
    if (error instanceof SqliteError && /CORRUPT|NOTADB/.test(error.code)) throw new OutboxDamagedError(path, error);
    throw error;
  }
  const verdict = db.pragma('integrity_check(1)');
  if (verdict === 'ok') return db;
  db.close();
  throw new OutboxDamagedError(path, verdict);
}
