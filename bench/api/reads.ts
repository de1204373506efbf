import { rows, type Pool } from '../../src/server/db/pool.ts';
import { percentile } from '../numbers.ts';
import { cursorNow, type Person } from './client.ts';

const times = 200;
const changesOffline = 100;

export interface ReadFigure {
  name: string;
  p50: number;
  p95: number;
  bytes: number;
}

/** Single reads, one after the other by one agent. Throws when one is refused. */
export async function measureReads(pool: Pool, agent: Person): Promise<ReadFigure[]> {
  const ids = (
    await rows<{ id: string }>(pool, 'select id from support_tickets order by id limit $1', [times])
  ).map((t) => t.id);
  const cursor = await afterAnHourOffline(pool, agent, ids);
  return [
    await figure('the list, newest 50', agent, () => '/support/tickets?limit=50'),
    await figure(
      'the list of open tickets, newest 50',
      agent,
      () => '/support/tickets?status=open&limit=50',
    ),
    await figure('one ticket with its thread', agent, (i) => `/support/tickets/${ids[i]}`),
    await figure(
      'the feed when there is nothing new',
      agent,
      () => `/support/sync?limit=200&cursor=${cursor.end}`,
    ),
    await figure(
      `the feed after an hour offline, ${changesOffline} changes`,
      agent,
      () => `/support/sync?limit=200&cursor=${cursor.before}`,
    ),
  ];
}

/** Half replies, a quarter notes, a quarter changed fields, on as many tickets. */
async function afterAnHourOffline(
  pool: Pool,
  agent: Person,
  ids: readonly string[],
): Promise<{ before: string; end: string }> {
  const before = await cursorNow(pool, agent.actor);
  for (const [i, id] of ids.slice(0, changesOffline).entries()) {
    await pool.query(
      "update support_tickets set status = 'open', resolved_at = null where id = $1 and status = 'closed'",
      [id],
    );
    if (i % 4 === 3)
      ok(
        await agent.call('PATCH', `/support/tickets/${id}`, {
          body: { priority: i % 8 === 3 ? 'high' : 'low' },
        }),
      );
    else
      ok(
        await agent.call('POST', `/support/tickets/${id}/${i % 4 === 2 ? 'notes' : 'messages'}`, {
          body: { message: 'Thank you, we have looked at this and will be back today.' },
        }),
      );
  }
  return { before, end: await cursorNow(pool, agent.actor) };
}

async function figure(
  name: string,
  agent: Person,
  path: (i: number) => string,
): Promise<ReadFigure> {
  const ms: number[] = [];
  let bytes = 0;
  for (let i = 0; i < times; i += 1) {
    const reply = ok(await agent.call('GET', path(i), { encoding: 'br' }));
    ms.push(reply.ms);
    bytes += reply.bytes;
  }
  return { name, p50: percentile(ms, 0.5), p95: percentile(ms, 0.95), bytes: bytes / times };
}

function ok<T extends { status: number; text: string }>(reply: T): T {
  if (reply.status !== 200) throw new Error(`The API answered ${reply.status}: ${reply.text}`);
  return reply;
}
