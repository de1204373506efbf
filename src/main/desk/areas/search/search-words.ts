import { editDistance } from '../../../../core/edit-distance.ts';
import { unspacedLetters } from '../../../../core/folding.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

/** Shorter beginnings have an index of their own in FTS5. */
const shortest = 4;
/**
 * Words that are not collected: one with digits is mostly a number that no other message has, and
 * one of a script without spaces is a sentence.
 */
const notNamed = new RegExp(`[0-9]|^[${unspacedLetters}]`, 'u');

/**
 * The words of the search's indexes, in a table of their own. For a prefix, FTS5 gathers the rows
 * of every word that begins with it and sorts them before it returns the newest; given the same
 * words by name it walks them newest first. Words are never taken out: one that no row has any
 * more finds nothing.
 */
export interface WordCollector {
  /** Of a folded text, as the index cuts it. */
  add(words: readonly string[]): void;
  /** Before the end of the transaction that indexes the texts. */
  store(): void;
}

export function collectWords(db: WriteDb): WordCollector {
  const fresh = new Set<string>();
  let known: Known | null = null;
  return {
    add(words) {
      known ??= knownOf(db);
      for (const word of words)
        if (word.length >= shortest && !known.words.has(word) && !notNamed.test(word))
          fresh.add(word);
    },
    store() {
      if (known === null || fresh.size === 0) return;
      db.prepare('insert or ignore into search_words (word) select value from json_each(?)').run(
        JSON.stringify([...fresh]),
      );
      remember(db, known, fresh);
    },
  };
}

/** Folded words that begin so; null where they are too many to be asked for by name. */
export function wordsThatBegin(db: ReadDb, begin: string): string[] | null {
  const words = db
    .prepare<[string, string, number], { word: string }>(
      'select word from search_words where word >= ? and word < ? limit ?',
    )
    .all(begin, `${begin}\u{10ffff}`, mostWords + 1);
  return words.length > mostWords ? null : words.map(({ word }) => word);
}

/**
 * Words that may have been meant by one that no text has: it without its ending, then others in a
 * letter or two. All are folded.
 */
export function nearestWords(db: ReadDb, word: string): string[] {
  const has = db.prepare<[string], { word: string }>(
    'select word from search_words where word = ?',
  );
  const stems = Array.from({ length: mostEnding }, (_, n) =>
    word.slice(0, word.length - 1 - n),
  ).filter((stem) => stem.length > shortest && has.get(stem));
  const most = word.length > 6 ? 2 : 1;
  const near = wordsLike(db, word, most)
    .map((one) => ({ word: one.word, distance: editDistance(word, one.word, most) }))
    .filter(({ distance }) => distance > 0 && distance <= most)
    .toSorted((a, b) => a.distance - b.distance)
    .map((one) => one.word);
  return [...new Set([...stems.slice(0, 1), ...near])].slice(0, mostNear);
}

/** Hardly anyone misses the first letter, but some exchange it with the second. */
function wordsLike(db: ReadDb, word: string, most: number): { word: string }[] {
  const firsts = new Set([...word].slice(0, 2));
  const like = db.prepare<[string, string, number, number], { word: string }>(
    `select word from search_words where word >= ? and word < ? and length(word) between ? and ?
    limit ${mostCompared}`,
  );
  return [...firsts].flatMap((first) =>
    like.all(first, `${first}\u{10ffff}`, word.length - most, word.length + most),
  );
}

/** About 10 ms of comparing, also where texts have hundreds of thousands of words. */
const mostCompared = 10_000;
const mostEnding = 3;
const mostNear = 5;
const mostWords = 100;

/** Words that are stored, and after how many additions to them. */
interface Known {
  words: Set<string>;
  additions: number;
}
const knownBy = new WeakMap<WriteDb, Known>();
/** Two megabytes of them; names and mistakes are mostly met once. */
const mostKnown = 20_000;
const longestKnown = 40;

/**
 * A transaction that is rolled back takes its words with it: the number in the temporary table goes
 * back too, and nothing is taken as known.
 */
function knownOf(db: WriteDb): Known {
  db.exec('create table if not exists temp.word_additions (n integer not null)');
  const additions =
    db.prepare<[], { n: number }>('select count(*) as n from temp.word_additions').get()?.n ?? 0;
  const known = knownBy.get(db);
  if (known?.additions === additions && known.words.size < mostKnown) return known;
  const none = { words: new Set<string>(), additions };
  knownBy.set(db, none);
  return none;
}

function remember(db: WriteDb, known: Known, fresh: ReadonlySet<string>): void {
  for (const word of fresh) if (word.length <= longestKnown) known.words.add(word);
  db.prepare('insert into temp.word_additions (n) values (1)').run();
  known.additions += 1;
}

/** Before everything is indexed again: none of the old words is known any more. */
export function forgetWords(db: WriteDb): void {
  db.prepare('delete from search_words').run();
  knownBy.delete(db);
}
