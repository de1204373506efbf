import type { WriteDb } from '../../connection.ts';

/**
 * Canned replies, and whom a note mentions. Both came in pages that are behind the cursor already,
 * so a new full copy begins; what is cached stays readable until it is complete.
 */
export function up(db: WriteDb): void {
  db.exec(`
    create table macros (id text primary key, name text not null, text text not null,
      actions text not null) without rowid;
    alter table messages add column mentions text not null default '[]';
    update meta set value = cast(value as integer) + 1
    where name = 'generation' and exists (select 1 from meta where name = 'cursor');
    insert into meta (name, value)
    select 'generation', '2'
    where exists (select 1 from meta where name = 'cursor') and not exists (select 1 from meta
      where name = 'generation');
    update meta set value = 'running' where name = 'snapshot' and exists (select 1 from meta where name = 'cursor');
    delete from meta where name = 'cursor';
    delete from removed;
  `);
}
