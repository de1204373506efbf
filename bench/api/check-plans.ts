import { buildApi } from '../../src/server/app.ts';
import { row } from '../../src/server/db/pool.ts';
import { apiBase } from '../../src/contract/wire/api.ts';
import { addPerson, cursorNow, signIn } from './client.ts';
import { plansOf, watchStatements } from './plans.ts';
import { readingCalls } from './reading-calls.ts';

export interface PlanFigure {
  who: string;
  name: string;
  indexes: string[];
}

/**
 * Asks PostgreSQL how it runs the queries of each reading call. Throws an Error that names those
 * that scan a growing table.
 */
export async function checkPlans(databaseUrl: string): Promise<PlanFigure[]> {
  const api = await buildApi({ databaseUrl });
  try {
    const statements = watchStatements(api.pool);
    const customer = await row<{ id: string; ticket: string }>(
      api.pool,
      `select user_id as id, min(id::text) as ticket from support_tickets
       group by user_id order by count(*) desc limit 1`,
    );
    if (!customer) throw new Error('The database is empty.');
    const people = {
      agent: await addPerson(api.pool, '', 'staff'),
      customer: await signIn(api.pool, '', customer.id, 'customer'),
    };
    const figures: PlanFigure[] = [];
    const faults: string[] = [];
    for (const [who, person] of Object.entries(people)) {
      const feedCursor = await cursorNow(api.pool, person.actor);
      const movedCursor = await cursorNow(api.pool, person.actor, 'moved');
      await api.pool.query(
        `update support_tickets set priority = 'low'
         where id in (select id from support_tickets order by id limit 100) or id = $1`,
        [customer.ticket],
      );
      await api.pool.query(
        `insert into support_messages (ticket_id, user_id, message)
         select $1, $2, 'Any news? ' || n from generate_series(1, 20) n`,
        [customer.ticket, customer.id],
      );
      const get = async (path: string) => {
        const answer = await api.app.inject({
          url: apiBase + path,
          headers: { authorization: `Bearer ${person.token}` },
        });
        if (answer.statusCode !== 200)
          throw new Error(`${path}: ${answer.statusCode} ${answer.body}`);
        return answer.json<{ next_cursor?: string }>();
      };
      for (const { name, get: run } of readingCalls(get, {
        ticketId: customer.ticket,
        feedCursor,
        movedCursor,
        limit: 200,
      })) {
        statements.take();
        await run();
        const plans = await plansOf(api.pool, statements.take());
        figures.push({ who, name, indexes: [...new Set(plans.flatMap((plan) => plan.indexes))] });
        for (const { scanned, indexes, sql } of plans)
          if (scanned.length > 0 || indexes.length === 0)
            faults.push(
              `${who}, ${name}: reads ${scanned.join(', ') || 'without an index'}: ${sql.replace(/\s+/g, ' ')}`,
            );
      }
    }
    if (faults.length > 0)
      throw new Error(`Queries that do not use an index:\n${faults.join('\n')}`);
    return figures;
  } finally {
    await api.close();
  }
}
