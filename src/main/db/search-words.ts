import type { ReadDb, WriteDb } from './open.ts';

/** Shorter beginnings have an index of their own in FTS5. */
const shortest = 4;

/** Which of FTS5's words are kept: what begins with a figure is mostly a number that no other message has. */
const isKept = (word: string): string => `length(${word}) >= ${shortest} and ${word} not glob '[0-9]*'`;

/**
 * The words of the search's indexes, beside them. Asked for all words that begin so, FTS5 gathers the rows of each and puts them
 * in order before it answers the newest; asked for the same words by name it walks them newest first. Words are never taken out:
 * one that no row has any more finds nothing.
 */
export interface WordCollector {
  add(text: string): void;
  /** Before the end of the transaction that indexes the texts. */
  store(): void;
}

export function collectWords(db: WriteDb): WordCollector {
  const fresh = new Set<string>();
  let known: Known | null = null;
  return {
    add(text) {
      known ??= knownOf(db);
      for (const piece of text.split(between)) if (piece.length >= shortest && !known.pieces.has(piece) && !numbered.test(piece)) fresh.add(piece);
    },
    store() {
      if (known === null || fresh.size === 0) return;
      // FTS5 itself cuts and folds them, so that no word is other than in the indexes.
      db.prepare('insert into temp.fresh_words (rowid, text) values (1, ?)').run([...fresh].join(' '));
      db.prepare(`insert or ignore into search_words (word) select term from temp.fresh_terms where ${isKept('term')}`).run();
      db.prepare("insert into temp.fresh_words (fresh_words) values ('delete-all')").run();
      remember(db, known, fresh);
    },
  };
}

/** Words that begin so, folded as FTS5 folds them; null where they are too many to be asked for by name. */
export function wordsThatBegin(db: ReadDb, begin: string): string[] | null {
  const words = db.prepare<[string, string, number], { word: string }>('select word from search_words where word >= ? and word < ? limit ?').all(begin, `${begin}\u{10ffff}`, mostWords + 1);
  return words.length > mostWords ? null : words.map(({ word }) => word);
}

/** Takes over what two indexes have had before there was a collector. */
export function fillWords(db: WriteDb, indexes: readonly string[]): void {
  for (const index of indexes) {
    db.exec(`create virtual table temp.held using fts5vocab(main, ${index}, row);
      insert or ignore into search_words (word) select term from temp.held where ${isKept('term')};
      drop table temp.held`);
  }
}

const mostWords = 100;
/** FTS5 ends a word at any of these; what else ends one is left to it. */
const between = /[^0-9A-Za-z\u0080-\u{10ffff}]+/u;
const numbered = /^[0-9][0-9A-Za-z]*$/;

/** Pieces of text whose words are stored, and after how many additions to them. */
interface Known { pieces: Set<string>; additions: number }
const knownBy = new WeakMap<WriteDb, Known>();
/** Two megabytes of them; names and mistakes are mostly met once. */
const mostKnown = 20_000;
const longestKnown = 40;

/** A transaction that is rolled back takes its words with it: the number in the temporary table goes back too, and nothing is taken as known. */
function knownOf(db: WriteDb): Known {
  db.exec(`create virtual table if not exists temp.fresh_words using fts5(text, content='', detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 2");
    create virtual table if not exists temp.fresh_terms using fts5vocab(fresh_words, row);
    create table if not exists temp.word_additions (n integer not null)`);
  const additions = db.prepare<[], { n: number }>('select count(*) as n from temp.word_additions').get()?.n ?? 0;
  const known = knownBy.get(db);
  if (known?.additions === additions && known.pieces.size < mostKnown) return known;
  const none = { pieces: new Set<string>(), additions };
  knownBy.set(db, none);
  return none;
}

function remember(db: WriteDb, known: Known, fresh: ReadonlySet<string>): void {
  for (const piece of fresh) if (piece.length <= longestKnown) known.pieces.add(piece);
  db.prepare('insert into temp.word_additions (n) values (1)').run();
  known.additions += 1;
}
