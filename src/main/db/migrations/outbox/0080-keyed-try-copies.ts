import type { WriteDb } from '../../open.ts';

/**
 * The copy in which the version of a try was known has a name, since its number begins again with each new cache. Of what was tried
 * before this, nothing can be compared any more.
 */
export function up(db: WriteDb): void {
  db.exec(`
    alter table keyed_tries drop column generation;
    alter table keyed_tries add column copy text;
  `);
}
