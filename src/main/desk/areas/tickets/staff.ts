import type { StaffMember } from '../../../../contract/wire/entities.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

export function storeStaff(db: WriteDb, member: StaffMember): void {
  db.prepare(`insert into staff (id, name, email, role, is_active) values (?, ?, ?, ?, ?)
    on conflict do update
    set name = excluded.name, email = excluded.email, role = excluded.role,
      is_active = excluded.is_active`).run(
    member.id,
    member.name,
    member.email,
    member.role,
    Number(member.is_active),
  );
}

export function removeStaff(db: WriteDb, id: string): void {
  db.prepare('delete from staff where id = ?').run(id);
}

/**
 * To be called before the colleagues of a new full sync are stored: those that it does not bring
 * are no colleagues any more.
 */
export function clearStaff(db: WriteDb): void {
  db.prepare('delete from staff').run();
}

/** In SQL: colleagues whose accounts are deactivated. */
export const goneStaffSql = '(select id from staff where is_active = 0)';

/** Colleagues whose accounts are deactivated: what is assigned to them counts as unassigned. */
export function goneStaff(db: ReadDb): ReadonlySet<string> {
  return new Set(
    db
      .prepare<[], { id: string }>('select id from staff where is_active = 0')
      .all()
      .map(({ id }) => id),
  );
}

export function listStaff(db: ReadDb): StaffMember[] {
  return db
    .prepare<[], Omit<StaffMember, 'is_active'> & { is_active: number }>(
      'select id, name, email, role, is_active from staff order by name',
    )
    .all()
    .map((row) => ({ ...row, is_active: row.is_active === 1 }));
}
