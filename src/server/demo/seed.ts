import { previewOf } from '../../core/overlay.ts';
import { hashPassword } from '../auth/password.ts';
import { row, transaction, type Pool, type Tx } from '../db/pool.ts';
import type { DemoData, DemoFaq, DemoMacro, DemoTicket, DemoUser } from './types.ts';

const demoPassword = 'staffdesk-demo';
const batch = 500;
/**
 * Any number that no other program uses for a lock on the same database: two servers may start on
 * one new database.
 */
const lockId = 7_305_119;

/**
 * Inserts generated demo data in bulk. False, without generating any, if the database has tickets
 * or a demo user already.
 */
export async function insertDemo(pool: Pool, generate: () => DemoData): Promise<boolean> {
  const hash = await hashPassword(demoPassword);
  const inserted = await transaction(pool, async (tx) => {
    await tx.query(
      'set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0',
    );
    await tx.query('select pg_advisory_xact_lock($1)', [lockId]);
    if (
      await row(
        tx,
        `
          select 1 where exists (select from support_tickets) or exists (select from users
            where email like '%@staffdesk.test')`,
      )
    )
      return false;
    const demo = generate();
    // Nobody is listening yet, and one notice for each row would only fill the queue.
    await tx.query(
      'alter table support_tickets disable trigger announce; alter table support_messages disable trigger announce',
    );
    await insertUsers(tx, [...demo.staff, ...demo.customers], hash);
    for (let i = 0; i < demo.tickets.length; i += batch)
      await insertBatch(tx, demo.tickets.slice(i, i + batch));
    await insertFaq(tx, demo.faq);
    await insertMacros(tx, demo.macros);
    await tx.query(
      'alter table support_tickets enable trigger announce; alter table support_messages enable trigger announce',
    );
    return true;
  });
  if (inserted)
    await pool.query('analyze support_tickets; analyze support_messages; analyze users');
  return inserted;
}

async function insertUsers(tx: Tx, users: readonly DemoUser[], hash: string): Promise<void> {
  const rows = users.map((u) => ({
    id: u.id,
    email: u.email,
    username: u.email.split('@')[0],
    full_name: u.name,
    role: u.role,
    created_at: u.created_at,
    hashed_password: u.can_sign_in ? hash : null,
  }));
  await tx.query(
    `insert into users (id, email, username, full_name, role, created_at, hashed_password)
    select * from json_to_recordset($1) as x(id uuid, email text, username text, full_name text,
      role text, created_at timestamptz, hashed_password text)`,
    [JSON.stringify(rows)],
  );
}

async function insertBatch(tx: Tx, tickets: readonly DemoTicket[]): Promise<void> {
  await insertTickets(tx, tickets);
  await insertMessages(tx, tickets);
}

async function insertTickets(tx: Tx, tickets: readonly DemoTicket[]): Promise<void> {
  await tx.query(
    `
    insert into support_tickets (id, user_id, subject, category, priority, status, created_at,
      updated_at, resolved_at, last_message_at, assignee_id, tags, snoozed_until,
      public_messages, last_preview, last_is_staff)
    select id, user_id, subject, category, priority, status, created_at, updated_at, resolved_at,
      last_message_at, assignee_id, tags, snoozed_until,
      public_messages, last_preview, last_is_staff
    from json_to_recordset($1) as x(id uuid, user_id uuid, subject text, category text,
      priority text, status text, created_at timestamptz, updated_at timestamptz,
      resolved_at timestamptz, last_message_at timestamptz, assignee_id uuid, tags text[],
        snoozed_until timestamptz, public_messages int, last_preview text, last_is_staff boolean)`,
    [JSON.stringify(tickets.map(ticketRow))],
  );
}

function ticketRow(t: DemoTicket) {
  const conversation = t.messages.filter((m) => !m.is_internal);
  const last = conversation.at(-1);
  return {
    id: t.id,
    user_id: t.requester_id,
    subject: t.subject,
    category: t.category,
    priority: t.priority,
    status: t.status,
    created_at: t.created_at,
    updated_at: t.updated_at,
    resolved_at: t.resolved_at,
    last_message_at: last?.created_at ?? null,
    assignee_id: t.assignee_id,
    tags: t.tags,
    snoozed_until: t.snoozed_until,
    public_messages: conversation.length,
    last_preview: last ? previewOf(last.text) : null,
    last_is_staff: last?.is_staff ?? null,
  };
}

async function insertMessages(tx: Tx, tickets: readonly DemoTicket[]): Promise<void> {
  const messages = tickets.flatMap((t) =>
    t.messages.map((m) => ({
      id: m.id,
      ticket_id: t.id,
      user_id: m.is_staff ? null : m.author_id,
      staff_id: m.is_staff ? m.author_id : null,
      message: m.text,
      is_internal: m.is_internal,
      created_at: m.created_at,
    })),
  );
  await tx.query(
    `
    insert into support_messages (id, ticket_id, user_id, staff_id, message, is_internal, created_at)
    select id, ticket_id, user_id, staff_id, message, is_internal, created_at
    from json_to_recordset($1) as x(id uuid, ticket_id uuid, user_id uuid, staff_id uuid,
      message text, is_internal boolean, created_at timestamptz)`,
    [JSON.stringify(messages)],
  );
}

async function insertFaq(tx: Tx, faq: readonly DemoFaq[]): Promise<void> {
  await tx.query(
    `insert into support_faq (category, question, answer, "order")
    select category, question, answer, "order"
    from json_to_recordset($1) as x(category text, question text, answer text, "order" int)`,
    [JSON.stringify(faq)],
  );
}

async function insertMacros(tx: Tx, macros: readonly DemoMacro[]): Promise<void> {
  await tx.query(
    `
      insert into support_macros (name, text, actions)
      select name, text, actions
      from json_to_recordset($1) as x(name text, text text, actions jsonb)`,
    [JSON.stringify(macros)],
  );
}
