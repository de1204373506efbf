import type { Tx } from '../db/pool.ts';
import type { Counts } from './counts.ts';
import { count } from './stage.ts';

const ownMark = (f: string): string =>
  `md5(concat_ws(E'\\x01', ${f}.category, ${f}.question, ${f}.answer, ${f}."order"))`;

/** Imports questions and answers that are not here yet, and those changed there and not here. */
export async function takeFaq(tx: Tx): Promise<Counts> {
  const found = await count(tx, 'in_faq');
  await tx.query(`insert into imported_rows (kind, id, source_mark, own_mark)
    select 'faq', i.id, i.mark, 'not of the import'
    from in_faq i join support_faq f on f.id = i.id
    on conflict do nothing`);
  const added = await tx.query(`
    with made as (
      insert into support_faq (id, category, question, answer, "order", created_at, updated_at)
      select i.id, i.category, i.question, i.answer, i."order", i.created_at, i.updated_at
      from in_faq i where not exists (select 1 from imported_rows r where r.kind = 'faq' and r.id = i.id)
      returning *)
    insert into imported_rows (kind, id, source_mark, own_mark)
    select 'faq', m.id, i.mark, ${ownMark('m')}
    from made m join in_faq i using (id)`);
  const changed =
    "in_faq i join imported_rows r on r.kind = 'faq' and r.id = i.id join support_faq f on " +
    'f.id = i.id where r.source_mark <> i.mark';
  const kept = await count(tx, `${changed} and r.own_mark <> ${ownMark('f')}`);
  const updated = await tx.query(`
    with moved as (
      update support_faq f
      set category = i.category, question = i.question, answer = i.answer, "order" = i."order",
        updated_at = i.updated_at
      from in_faq i join imported_rows r on r.kind = 'faq' and r.id = i.id
      where f.id = i.id and r.source_mark <> i.mark and r.own_mark = ${ownMark('f')}
      returning f.*)
    update imported_rows r set own_mark = ${ownMark('m')} from moved m where r.kind = 'faq' and r.id = m.id`);
  await tx.query(
    `
      update imported_rows r set source_mark = i.mark
      from in_faq i
      where r.kind = 'faq' and r.id = i.id and r.source_mark <> i.mark`,
  );
  return { found, added: added.rowCount ?? 0, updated: updated.rowCount ?? 0, kept };
}
