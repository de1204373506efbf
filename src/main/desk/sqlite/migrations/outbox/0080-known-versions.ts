import type { WriteDb } from '../../connection.ts';

/**
 * The version of its ticket that was known when an operation was made, and the full copy that it
 * is from. Until now this was noted at the first try, which an older data folder that is put back
 * has not seen. Operations that already wait have nothing to compare.
 */
export function up(db: WriteDb): void {
  db.exec(`
    create table known_versions (operation_id text primary key, version integer not null,
      copy text not null) without rowid;
    alter table keyed_tries drop column version;
    alter table keyed_tries drop column generation;
  `);
}
