import { randomUUID } from 'node:crypto';
import type { Person, TestApi } from './api.ts';

/**
 * A ticket of a customer and an agent with `messages` messages, the last one by the agent, closed
 * `days` days ago. Returns its id.
 */
export async function oldTicket(
  api: TestApi,
  {
    customer,
    agent,
    subject,
    days,
    messages = 6,
  }: { customer: Person; agent: Person; subject: string; days: number; messages?: number },
): Promise<string> {
  const id = randomUUID();
  const at = `now() - make_interval(days => ${days})`;
  await api.pool.query(
    `
    insert into support_tickets (id, user_id, subject, category, status, created_at, updated_at, resolved_at, last_message_at, public_messages, last_preview, last_is_staff)
    values ($1, $2, $3, 'other', 'closed', ${at} - interval '1 day', ${at}, ${at}, ${at}, $4::int, 'message ' || $4::int, true)`,
    [id, customer.id, subject, messages],
  );
  await api.pool.query(
    `
    insert into support_messages (ticket_id, user_id, staff_id, message, created_at)
    select $1, case when n % 2 <> $4::int % 2 then $2::uuid end, case when n % 2 = $4::int % 2 then $3::uuid end, 'message ' || n, ${at} - make_interval(mins => $4::int - n) from generate_series(1, $4::int) n`,
    [id, customer.id, agent.id, messages],
  );
  return id;
}
