import type { Tx } from '../pool.ts';

const tombstones = `
  create table tombstones (
    kind text not null check (kind in ('ticket', 'message', 'staff')),
    id uuid not null,
    owner_id uuid,
    internal boolean not null default false,
    removed_at timestamptz not null default clock_timestamp(),
    xid xid8 not null default pg_current_xact_id(),
    primary key (kind, id)
  );
  create index tombstones_feed on tombstones (xid, id);
`;

const stampTickets = `
  create function stamp_ticket() returns trigger language plpgsql as $$
    begin
      new.xid := pg_current_xact_id();
      new.version := old.version + 1;
      return new;
    end $$;
  create trigger stamp before update on support_tickets for each row execute function stamp_ticket();
`;

const stampRows = `
  create function stamp_row() returns trigger language plpgsql as $$
    begin
      new.xid := pg_current_xact_id();
      return new;
    end $$;
  create trigger stamp before update on support_messages for each row execute function stamp_row();
  -- A sign-in only moves last_login, which no feed shows.
  create trigger stamp before update of full_name, email, role, is_active on users for each row
    execute function stamp_row();
`;

const announce = `
  create function announce(owner uuid, internal boolean) returns void language sql as $$
    select pg_notify('staffdesk_changes', json_build_object('xid', pg_current_xact_id()::text,
      'owner', owner, 'internal', internal)::text)
  $$;
`;

const announceTickets = `
  create function announce_ticket() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        insert into tombstones (kind, id, owner_id) values ('ticket', old.id, old.user_id) on conflict do nothing;
        perform announce(old.user_id, false);
      else
        perform announce(new.user_id, false);
      end if;
      return null;
    end $$;
  create trigger announce after insert or update or delete on support_tickets for each row
    execute function announce_ticket();
`;

const announceMessages = `
  create function announce_message() returns trigger language plpgsql as $$
    declare
      owner uuid;
    begin
      if tg_op = 'DELETE' then
        select user_id into owner from support_tickets where id = old.ticket_id;
        insert into tombstones (kind, id, owner_id, internal)
        values ('message', old.id, owner, old.is_internal)
        on conflict do nothing;
        perform announce(owner, old.is_internal);
      else
        select user_id into owner from support_tickets where id = new.ticket_id;
        perform announce(owner, new.is_internal);
      end if;
      return null;
    end $$;
  create trigger announce after insert or update or delete on support_messages for each row
    execute function announce_message();
`;

/**
 * The change feed: each written row carries its transaction, a deleted one leaves a tombstone, and
 * every commit sends a notice. The payload says who may be told; identical payloads of one
 * transaction are sent once.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(tombstones);
  await tx.query(stampTickets);
  await tx.query(stampRows);
  await tx.query(announce);
  await tx.query(announceTickets);
  await tx.query(announceMessages);
}
