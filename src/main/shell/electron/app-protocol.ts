import { readFile, stat } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { cacheControl } from '../cache-control.ts';
import { securityHeaders } from '../content-security.ts';
import { appScheme, isOwnAddress } from './address.ts';

/**
 * Registered before the app is ready. `standard` gives it an origin, `secure` a secure context,
 * `codeCache` lets V8 keep what it has compiled; nothing may bypass the policy.
 */
export const appSchemePrivileges: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** The kinds of file in a build of the window. Any other kind is not served. */
const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Serves `app://staffdesk/...` from the built window. */
export function serveApp(protocol: Protocol, rendererDir: string): void {
  protocol.handle(appScheme, (request) => answer(rendererDir, request));
}

/** One file of the window with its security headers; GET and HEAD only. */
export async function answer(
  rendererDir: string,
  request: { url: string; method: string },
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return plain(405, 'Method not allowed', { allow: 'GET, HEAD' });
  const path = findFile(rendererDir, request.url);
  const type = path === null ? undefined : contentTypes[extname(path).toLowerCase()];
  if (path === null || type === undefined) return plain(404, 'Not found');
  try {
    const [body, { mtime }] = await Promise.all([readFile(path), stat(path)]);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
      status: 200,
      // Without them Chromium keeps nothing of the file, nor what V8 made of it.
      headers: {
        ...headers(),
        'cache-control': cacheControl(path),
        'last-modified': mtime.toUTCString(),
        'content-type': type,
        'content-length': String(body.length),
      },
    });
  } catch (error) {
    if (!isAbsent(error)) console.error('A file of the window cannot be read', error);
    return plain(404, 'Not found');
  }
}

/** The file that an address names, or null when it is not plainly one below `rendererDir`. */
export function findFile(rendererDir: string, address: string): string | null {
  // Before any parser tidies it up: an address of ours never climbs, and never spells a slash or a
  // dot in hex.
  if (!isOwnAddress(address) || /\\|%2e|%2f|%5c|%00/i.test(address)) return null;
  const path = decode(new URL(address).pathname);
  if (path === null || /[\0\\:]/.test(path) || path.split('/').some((part) => part.startsWith('.')))
    return null;
  if (path !== '/' && path.endsWith('/')) return null;
  const root = resolve(rendererDir);
  const file = resolve(root, `.${path === '/' ? '/index.html' : path}`);
  return file.startsWith(root + sep) ? file : null;
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    // A broken escape names no file.
    return null;
  }
}

function isAbsent(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    ['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG'].includes(error.code)
  );
}

function headers(): Record<string, string> {
  return { ...securityHeaders("'none'"), 'cache-control': 'no-store' };
}

function plain(status: number, text: string, extra: Record<string, string> = {}): Response {
  return new Response(text, {
    status,
    headers: { ...headers(), ...extra, 'content-type': 'text/plain; charset=utf-8' },
  });
}
