import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Person, type TestApi } from '../../helpers/api.ts';
import { openSocket, sendRaw } from '../../helpers/raw-socket.ts';

let api: TestApi;
let dana: Person;
beforeAll(async () => {
  api = await startApi();
  dana = await api.person('customer');
});
afterAll(async () => {
  await api.close();
});

const end = 'Host: 127.0.0.1\r\nConnection: close\r\n\r\n';
const json = (body: string): string =>
  `POST /api/v1/auth/login HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${end}${body}`;
const refused: [what: string, status: number, bytes: string][] = [
  [
    'an address with half an escape',
    400,
    `GET /api/v1/support/tickets/%E0%A4%A HTTP/1.1\r\n${end}`,
  ],
  ['an address with an escape that is none', 400, `GET /%zz HTTP/1.1\r\n${end}`],
  ['an address of bytes that are no text', 400, `GET /%ff%fe HTTP/1.1\r\n${end}`],
  [
    'an address beyond 8 kB',
    414,
    `GET /api/v1/support/faq?category=${'x'.repeat(9_000)} HTTP/1.1\r\n${end}`,
  ],
  [
    'a path parameter beyond any id',
    414,
    `GET /api/v1/support/tickets/${'x'.repeat(9_000)} HTTP/1.1\r\n${end}`,
  ],
  [
    'a long path parameter',
    414,
    `GET /api/v1/support/tickets/${'x'.repeat(150)}/nothing HTTP/1.1\r\n${end}`,
  ],
  ['an address that is only a star', 404, `OPTIONS * HTTP/1.1\r\n${end}`],
  ['no host', 400, 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['two hosts', 400, `GET /healthz HTTP/1.1\r\nHost: other\r\n${end}`],
  [
    'a host that is none',
    400,
    'GET /healthz HTTP/1.1\r\nHost: a b/<x>\r\nConnection: close\r\n\r\n',
  ],
  ['an empty host', 400, 'GET /healthz HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n'],
  ['headers of 20 kB', 431, `GET /healthz HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n${end}`],
  [
    'headers beyond all bounds',
    431,
    `GET /healthz HTTP/1.1\r\nX: ${'x'.repeat(1_200_000)}\r\n${end}`,
  ],
  ['no HTTP at all', 400, 'hello\r\n\r\n'],
  ['another version of HTTP', 400, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a method that nobody knows', 400, `STEAL /healthz HTTP/1.1\r\n${end}`],
  ['a method that no route has', 405, `PROPFIND /healthz HTTP/1.1\r\n${end}`],
  ['TRACE', 405, `TRACE /healthz HTTP/1.1\r\n${end}`],
  ['a tunnel', 405, `CONNECT example.com:443 HTTP/1.1\r\n${end}`],
  [
    'an upgrade',
    404,
    `GET /nowhere HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n${end}`,
  ],
  ['an expectation', 417, `GET /healthz HTTP/1.1\r\nExpect: miracles\r\n${end}`],
  [
    'length and chunks at once',
    400,
    `POST /api/v1/auth/login HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n${end}0\r\n\r\n`,
  ],
  ['a body that is not JSON', 400, json('{"email":')],
  ['a body that wants to be a prototype', 400, json('{"__proto__":{"a":1}}')],
  ['a body beyond 1 MB', 413, json(`"${'x'.repeat(1_100_000)}"`)],
  [
    'a body of another type',
    415,
    `POST /api/v1/auth/login HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n${end}{}`,
  ],
  ['an unknown path', 404, `GET /nowhere HTTP/1.1\r\n${end}`],
  ['a wrong method', 405, `DELETE /api/v1/support/faq HTTP/1.1\r\n${end}`],
  ['no sign-in', 401, `GET /api/v1/auth/me HTTP/1.1\r\n${end}`],
];

describe('every refusal is our JSON with a request id and the safe headers, wherever it is made', () => {
  test.each(refused)('%s: %i', async (_what, status, bytes) => {
    const answer = await sendRaw(api.server, bytes);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ detail: expect.anything() });
    expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    });
  });
});

test("tokens and everything that is somebody's are stored by nobody, nor guessed to be another type; what a reader names is still not sent again", async () => {
  const { id } = await api.ticket(dana);
  const answers = await Promise.all([
    dana.call('GET', '/auth/me'),
    dana.call('GET', '/support/tickets'),
    dana.call('GET', `/support/tickets/${id}`),
    dana.call('GET', `/support/tickets/${id}/messages`),
    dana.call('GET', '/support/sync'),
    api.call('POST', '/auth/refresh', { refresh_token: dana.refreshToken }),
    dana.call('POST', `/support/tickets/${id}/messages`, { message: 'hello there' }),
  ]);
  for (const { status, headers } of answers)
    expect([status, headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([
      200,
      'no-store',
      'nosniff',
    ]);
  const tag = answers[0]?.headers.get('etag') ?? '';
  const again = await dana.call('GET', '/auth/me', undefined, { 'if-none-match': tag });
  expect([again.status, again.headers.get('cache-control')]).toEqual([304, 'no-store']);
});

test('an event stream has the safe headers too', async () => {
  const { socket, until } = await openSocket(
    api.server,
    `GET /api/v1/support/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${dana.token}\r\n\r\n`,
  );
  const head = (await until('\r\n\r\n')).toLowerCase();
  for (const line of [
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'x-request-id: ',
  ])
    expect(head).toContain(line);
  socket.destroy();
});

test('a page may come with many cookies: another port of the host can set them, and must not keep the customer out', async () => {
  const cookies = Array.from({ length: 180 }, (_, i) => `c${i}=${'x'.repeat(3_900)}`).join('; ');
  expect(
    (await sendRaw(api.server, `GET /healthz HTTP/1.1\r\nCookie: ${cookies}\r\n${end}`)).status,
  ).toBe(200);
});
