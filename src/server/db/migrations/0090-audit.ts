import type { Tx } from '../pool.ts';

const auditLog = `
  create table audit_log (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    -- Null: nobody was signed in, or an operator wrote to the database itself.
    actor_id uuid,
    action text not null check (length(action) between 1 and 100),
    ticket_id uuid,
    -- The message, macro, person or session that the action made or changed.
    entity_id uuid,
    address inet,
    -- {field: {before, after}}
    changes jsonb not null default '{}' check (jsonb_typeof(changes) = 'object')
  );
  create index audit_log_ticket on audit_log (ticket_id, id) where ticket_id is not null;
  create index audit_log_actor on audit_log (actor_id, id);
  create index audit_log_at on audit_log using brin (at);
`;

const appendOnly = `
  create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
    end $$;
  create trigger append_only before update or delete or truncate on audit_log for each statement
    execute function refuse_change();
`;

const auditChanges = `
  -- The fields that differ; a field that is null and one that is not there are the same.
  create function audit_changes(before jsonb, after jsonb) returns jsonb language sql immutable as $$
    select coalesce(jsonb_object_agg(key, jsonb_build_object('before', b->key, 'after', a->key)), '{}')
    from (select jsonb_strip_nulls(coalesce(before, '{}')) as b, jsonb_strip_nulls(coalesce(after, '{}')) as a) s,
      lateral jsonb_object_keys(b || a) as key
    where b->key is distinct from a->key
  $$;
`;

const auditUsers = `
  -- People are added and given roles by operators too, past every route, so the table itself tells.
  create function audit_user() returns trigger language plpgsql as $$
    declare
      was jsonb;
      is_now jsonb;
    begin
      if tg_op <> 'INSERT' then
        was := jsonb_build_object('email', old.email, 'full_name', old.full_name, 'role',
          old.role, 'is_active', old.is_active);
      end if;
      if tg_op <> 'DELETE' then
        is_now := jsonb_build_object('email', new.email, 'full_name', new.full_name, 'role',
          new.role, 'is_active', new.is_active);
      end if;
      if was is distinct from is_now then
        insert into audit_log (action, entity_id, changes) values (
          case when tg_op = 'INSERT' then 'user_added' when tg_op = 'DELETE' then 'user_removed'
            when old.role <> new.role then 'role_changed' else 'user_changed' end,
          coalesce(new.id, old.id), audit_changes(was, is_now));
      end if;
      if tg_op = 'UPDATE' and new.hashed_password is distinct from old.hashed_password then
        insert into audit_log (action, entity_id) values ('password_changed', new.id);
      end if;
      return null;
    end $$;
  create trigger audit after insert or delete or update of email, full_name, role, is_active,
    hashed_password on users for each row execute function audit_user();
`;

/**
 * The audit log: who changed what and when. Rows are only ever added. They reference nothing,
 * because their subjects may be deleted.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(auditLog);
  await tx.query(appendOnly);
  await tx.query(auditChanges);
  await tx.query(auditUsers);
}
