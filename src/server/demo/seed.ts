import type { Pool, Tx } from '../db/pool.ts';
import { row, transaction } from '../db/pool.ts';
import { hashPassword } from '../auth/password.ts';
import { previewOf } from '../../core/overlay.ts';
import { generateDemo } from './generate.ts';
import type { DemoTicket, DemoUser } from './types.ts';

export const demoPassword = 'staffdesk-demo';
const seed = 20_251_123;
const batch = 500;

/** Fills an empty database with the demo; one that has tickets is left as it is. Ends at `anchor`, which is now. */
export async function seedDemo(pool: Pool, tickets: number, anchor = new Date()): Promise<void> {
  if (await row(pool, 'select 1 from support_tickets limit 1')) return;
  const demo = generateDemo({ seed, tickets, customers: Math.max(10, Math.min(900, Math.ceil(tickets * 0.45))), anchor });
  const hash = await hashPassword(demoPassword);
  await transaction(pool, async (tx) => {
    await tx.query("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; alter table support_tickets disable trigger announce; alter table support_messages disable trigger announce");
    await insertUsers(tx, [...demo.staff, ...demo.customers], hash);
    let pending: DemoTicket[] = [];
    for (const ticket of demo.tickets) {
      pending.push(ticket);
      if (pending.length < batch) continue;
      await insertTickets(tx, pending);
      pending = [];
    }
    await insertTickets(tx, pending);
    for (const { category, question, answer, order } of demo.faq) {
      await tx.query('insert into support_faq (category, question, answer, "order") values ($1, $2, $3, $4)', [category, question, answer, order]);
    }
    await tx.query('alter table support_tickets enable trigger announce; alter table support_messages enable trigger announce');
  });
  await pool.query('analyze support_tickets; analyze support_messages; analyze users');
}

async function insertUsers(tx: Tx, users: DemoUser[], hash: string): Promise<void> {
  const rows = users.map((u) => ({ id: u.id, email: u.email, username: u.email.split('@')[0], full_name: u.name, role: u.role, created_at: u.created_at, hashed_password: u.can_sign_in ? hash : null }));
  await tx.query(`insert into users (id, email, username, full_name, role, created_at, hashed_password)
    select * from json_to_recordset($1) as x(id uuid, email text, username text, full_name text, role text, created_at timestamptz, hashed_password text)`, [JSON.stringify(rows)]);
}

async function insertTickets(tx: Tx, tickets: DemoTicket[]): Promise<void> {
  const rows = tickets.map((t) => {
    const open = t.messages.filter((m) => !m.is_internal);
    const last = open.at(-1);
    return {
      id: t.id, user_id: t.requester_id, subject: t.subject, category: t.category, priority: t.priority, status: t.status, created_at: t.created_at, updated_at: t.updated_at,
      resolved_at: t.resolved_at, last_message_at: last?.created_at ?? null, assignee_id: t.assignee_id, tags: t.tags, snoozed_until: t.snoozed_until,
      public_messages: open.length, last_preview: last ? previewOf(last.text) : null, last_is_staff: last?.is_staff ?? null,
    };
  });
  await tx.query(`insert into support_tickets (id, user_id, subject, category, priority, status, created_at, updated_at, resolved_at, last_message_at, assignee_id, tags, snoozed_until, public_messages, last_preview, last_is_staff)
    select id, user_id, subject, category, priority, status, created_at, updated_at, resolved_at, last_message_at, assignee_id, tags, snoozed_until, public_messages, last_preview, last_is_staff
    from json_to_recordset($1) as x(id uuid, user_id uuid, subject text, category text, priority text, status text, created_at timestamptz, updated_at timestamptz, resolved_at timestamptz,
      last_message_at timestamptz, assignee_id uuid, tags text[], snoozed_until timestamptz, public_messages int, last_preview text, last_is_staff boolean)`, [JSON.stringify(rows)]);
  const messages = tickets.flatMap((t) => t.messages.map((m) => ({ id: m.id, ticket_id: t.id, user_id: m.is_staff ? null : m.author_id, staff_id: m.is_staff ? m.author_id : null, message: m.text, is_internal: m.is_internal, created_at: m.created_at })));
  await tx.query(`insert into support_messages (id, ticket_id, user_id, staff_id, message, is_internal, created_at)
    select id, ticket_id, user_id, staff_id, message, is_internal, created_at
    from json_to_recordset($1) as x(id uuid, ticket_id uuid, user_id uuid, staff_id uuid, message text, is_internal boolean, created_at timestamptz)`, [JSON.stringify(messages)]);
}
