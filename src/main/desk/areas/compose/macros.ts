import type { MacroItem } from '../../../../contract/bridge.ts';
import { MacroActions, type Macro } from '../../../../contract/wire/entities.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

export function storeMacro(db: WriteDb, { id, name, text, actions }: Macro): void {
  db.prepare(`insert into macros (id, name, text, actions) values (?, ?, ?, ?)
    on conflict do update set name = excluded.name, text = excluded.text, actions = excluded.actions`).run(
    id,
    name,
    text,
    JSON.stringify(actions),
  );
}

export function removeMacro(db: WriteDb, id: string): void {
  db.prepare('delete from macros where id = ?').run(id);
}

/** Before the canned replies of a new full copy are stored: those not among them are gone. */
export function clearMacros(db: WriteDb): void {
  db.prepare('delete from macros').run();
}

/** By name. */
export function listMacros(db: ReadDb): MacroItem[] {
  return db
    .prepare<[], { id: string; name: string; text: string; actions: string }>(
      'select id, name, text, actions from macros order by lower(name), id',
    )
    .all()
    .map(({ actions, ...macro }) => ({
      ...macro,
      actions: MacroActions.parse(JSON.parse(actions)),
    }));
}
