import pg from 'pg';
import { SyncPage } from '../../src/contract/wire/api.ts';
import { rows, type Pool } from '../../src/server/db/pool.ts';
import type { Person, Reply } from './client.ts';
import type { ApiProcess } from './process.ts';

export type CopyFigures = Record<
  'seconds' | 'rows' | 'pages' | 'bytes' | 'api seconds' | 'first page ms' | 'slowest page ms',
  number
>;

const Counted = SyncPage.pick({ next_cursor: true, has_more: true });
/** As the app asks: a small page first. */
const [firstPage, nextPages] = [40, 200];

/**
 * The full copy through the feed, one page after the other as the app reads it, each decoded and
 * parsed.
 */
export async function measureCopy(
  api: ApiProcess,
  agent: Person,
  encoding: string,
): Promise<CopyFigures> {
  const before = await api.usage();
  const began = performance.now();
  const figures = { rows: 0, pages: 0, bytes: 0 };
  const ms: number[] = [];
  let cursor: string | null = null;
  for (let more = true; more;) {
    const query: string =
      cursor === null ? `limit=${firstPage}` : `limit=${nextPages}&cursor=${cursor}`;
    const reply = accepted(await agent.call('GET', `/support/sync?${query}`, { encoding }));
    const body: { tickets: unknown[]; messages: unknown[] } = JSON.parse(reply.text);
    const page = Counted.parse(body);
    figures.rows += body.tickets.length + body.messages.length;
    figures.pages += 1;
    figures.bytes += reply.bytes;
    ms.push(reply.ms);
    cursor = page.next_cursor;
    more = page.has_more;
  }
  const seconds = (performance.now() - began) / 1000;
  const after = await api.usage();
  return {
    ...figures,
    seconds,
    'api seconds': (after.cpuMs - before.cpuMs) / 1000,
    'first page ms': ms[0] ?? 0,
    'slowest page ms': Math.max(...ms),
  };
}

/** Copies these columns straight out of PostgreSQL; no API can be faster. */
export async function measureRaw(
  databaseUrl: string,
): Promise<Pick<CopyFigures, 'seconds' | 'bytes'>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const counted = client.connection.stream as unknown as { bytesRead: number };
    const start = counted.bytesRead;
    const began = performance.now();
    await client.query(`copy (
      select t.id, t.subject, t.category, t.priority, t.status, t.created_at, t.updated_at,
        t.resolved_at, t.last_message_at, u.id, u.full_name, u.email, t.assignee_id, t.tags,
        t.snoozed_until, t.version, t.public_messages, t.last_preview, t.last_is_staff
      from support_tickets t join users u on u.id = t.user_id) to stdout`);
    await client.query(`copy (
      select m.id, m.ticket_id, m.user_id, m.staff_id, m.message, m.is_internal, m.created_at,
        a.full_name, m.client_id, m.mentions
      from support_messages m join users a on a.id = coalesce(m.staff_id, m.user_id)) to stdout`);
    return { seconds: (performance.now() - began) / 1000, bytes: counted.bytesRead - start };
  } finally {
    await client.end();
  }
}

/**
 * Reads these rows as a level-1 client does: one list of all tickets and one call a thread. Makes
 * `sample` of those calls and scales their time.
 */
export async function measureRest(
  pool: Pool,
  agent: Person,
  sample: number,
): Promise<Pick<CopyFigures, 'seconds' | 'bytes' | 'pages'>> {
  const list = accepted(
    await agent.call('GET', '/support/tickets?limit=100000', { encoding: 'br' }),
  );
  const ids = await rows<{ id: string; of: number }>(
    pool,
    'select id, (count(*) over ())::int as of from support_tickets order by md5(id::text) limit $1',
    [sample],
  );
  const began = performance.now();
  let bytes = 0;
  for (const { id } of ids)
    bytes += accepted(
      await agent.call('GET', `/support/tickets/${id}/messages`, { encoding: 'br' }),
    ).bytes;
  const factor = (ids[0]?.of ?? 0) / ids.length;
  return {
    seconds: list.ms / 1000 + ((performance.now() - began) / 1000) * factor,
    bytes: list.bytes + bytes * factor,
    pages: 1 + ids.length * factor,
  };
}

function accepted(reply: Reply): Reply {
  if (reply.status !== 200)
    throw new Error(`The API answered ${reply.status}: ${reply.text.slice(0, 200)}`);
  return reply;
}
