import type { Tx } from '../pool.ts';

const actionsFit = `
  create function macro_actions_fit(actions jsonb) returns boolean language sql immutable as $$
    select case when jsonb_typeof(actions) <> 'object' then false else
      actions - array['status', 'priority', 'category', 'assignee', 'tags'] = '{}'
      and (not actions ? 'status' or coalesce(actions->>'status' in ('open', 'in_progress',
        'waiting', 'resolved', 'closed'), false))
      and (not actions ? 'priority' or coalesce(actions->>'priority' in ('low', 'medium', 'high', 'urgent'), false))
      and (not actions ? 'category' or coalesce(actions->>'category' in ('account', 'trading',
        'funding', 'technical', 'billing', 'other'), false))
      and (not actions ? 'tags' or jsonb_typeof(actions->'tags') = 'object')
    end
  $$;
`;

const macros = `
  create table support_macros (
    id uuid primary key default gen_random_uuid(),
    name text not null constraint macro_name_length check (length(name) between 1 and 100),
    text text not null constraint macro_text_length check (length(text) <= 100000),
    actions jsonb not null default '{}' constraint macro_actions check (macro_actions_fit(actions)),
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    version integer not null default 1 constraint macro_version check (version >= 1),
    xid xid8 not null default pg_current_xact_id()
  );
  create index support_macros_feed on support_macros (xid, id);
`;

const stampMacros = `
  create function stamp_macro() returns trigger language plpgsql as $$
    begin
      new.xid := pg_current_xact_id();
      new.version := old.version + 1;
      new.updated_at := clock_timestamp();
      return new;
    end $$;
  create trigger stamp before update on support_macros for each row execute function stamp_macro();
`;

const announceMacros = `
  create function announce_macro() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' then
        perform bury('macro', old.id, null);
      end if;
      perform announce(null, true);
      return null;
    end $$;
  create trigger announce after insert or update or delete on support_macros for each row
    execute function announce_macro();
`;

/** Canned replies. They, their notices and their removals are for staff only. */
export async function up(tx: Tx): Promise<void> {
  await tx.query(actionsFit);
  await tx.query(macros);
  await tx.query(stampMacros);
  await tx.query(announceMacros);
}
