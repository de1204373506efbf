import { row, type Tx } from '../../db/pool.ts';
import { problems } from '../../http/problem.ts';

/**
 * Checks that all ids are active members of staff. Throws Problem 422 for the field of the request
 * that named them.
 */
export async function assertActiveStaff(
  tx: Tx,
  ids: readonly string[],
  loc: (string | number)[],
): Promise<void> {
  const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
  if (wanted.length === 0) return;
  const found = await row<{ n: number }>(
    tx,
    "select count(*)::int as n from users where id = any($1) and role <> 'customer' and is_active",
    [wanted],
  );
  if (found?.n !== wanted.length) throw problems.invalidField(loc, 'not an active member of staff');
}
