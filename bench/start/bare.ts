import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { securityHeaders } from '../../src/main/shell/content-security.ts';

/**
 * The least that a shell of this kind can be: a process that serves one page with a line of text,
 * under the same policy.
 */
const page =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title><body><main>Ready</main></body></html>';

const server = createServer((_request, response) => {
  response.writeHead(200, { ...securityHeaders("'self'"), 'content-type': 'text/html' }).end(page);
});
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  console.log(`Bare ready: http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.on('SIGTERM', () => {
  process.exit(0);
});
process.on('disconnect', () => {
  process.exit(0);
});
