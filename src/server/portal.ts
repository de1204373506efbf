import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { problems } from './http/problem.ts';

const built = join(import.meta.dirname, '../../out/portal');
const assets = join(built, 'assets');

/**
 * No inline script or style, nothing from other servers, calls to this server only, in no frame.
 */
const contentSecurity = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
const headers = {
  'content-security-policy': contentSecurity,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** The customer's web page at /support: one document for all of its addresses, and its files. */
export async function portal(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, { root: built, serve: false });
  for (const url of [
    '/support',
    '/support/',
    '/support/faq',
    '/support/sign-in',
    '/support/register',
    '/support/tickets/:id',
  ]) {
    app.get(url, { schema: { hide: true } }, (_request, reply) => {
      if (!existsSync(join(built, 'index.html')))
        return reply
          .code(503)
          .type('text/plain; charset=utf-8')
          .send('This page is not built. Run: npm run build');
      return reply
        .headers(headers)
        .sendFile('index.html', { cacheControl: false })
        .header('cache-control', 'no-cache');
    });
  }
  // For people who type only the server's address.
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/support'));
  app.get('/support/icon.svg', { schema: { hide: true } }, (_request, reply) =>
    reply.headers(headers).sendFile('icon.svg', { maxAge: '1d' }),
  );
  // Their names change with their content.
  app.get<{ Params: { file: string } }>(
    '/support/assets/:file',
    { schema: { hide: true } },
    (request, reply) => {
      const { file } = request.params;
      if (!assetNames().includes(file)) throw problems.notFound();
      return reply.headers(headers).sendFile(file, assets, { immutable: true, maxAge: '365d' });
    },
  );
}

/**
 * Only files that the build has created are served, whatever a path may mean to the file system.
 */
function assetNames(): string[] {
  return existsSync(assets) ? readdirSync(assets) : [];
}
