import { row, type Pool } from '../db/pool.ts';
import { onceOnly } from '../http/idempotency.ts';
import { addMessage } from '../areas/messages/messages.ts';
import type { FollowUp, FollowUpTicket } from './types.ts';

const shortestPauseMs = 20_000;
const longestPauseMs = 60_000;

/**
 * Lets customers write to open tickets every 20 to 60 s, through the same function as the API's
 * route.
 */
export function startTraffic(
  pool: Pool,
  followUp: FollowUp,
  random: () => number = Math.random,
): { stop: () => void } {
  let timer: NodeJS.Timeout | null = null;
  const plan = (): void => {
    timer = setTimeout(
      () => {
        writeOne(pool, followUp, random)
          .catch((error: unknown) => {
            console.error('Demo traffic:', error instanceof Error ? error.message : error);
          })
          .finally(() => {
            if (timer) plan();
          });
      },
      shortestPauseMs + random() * (longestPauseMs - shortestPauseMs),
    );
  };
  plan();
  return {
    stop: () => {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}

/**
 * One message by the customer of a recent ticket that still wants work; the demo agent's own and
 * unassigned ones come up more often.
 */
async function writeOne(pool: Pool, followUp: FollowUp, random: () => number): Promise<void> {
  const picked = await row<FollowUpTicket & { id: string; user_id: string }>(
    pool,
    `
    select t.id, t.user_id, t.subject, t.category, (select message from support_messages m
      where m.ticket_id = t.id order by created_at limit 1) as first_message
    from support_tickets t left join users a on a.id = t.assignee_id
    where t.status not in ('resolved', 'closed') and t.snoozed_until is null
    order by (coalesce(a.email, 'maya@staffdesk.test') = 'maya@staffdesk.test') desc,
      t.activity_at desc offset floor($1::float8 * 40)::int
    limit 1`,
    [random()],
  );
  if (!picked) return;
  const { subject, category, first_message } = picked;
  const actor = { id: picked.user_id, role: 'customer' as const, sessionId: '' };
  const text = followUp(random, { subject, category, first_message });
  await onceOnly(
    pool,
    {
      actor,
      key: null,
      route: 'postMessage',
      subject: { kind: 'ticket', ids: [picked.id] },
      payload: null,
    },
    {
      authorize: () => Promise.resolve(),
      effect: (tx) =>
        addMessage(tx, actor, { ticketId: picked.id, text, clientId: null, least: 1 }),
    },
  );
}
