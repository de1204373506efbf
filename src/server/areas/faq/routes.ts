import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Faq } from '../../../contract/wire/api.ts';
import { rows } from '../../db/pool.ts';
import { problems } from '../../http/problem.ts';
import { publicRoute, type Services } from '../../http/route.ts';

type Faq = z.output<typeof Faq>;
const columns =
  'id, category, question, answer, "order", wire_time(created_at) as created_at, wire_time(updated_at) as updated_at';
const shortestSearch = 3;
const mostFound = 20;

/** The help texts in the form of level 1: public, and a bare list. */
export function faqRoutes(app: FastifyInstance, { pool }: Services): void {
  publicRoute(app, 'faq', ({ query }) =>
    rows<Faq>(
      pool,
      `select ${columns} from support_faq where $1::text is null or category = $1 order by category, "order", id`,
      [query.category ?? null],
    ),
  );

  publicRoute(app, 'faqSearch', async ({ query }) => {
    const words = query.q.trim();
    if (words.length < shortestSearch) throw problems.searchTooShort(shortestSearch);
    return rows<Faq>(
      pool,
      `select ${columns} from support_faq
      where words @@ websearch_to_tsquery('english', $1) or question ilike '%' || $2 || '%'
        or answer ilike '%' || $2 || '%'
      order by ts_rank(words, websearch_to_tsquery('english', $1)) desc, category, "order", id limit $3`,
      [words, words.replace(/[\\%_]/g, (c) => `\\${c}`), mostFound],
    );
  });

  publicRoute(app, 'faqCategories', async () =>
    (
      await rows<{ category: string }>(
        pool,
        'select distinct category from support_faq order by category',
      )
    ).map((c) => c.category),
  );
}
