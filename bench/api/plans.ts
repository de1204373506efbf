import { z } from 'zod';
import { rows, type Pool, type Queryable } from '../../src/server/db/pool.ts';

export interface Statement {
  sql: string;
  values: unknown[];
}
export interface StatementPlan extends Statement {
  indexes: string[];
  scanned: string[];
}

interface Node {
  'Node Type': string;
  'Relation Name'?: string | undefined;
  'Index Name'?: string | undefined;
  Plans?: Node[] | undefined;
}
const Node: z.ZodType<Node> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  get Plans() {
    return z.array(Node).optional();
  },
});
const Explained = z.tuple([z.object({ Plan: Node })]);

/** Tables that grow without end: reading one from front to back for one request is a fault. */
const growing = new Set(['support_tickets', 'support_messages']);

/**
 * Notes the queries that go through a pool from now on, as they are sent: all, or those that are
 * `wanted` then.
 */
export function watchStatements(
  pool: Pool,
  wanted: () => boolean = () => true,
): { take: () => Statement[] } {
  let seen: Statement[] = [];
  const watched = new WeakSet<Queryable>();
  // All queries of a pool, those of its own `query` too, go through a connection that `connect`
  // hands out.
  pool.on('acquire', (client) => {
    if (watched.has(client)) return;
    watched.add(client);
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      const [asked, bound] = args;
      // A text and its values, or both in one object.
      const { text, values } =
        typeof asked === 'string'
          ? { text: asked, values: bound }
          : (asked as { text: string; values?: unknown });
      if (wanted()) seen.push({ sql: text, values: Array.isArray(values) ? values : [] });
      return query(...args);
    }) as typeof client.query;
  });
  return {
    take() {
      const taken = seen;
      seen = [];
      return taken;
    },
  };
}

/**
 * How PostgreSQL would run those of the statements that read tickets or messages, asked with their
 * own values.
 */
export async function plansOf(
  db: Queryable,
  statements: readonly Statement[],
): Promise<StatementPlan[]> {
  const plans: StatementPlan[] = [];
  for (const { sql, values } of statements) {
    if (!/^\s*(select|with)\b/i.test(sql) || ![...growing].some((table) => sql.includes(table)))
      continue;
    const [answer] = await rows<{ 'QUERY PLAN': unknown }>(
      db,
      `explain (format json) ${sql}`,
      values,
    );
    const nodes = flatten(Explained.parse(answer?.['QUERY PLAN'])[0].Plan);
    plans.push({
      sql,
      values,
      indexes: [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))],
      scanned: nodes
        .filter((node) => node['Node Type'].includes('Seq Scan'))
        .flatMap((node) => node['Relation Name'] ?? [])
        .filter((table) => growing.has(table)),
    });
  }
  return plans;
}

function flatten(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
