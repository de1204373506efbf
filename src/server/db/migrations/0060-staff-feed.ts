import type { Tx } from '../pool.ts';

/**
 * Colleagues in the feed: their changes are announced, and a person who leaves staff is a removal.
 * Customers are told of neither.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(`
    create function announce_staff() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'DELETE' and new.role <> 'customer' then
          -- Staff again: a removal in the same page as the row would have no order to it.
          delete from tombstones where kind = 'staff' and id = new.id;
        elsif tg_op <> 'INSERT' and old.role <> 'customer' then
          insert into tombstones (kind, id, internal) values ('staff', old.id, true)
            on conflict (kind, id) do update set xid = pg_current_xact_id(), removed_at = clock_timestamp();
        else
          return null;
        end if;
        perform announce(null, true);
        return null;
      end $$;
    create trigger announce after insert or delete or update of full_name, email, role,
      is_active on users for each row execute function announce_staff();
  `);
}
