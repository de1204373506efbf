import type { Tx } from '../pool.ts';

const tombstones = `
  drop table tombstones;
  create table tombstones (
    kind text not null check (kind in ('ticket', 'message', 'staff', 'macro')),
    id uuid not null,
    -- The customer who may not see it any more; null: staff.
    owner_id uuid,
    removed_at timestamptz not null default clock_timestamp(),
    xid xid8 not null default pg_current_xact_id(),
    constraint tombstones_key unique nulls not distinct (id, kind, owner_id)
  );
  create index tombstones_feed on tombstones (owner_id, xid, id);
  create index tombstones_age on tombstones (removed_at);
`;

const mergedTickets = `
  -- Where a merged ticket's messages went, for as long as that ticket lives.
  create table merged_tickets (
    id uuid primary key,
    into_id uuid not null references support_tickets on delete cascade,
    check (id <> into_id)
  );
  create index merged_tickets_into on merged_tickets (into_id);
`;

const bury = `
  create function bury(of_kind text, of_id uuid, of_owner uuid) returns void language sql as $$
    insert into tombstones (kind, id, owner_id) values (of_kind, of_id, of_owner)
      on conflict on constraint tombstones_key do update
      set xid = pg_current_xact_id(), removed_at = clock_timestamp()
  $$;
`;

const announceTickets = `
  create or replace function announce_ticket() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        perform bury('ticket', old.id, null);
        perform bury('ticket', old.id, old.user_id);
        perform announce(old.user_id, false);
        return null;
      end if;
      if tg_op = 'UPDATE' and new.user_id <> old.user_id then
        perform bury('ticket', old.id, old.user_id);
        perform bury('message', m.id, old.user_id)
        from support_messages m
        where m.ticket_id = old.id and not m.is_internal;
        delete from tombstones d
        where d.owner_id = new.user_id and (d.id = new.id or d.id in (select m.id
          from support_messages m where m.ticket_id = new.id));
        -- To the new requester the whole conversation is new, so the feed brings it again.
        update support_messages set ticket_id = ticket_id where ticket_id = new.id and not is_internal;
        perform announce(old.user_id, false);
      end if;
      perform announce(new.user_id, false);
      return null;
    end $$;
`;

const buryConversations = `
  -- Before the delete: after it nobody knows whose the messages were.
  create function bury_conversation() returns trigger language plpgsql as $$
    begin
      perform bury('message', m.id, old.user_id)
      from support_messages m
      where m.ticket_id = old.id and not m.is_internal;
      return old;
    end $$;
  create trigger bury before delete on support_tickets for each row execute function bury_conversation();
`;

const announceMessages = `
  create or replace function announce_message() returns trigger language plpgsql as $$
    declare
      old_owner uuid;
      new_owner uuid;
    begin
      if tg_op <> 'INSERT' then
        select user_id into old_owner from support_tickets where id = old.ticket_id and not old.is_internal;
      end if;
      if tg_op = 'DELETE' then
        perform bury('message', old.id, null);
      else
        select user_id into new_owner from support_tickets where id = new.ticket_id and not new.is_internal;
        perform announce(new_owner, new.is_internal);
      end if;
      if old_owner is not null and old_owner is distinct from new_owner then
        perform bury('message', old.id, old_owner);
        perform announce(old_owner, false);
      elsif tg_op = 'DELETE' then
        perform announce(null, true);
      end if;
      if tg_op = 'UPDATE' and new_owner is distinct from old_owner then
        delete from tombstones where kind = 'message' and id = new.id and owner_id = new_owner;
      end if;
      return null;
    end $$;
`;

const announceStaff = `
  create or replace function announce_staff() returns trigger language plpgsql as $$
    begin
      if tg_op <> 'DELETE' and new.role <> 'customer' then
        -- Staff again: a removal in the same page as the row would have no order to it.
        delete from tombstones where kind = 'staff' and id = new.id;
      elsif tg_op <> 'INSERT' and old.role <> 'customer' then
        perform bury('staff', old.id, null);
      else
        return null;
      end if;
      perform announce(null, true);
      return null;
    end $$;
`;

/**
 * Removals by recipient: staff, or the one customer who may no longer see a row. A ticket that
 * moves to another requester is thus removed for the former one only. No reader misses a removal of
 * the old table, because a new schema invalidates every cursor.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(tombstones);
  await tx.query(mergedTickets);
  await tx.query(bury);
  await tx.query(announceTickets);
  await tx.query(buryConversations);
  await tx.query(announceMessages);
  await tx.query(announceStaff);
}
