import type { WriteDb } from '../../open.ts';
import { fillWords } from '../../search-words.ts';

/** The words of the search, so that those that begin as was typed can be asked for by name. */
export function up(db: WriteDb): void {
  db.exec('create table search_words (word text primary key) without rowid');
  fillWords(db, ['message_search', 'ticket_search']);
}
