import type { Tx } from '../pool.ts';

const tickets = `
  create table support_tickets (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users,
    subject varchar(200) not null check (length(subject) >= 5),
    category text not null check (category in ('account', 'trading', 'funding', 'technical', 'billing', 'other')),
    priority text not null default 'medium' check (priority in ('low', 'medium', 'high', 'urgent')),
    status text not null default 'open' check (status in ('open', 'in_progress', 'waiting', 'resolved', 'closed')),
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    resolved_at timestamptz,
    last_message_at timestamptz,
    assignee_id uuid references users,
    tags text[] not null default '{}',
    snoozed_until timestamptz,
    version integer not null default 1,
    public_messages integer not null default 0,
    last_preview text,
    last_is_staff boolean,
    activity_at timestamptz not null generated always as (coalesce(last_message_at, created_at)) stored,
    xid xid8 not null default pg_current_xact_id(),
    check ((status = 'closed') <= (resolved_at is not null))
  );
  create index support_tickets_created on support_tickets (created_at desc);
  create index support_tickets_user on support_tickets (user_id, created_at desc);
  create index support_tickets_activity on support_tickets (activity_at desc, id desc);
  create index support_tickets_user_activity on support_tickets (user_id, activity_at desc, id desc);
  create index support_tickets_feed on support_tickets (xid, id);
`;

const messages = `
  create table support_messages (
    id uuid primary key default gen_random_uuid(),
    ticket_id uuid not null references support_tickets on delete cascade,
    user_id uuid references users,
    staff_id uuid references users,
    message text not null check (length(message) >= 1),
    is_internal boolean not null default false,
    created_at timestamptz not null default clock_timestamp(),
    client_id text,
    mentions uuid[] not null default '{}',
    xid xid8 not null default pg_current_xact_id(),
    check (num_nonnulls(user_id, staff_id) = 1),
    check (not is_internal or staff_id is not null)
  );
  create index support_messages_ticket on support_messages (ticket_id, created_at, id);
  create index support_messages_notes on support_messages (ticket_id) where is_internal;
  create index support_messages_feed on support_messages (xid, id);
`;

/**
 * Tickets and messages. An internal note must not show in a ticket row, which its customer can
 * read, so it changes no column here: counts, preview and times are those of the public
 * conversation.
 */
export async function up(tx: Tx): Promise<void> {
  await tx.query(tickets);
  await tx.query(messages);
}
