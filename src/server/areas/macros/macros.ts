import type { z } from 'zod';
import type { MacroCreate, MacroPatch } from '../../../contract/wire/api.ts';
import type { Macro } from '../../../contract/wire/entities.ts';
import { row, rows, type Queryable, type Tx } from '../../db/pool.ts';
import { problems } from '../../http/problem.ts';
import { assertActiveStaff } from '../people/staff.ts';

const columns =
  'm.id, m.name, m.text, m.actions, wire_time(m.created_at) as created_at, ' +
  'wire_time(m.updated_at) as updated_at, m.version';

/** Canned replies, ordered by name; null for all. */
export function selectMacros(db: Queryable, ids: string[] | null): Promise<Macro[]> {
  return rows<Macro>(
    db,
    `select ${columns} from support_macros m where $1::uuid[] is null or m.id = any($1) order by lower(m.name), m.id`,
    [ids],
  );
}

export async function createMacro(
  tx: Tx,
  { name, text, actions }: z.output<typeof MacroCreate>,
): Promise<Macro> {
  await assertAssignee(tx, actions);
  const made = await row<{ id: string }>(
    tx,
    'insert into support_macros (name, text, actions) values ($1, $2, $3) returning id',
    [name, text, JSON.stringify(actions)],
  );
  if (!made) throw new Error('insert answered no row');
  return getMacro(tx, made.id);
}

/**
 * Changes a macro. Throws Problem 404, and 412 with the present macro if `base` is no longer its
 * version.
 */
export async function changeMacro(
  tx: Tx,
  id: string,
  { base, name, text, actions }: z.output<typeof MacroPatch>,
): Promise<Macro> {
  await tx.query('select 1 from support_macros where id = $1 for update', [id]);
  const now = await getMacro(tx, id);
  if (base && base.version !== now.version) throw problems.macroConflict(now);
  if (actions) await assertAssignee(tx, actions);
  await tx.query('update support_macros set name = $2, text = $3, actions = $4 where id = $1', [
    id,
    name ?? now.name,
    text ?? now.text,
    JSON.stringify(actions ?? now.actions),
  ]);
  return getMacro(tx, id);
}

/** Throws Problem 404. */
export async function deleteMacro(tx: Tx, id: string): Promise<{ detail: string }> {
  const gone = await row(tx, 'delete from support_macros where id = $1 returning id', [id]);
  if (!gone) throw problems.macroNotFound();
  return { detail: 'Macro deleted' };
}

async function getMacro(db: Queryable, id: string): Promise<Macro> {
  const [macro] = await selectMacros(db, [id]);
  if (!macro) throw problems.macroNotFound();
  return macro;
}

async function assertAssignee(tx: Tx, { assignee }: Macro['actions']): Promise<void> {
  if (assignee !== undefined && assignee !== null && assignee !== 'me')
    await assertActiveStaff(tx, [assignee], ['body', 'actions', 'assignee']);
}
