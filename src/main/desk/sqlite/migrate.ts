import type { WriteDb } from './connection.ts';

export interface Migration {
  version: number;
  up: (db: WriteDb) => void;
}

/**
 * A file that a newer Staffdesk has written. Opening it could lose what that version stored, so it
 * is refused.
 */
export class NewerFileError extends Error {
  constructor(found: number, known: number) {
    super(
      `This data was written by a newer Staffdesk (file version ${found}, this app knows ` +
        `${known}). Update Staffdesk, or start it with another --data folder.`,
    );
    this.name = 'NewerFileError';
  }
}

/**
 * Brings a file to the newest version, each step in one transaction with its `user_version`. Steps
 * ascend in tens.
 */
export function migrate(db: WriteDb, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
  const found = Number(db.pragma('user_version'));
  if (found > newest) throw new NewerFileError(found, newest);
  for (const { version, up } of migrations) {
    if (version <= found) continue;
    db.transaction(() => {
      up(db);
      db.pragma(`user_version = ${version}`);
    });
  }
}
