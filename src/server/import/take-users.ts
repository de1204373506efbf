import { rows, type Tx } from '../db/pool.ts';
import type { Counts } from './counts.ts';
import { nobodyId } from './rows.ts';
import { count } from './stage.ts';

const ownMark = (u: string): string =>
  `md5(concat_ws(E'\\x01', ${u}.email, ${u}.full_name, ${u}.role, ${u}.is_active))`;
const mostNamed = 5;

/**
 * Imports users that are not here yet, then the changes there of users who were not changed here.
 */
export async function takeUsers(tx: Tx): Promise<Counts> {
  await refuseTwins(tx);
  const found = await count(tx, 'in_users');
  await tx.query(`insert into imported_rows (kind, id, source_mark, own_mark)
    select 'user', i.id, i.mark, 'not of the import'
    from in_users i join users u on u.id = i.id
    on conflict do nothing`);
  const added = await tx.query(`
    with made as (
      insert into users (id, email, username, hashed_password, full_name, role, is_active, created_at, last_login)
      select i.id, i.email, i.username, i.hashed_password, i.full_name, i.role, i.is_active, i.created_at, i.last_login
      from in_users i where not exists (select 1 from imported_rows r where r.kind = 'user' and r.id = i.id)
      returning *)
    insert into imported_rows (kind, id, source_mark, own_mark, password_mark)
    select 'user', m.id, i.mark, ${ownMark('m')}, md5(m.hashed_password) from made m join in_users i using (id)`);
  const changed =
    "in_users i join imported_rows r on r.kind = 'user' and r.id = i.id join users u on " +
    'u.id = i.id where r.source_mark <> i.mark';
  const kept = await count(tx, `${changed} and r.own_mark <> ${ownMark('u')}`);
  const updated = await tx.query(`
    with moved as (
      update users u set email = i.email, full_name = i.full_name, role = i.role, is_active = i.is_active
      from in_users i join imported_rows r on r.kind = 'user' and r.id = i.id
      where u.id = i.id and r.source_mark <> i.mark and r.own_mark = ${ownMark('u')}
      returning u.*)
    update imported_rows r set own_mark = ${ownMark('m')} from moved m where r.kind = 'user' and r.id = m.id`);
  await tx.query(
    `
      update imported_rows r set source_mark = i.mark
      from in_users i
      where r.kind = 'user' and r.id = i.id and r.source_mark <> i.mark`,
  );
  await takePasswords(tx);
  return { found, added: added.rowCount ?? 0, updated: updated.rowCount ?? 0, kept };
}

/**
 * Imports a password that was changed there, unless the imported one has been changed, or used to
 * sign in, here.
 */
async function takePasswords(tx: Tx): Promise<void> {
  await tx.query(`
    update users u set hashed_password = i.hashed_password
    from in_users i join imported_rows r on r.kind = 'user' and r.id = i.id
    where u.id = i.id and r.password_mark = md5(u.hashed_password) and u.hashed_password <> i.hashed_password`);
  await tx.query(`
    update imported_rows r set password_mark = md5(i.hashed_password) from in_users i join users u on u.id = i.id
    where r.kind = 'user' and r.id = i.id and u.hashed_password = i.hashed_password`);
}

/**
 * One email address is one account here. Another user with the same address is not taken for the
 * same person: without mail nobody can prove that an address is theirs, and the tickets would be
 * shown to anyone who registered with it.
 */
async function refuseTwins(tx: Tx): Promise<void> {
  const twins = await rows<{ email: string }>(
    tx,
    `
    select email from in_users group by email having count(*) > 1
    union select i.email from in_users i join users u on u.email = i.email and u.id <> i.id order by 1`,
  );
  if (twins.length === 0) return;
  const named = twins
    .slice(0, mostNamed)
    .map(({ email }) => email)
    .join(', ');
  const others = twins.length > mostNamed ? ` and ${twins.length - mostNamed} more` : '';
  throw new Error(
    `Two accounts would have the same address: ${named}${others}. Change the address of ` +
      'one of them, here or in the database of --from, then import again. Nothing was ' +
      'imported.',
  );
}

/**
 * Adds staff who wrote messages but are no users of the source: with an account that nobody can
 * sign in to.
 */
export async function addUnknownStaff(tx: Tx): Promise<void> {
  await tx.query(
    `
    insert into users (id, email, username, full_name, role, is_active)
    select distinct on (m.staff_id) m.staff_id, 'support-' || m.staff_id || '@import.invalid',
      'support', 'Support Team', 'staff', false
    from in_messages m where m.staff_id is not null and not exists (select 1 from users u where u.id = m.staff_id)
      and (m.staff_id = $1 or not exists (select 1 from imported_rows r where r.kind = 'user' and r.id = m.staff_id))`,
    [nobodyId],
  );
}
