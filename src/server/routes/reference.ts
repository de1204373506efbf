import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Faq } from '../../contract/api.ts';
import { customerMinMessageLength, staffMinMessageLength } from '../../contract/api.ts';
import { rows } from '../db/pool.ts';
import { staffFor } from '../feed/sync.ts';
import { Problem } from '../problem.ts';
import type { Services } from './route.ts';
import { publicRoute, readRoute } from './route.ts';

type Faq = z.output<typeof Faq>;
const faqColumns = 'id, category, question, answer, "order", wire_time(created_at) as created_at, wire_time(updated_at) as updated_at';
const features = ['notes', 'patch', 'reopen', 'idempotency', 'sync', 'events', 'staff'];
const shortestSearch = 3;

/** What changes rarely: capabilities, colleagues and the FAQ. */
export function referenceRoutes(app: FastifyInstance, services: Services): void {
  const { pool } = services;

  publicRoute(app, 'capabilities', () => Promise.resolve({
    level: 2, features, server_time: new Date().toISOString(),
    min_message_length: { customer: customerMinMessageLength, staff: staffMinMessageLength },
  }));
  readRoute(app, services, 'staff', 'staff', async ({ actor }) => ({ staff: await staffFor(pool, actor, null) }));

  publicRoute(app, 'faq', ({ query }) => rows<Faq>(pool, `select ${faqColumns} from support_faq where $1::text is null or category = $1 order by category, "order", id`, [query.category ?? null]));
  publicRoute(app, 'faqSearch', ({ query }) => {
    const words = query.q.trim();
    if (words.length < shortestSearch) throw new Problem(400, `Search needs at least ${shortestSearch} characters`);
    return rows<Faq>(pool, `select ${faqColumns} from support_faq where words @@ websearch_to_tsquery('english', $1) or question ilike '%' || $2 || '%'
      order by ts_rank(words, websearch_to_tsquery('english', $1)) desc, "order" limit 20`, [words, words.replace(/[\\%_]/g, (c) => `\\${c}`)]);
  });
  publicRoute(app, 'faqCategories', async () => (await rows<{ category: string }>(pool, 'select distinct category from support_faq order by category')).map((c) => c.category));
}
