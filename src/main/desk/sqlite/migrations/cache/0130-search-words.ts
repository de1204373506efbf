import type { WriteDb } from '../../connection.ts';

/** The words of the search, so that those that begin as was typed can be asked for by name. */
export function up(db: WriteDb): void {
  db.exec('create table search_words (word text primary key) without rowid');
  for (const index of ['message_search', 'ticket_search']) {
    db.exec(`create virtual table temp.held using fts5vocab(main, ${index}, row);
      insert or ignore into search_words (word)
      select term
      from temp.held
      where length(term) >= 4 and term not glob '[0-9]*';
      drop table temp.held`);
  }
}
