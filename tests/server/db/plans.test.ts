import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plansOf, watchStatements, type StatementPlan } from '../../../bench/api/plans.ts';
import { readingCalls } from '../../../bench/api/reading-calls.ts';
import { currentStanding } from '../../../src/server/feed/epoch.ts';
import {
  beforeAll as feedStart,
  currentHorizon,
  firstId,
} from '../../../src/server/feed/changes.ts';
import { sealCursor } from '../../../src/server/feed/cursor.ts';
import { readSettings } from '../../../src/server/db/settings.ts';
import { startApi, type Person, type TestApi } from '../../helpers/api.ts';

const size = { customers: 1_000, tickets: 5_000, messages: 50_000 };

let api: TestApi;
let people: Record<'agent' | 'customer', Person>;
beforeAll(async () => {
  api = await startApi();
  people = { agent: await api.person('staff'), customer: await api.person('customer') };
  await fill();
});
afterAll(async () => {
  await api.close();
});

/**
 * Tickets and messages enough that PostgreSQL chooses as it would with many more. The customer has
 * one ticket in a thousand.
 */
async function fill(): Promise<void> {
  const { pool } = api;
  await pool.query(
    'alter table support_tickets disable trigger announce; alter table support_messages disable trigger announce',
  );
  await pool.query(
    `insert into users (email, username, full_name, role) select 'c' || n || '@example.test', 'c' || n, 'Customer ' || n, 'customer' from generate_series(1, $1::int) n`,
    [size.customers],
  );
  await pool.query(
    `
    with c as (select array_agg(id order by email) as ids from users where role = 'customer')
    insert into support_tickets (user_id, subject, category, status, created_at, last_message_at, resolved_at, public_messages)
    select c.ids[1 + n % cardinality(c.ids)], 'Ticket number ' || n, 'funding', (array['open', 'waiting', 'in_progress', 'closed'])[1 + n % 4],
      now() - make_interval(mins => n), now() - make_interval(mins => n / 2), now(), 9
    from c, generate_series(1, $1::int) n`,
    [size.tickets],
  );
  await pool.query(
    `
    with t as (select array_agg(id order by created_at) as ids, array_agg(user_id order by created_at) as owners from support_tickets)
    insert into support_messages (ticket_id, user_id, staff_id, message, is_internal, created_at)
    select t.ids[1 + n % $1::int], case when n % 3 = 0 then t.owners[1 + n % $1::int] end, case when n % 3 > 0 then $2::uuid end, repeat('message ', 12) || n, n % 9 = 1, now() - make_interval(mins => n / 10)
    from t, generate_series(1, $3::int) n`,
    [size.tickets, people.agent.id, size.messages],
  );
  await pool.query(
    'alter table support_tickets enable trigger announce; alter table support_messages enable trigger announce',
  );
  for (const table of ['support_tickets', 'support_messages', 'users'])
    await pool.query(`vacuum (analyze) ${table}`);
}

async function plansByCall(who: 'agent' | 'customer'): Promise<Map<string, StatementPlan[]>> {
  const { pool } = api;
  const person = people[who];
  const settings = await readSettings(pool);
  const scope = {
    settings,
    epoch: (await currentStanding(pool, settings)).epoch,
    actor: {
      id: person.id,
      role: who === 'agent' ? ('staff' as const) : ('customer' as const),
      sessionId: '',
    },
  };
  const horizon = await currentHorizon(pool);
  const cursors = {
    feedCursor: sealCursor(scope, { mode: 'feed', xid: horizon, ...feedStart }),
    movedCursor: sealCursor(scope, { mode: 'moved', horizon, id: firstId }),
  };
  const own = await pool.query<{ id: string }>(
    `
    update support_tickets set user_id = case when $2 then $1 else user_id end, priority = 'high' where id in (select id from support_tickets order by id limit 5) returning id`,
    [person.id, who === 'customer'],
  );
  await pool.query(
    "insert into support_messages (ticket_id, user_id, message) select $1, $2, 'Any news? ' || n from generate_series(1, 20) n",
    [own.rows[0]?.id, people.customer.id],
  );
  const statements = watchStatements(pool);
  const plans = new Map<string, StatementPlan[]>();
  const get = async (path: string): Promise<{ next_cursor?: string }> => {
    const { status, body } = await person.call('GET', path);
    expect(status, path).toBe(200);
    return body;
  };
  // A page of 200 tickets would be a 25th of all messages here, of which a scan is right to be
  // chosen.
  for (const { name, get: run } of readingCalls(get, {
    ticketId: own.rows[0]?.id ?? '',
    ...cursors,
    limit: 40,
  })) {
    statements.take();
    await run();
    plans.set(name, await plansOf(pool, statements.take()));
  }
  return plans;
}

describe.each(['agent', 'customer'] as const)('what PostgreSQL does for an %s', (who) => {
  test('no list, thread, snapshot or feed page reads tickets or messages from front to back, and each uses an index', async () => {
    const plans = await plansByCall(who);
    expect([...plans.keys()]).toEqual([
      'list',
      'list of one status',
      'thread',
      'messages',
      'first page of the snapshot',
      'second page of the snapshot',
      'tickets that moved during the snapshot',
      'feed',
    ]);
    // Whether there is anything, changes, their tickets and their messages: a feed without one of
    // them would not show how it is read.
    expect(plans.get('feed')).toHaveLength(4);
    for (const [call, statements] of plans) {
      expect(statements.length, call).toBeGreaterThan(0);
      for (const { scanned, indexes, sql } of statements) {
        expect(scanned, `${call}: ${sql}`).toEqual([]);
        expect(indexes.length, `${call}: ${sql}`).toBeGreaterThan(0);
      }
    }
  });
});

test('a status that no ticket has is not looked for among all tickets', async () => {
  const statements = watchStatements(api.pool);
  await people.agent.call('GET', '/support/tickets?status=resolved');
  const [plan] = await plansOf(api.pool, statements.take());
  expect(plan?.indexes).toContain('support_tickets_status');
});

test('a query without an index is found', async () => {
  const [plan] = await plansOf(api.pool, [
    { sql: "select id from support_messages where message like '%x' limit $1", values: [10] },
  ]);
  expect(plan?.scanned).toEqual(['support_messages']);
});
