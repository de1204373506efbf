import type { WriteDb } from '../../connection.ts';

/**
 * The indexes of the search hold folded texts (core/folding.ts), so their tokenizer only cuts at
 * ASCII; numbers stand in them without separators too. What they held was folded by SQLite's own
 * table: it is indexed again behind the work, since `meta.folding` does not say yet how they are
 * folded.
 */
export function up(db: WriteDb): void {
  const contentless = "content='', contentless_delete=1, tokenize='ascii'";
  db.exec(`
    drop table message_search;
    drop table ticket_search;
    drop table message_parts;
    drop table ticket_parts;
    create virtual table message_search using fts5(text, numbers, ${contentless}, prefix='2 3');
    create virtual table ticket_search
      using fts5(subject, requester_name, requester_email, tags, numbers, ${contentless},
      prefix='2 3');
    create virtual table message_parts using fts5(parts, ${contentless}, prefix='1');
    create virtual table ticket_parts using fts5(parts, ${contentless}, prefix='1');
    delete from search_words;
  `);
  for (const index of ['message_search', 'message_parts', 'ticket_search', 'ticket_parts']) {
    db.exec(`
      insert into ${index} (${index}, rank) values ('automerge', 0);
      insert into ${index} (${index}, rank) values ('crisismerge', 1000);
      insert into ${index} (${index}, rank) values ('usermerge', 8);
      insert into ${index} (${index}, rank) values ('hashsize', 8388608);
    `);
  }
}
