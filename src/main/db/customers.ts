import type { SearchPlan } from '../../core/search-query.ts';
import { likePattern } from './search.ts';
import type { ReadDb } from './open.ts';

export interface Customer { id: string; name: string; email: string; tickets: number }

/** Tickets that are looked at: the newest of them name the customers. */
const scan = 400;

/** Customers whose name or address matches, those with the newest tickets first. */
export function findCustomers(db: ReadDb, plan: SearchPlan, limit: number): Customer[] {
  switch (plan.kind) {
    case 'none': return [];
    case 'words': return distinct(db, `select rowid as key from ticket_search where ticket_search match ? order by rowid desc limit ${scan}`, [`{requester_name requester_email} : (${plan.match})`], limit);
    case 'parts': return distinct(db, `select key from tickets where ${plan.parts.map(() => `requester_name like ? escape '\\'`).join(' and ')} order by key desc limit ${scan}`, plan.parts.map(likePattern), limit);
  }
}

function distinct(db: ReadDb, keys: string, bound: readonly string[], limit: number): Customer[] {
  return db.prepare<unknown[], Customer>(`
    select t.requester_id as id, t.requester_name as name, t.requester_email as email, (select count(*) from tickets o where o.requester_id = t.requester_id) as tickets
    from tickets t join (${keys}) found on found.key = t.key group by t.requester_id order by max(t.key) desc limit ?`).all(...bound, limit);
}
