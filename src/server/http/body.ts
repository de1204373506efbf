import type { FastifyInstance } from 'fastify';
import { problems } from './problem.ts';

/**
 * Accepts only JSON bodies. An empty body is no body, because clients send `content-type` on calls
 * without one, such as close. Text that PostgreSQL cannot store is refused in every body and query,
 * before a schema could change it.
 */
export function bodyReading(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, body, done) => {
      if (body.length === 0) done(null, undefined);
      else void parse(request, body, done);
    },
  );
  app.addHook('preValidation', async (request) => {
    if (hasUnstorableText(request.body))
      throw problems.invalidField(['body'], 'text holds a NUL or half a character');
    if (hasUnstorableText(request.query))
      throw problems.invalidField(['query'], 'text holds a NUL or half a character');
  });
}

/**
 * PostgreSQL cannot store U+0000 or half a surrogate pair in text; both are the caller's mistake,
 * not a 500. A work list instead of recursion: a body that no schema has checked may be nested
 * deeper than the stack.
 */
function hasUnstorableText(value: unknown): boolean {
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === 'string' && (next.includes('\u0000') || !next.isWellFormed())) return true;
    if (typeof next === 'object' && next !== null)
      for (const inner of Object.values(next)) left.push(inner);
  }
  return false;
}
