import type { FastifyInstance } from 'fastify';
import { problems } from './problem.ts';

/**
 * JSON bodies only. An empty body is no body, since clients send `content-type` on calls that have none, such as close.
 * Text that PostgreSQL cannot store is refused in every body and query.
 */
export function bodyReading(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parse(request, body, done);
  });
  // After validation: what is nested deeper than any schema has been refused by then.
  app.addHook('preHandler', async (request) => {
    if (hasUnstorableText(request.body)) throw problems.invalidField(['body'], 'text holds a NUL or half a character');
    if (hasUnstorableText(request.query)) throw problems.invalidField(['query'], 'text holds a NUL or half a character');
  });
}

/** PostgreSQL cannot store U+0000 or half a surrogate pair in text; both are the caller's mistake, not a 500. */
function hasUnstorableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed();
  if (Array.isArray(value)) return value.some(hasUnstorableText);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnstorableText);
}
