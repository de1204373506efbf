import { fold } from '../../../../core/folding.ts';
import { searchWords } from '../../../../core/search-query.ts';
import { matchOf } from '../../../../core/search-text.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import { nearestWords } from './search-words.ts';

export interface Customer {
  id: string;
  name: string;
  email: string;
  tickets: number;
}

/** Tickets that are looked at: the newest of them name the customers. */
const scan = 400;

/** Customers whose name or address matches, those with the newest tickets first. */
export function findCustomers(db: ReadDb, query: string, limit: number): Customer[] {
  const terms = searchWords(query);
  if (terms.length === 0) return [];
  const { words, parts } = matchOf(terms, []);
  const asked = [words, parts].filter((part) => part !== null).join(' AND ');
  if (asked === '') return [];
  const found = customersOf(db, asked, limit);
  const near =
    found.length > 0
      ? null
      : nearlyAsked(
          db,
          terms.map(({ text }) => fold(text)),
        );
  return near === null ? found : customersOf(db, near, limit);
}

/** Each word, or others that differ from it by a letter or two; null where none do. */
function nearlyAsked(db: ReadDb, words: readonly string[]): string | null {
  const alternatives = words.map((word) => [
    `${quote(word)} *`,
    ...nearestWords(db, word).map(quote),
  ]);
  if (alternatives.every(({ length }) => length === 1)) return null;
  return alternatives.map((some) => `(${some.join(' OR ')})`).join(' AND ');
}

const quote = (word: string): string => `"${word.replaceAll('"', '""')}"`;

function customersOf(db: ReadDb, asked: string, limit: number): Customer[] {
  return db
    .prepare<[string, number], Customer>(`
    select t.requester_id as id, t.requester_name as name, t.requester_email as email,
      (select count(*) from tickets o where o.requester_id = t.requester_id) as tickets
    from tickets t join (select rowid as key from ticket_search where ticket_search match ?
      order by rowid desc limit ${scan}) found on found.key = t.key
    group by t.requester_id order by max(t.key) desc limit ?`)
    .all(`{requester_name requester_email} : (${asked})`, limit);
}
