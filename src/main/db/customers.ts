import { searchWords } from '../../core/search-query.ts';
import { matchOf } from '../../core/search-text.ts';
import type { ReadDb } from './connection.ts';

export interface Customer { id: string; name: string; email: string; tickets: number }

/** Tickets that are looked at: the newest of them name the customers. */
const scan = 400;

/** Customers whose name or address matches, those with the newest tickets first. */
export function findCustomers(db: ReadDb, query: string, limit: number): Customer[] {
  const terms = searchWords(query);
  if (terms.length === 0) return [];
  const { words, parts } = matchOf(terms, []);
  const asked = [words, parts].filter((part) => part !== null).join(' AND ');
  if (asked === '') return [];
  return db.prepare<[string, number], Customer>(`
    select t.requester_id as id, t.requester_name as name, t.requester_email as email, (select count(*) from tickets o where o.requester_id = t.requester_id) as tickets
    from tickets t join (select rowid as key from ticket_search where ticket_search match ? order by rowid desc limit ${scan}) found on found.key = t.key
    group by t.requester_id order by max(t.key) desc limit ?`).all(`{requester_name requester_email} : (${asked})`, limit);
}
