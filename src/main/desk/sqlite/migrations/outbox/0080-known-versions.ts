import type { WriteDb } from '../../connection.ts';

/**
 * What was known of its ticket when an operation was made, and in which full copy. It was known at
 * the first try before, which an older data folder that is put back has not seen. Of what waits
 * already, nothing can be compared.
 */
export function up(db: WriteDb): void {
  db.exec(`
    create table known_versions (operation_id text primary key, version integer not null,
      copy text not null) without rowid;
    alter table keyed_tries drop column version;
    alter table keyed_tries drop column generation;
  `);
}
