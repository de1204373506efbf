import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApi, type Api } from '../../../src/server/app.ts';
import { startApi, type Person, type TestApi } from '../../helpers/api.ts';
import { freshDatabase } from '../../helpers/database.ts';
import { openStream } from '../../helpers/event-stream.ts';

let api: TestApi;
let maya: Person;
let dana: Person;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('admin');
  dana = await api.person('customer');
});
afterAll(async () => {
  await api.close();
});

/** One sample a line: `name{labels} value`. */
function samples(text: string): { name: string; labels: Record<string, string>; value: number }[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', inside = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      return {
        name,
        labels: Object.fromEntries(
          [...inside.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', text_ = '']) => [
            label,
            text_,
          ]),
        ),
        value: Number(value),
      };
    });
}

async function metrics(): Promise<ReturnType<typeof samples>> {
  const response = await fetch(`${api.server}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  return samples(await response.text());
}

test('requests are counted and timed by template, method and status, and nothing that anybody sent is a label', async () => {
  const canary = 'canary-7d1f';
  const { id } = await api.ticket(dana, `Subject ${canary}`);
  const stream = await openStream(api.server, maya.token);
  await maya.call('GET', `/support/tickets/${id}`);
  await maya.call('GET', `/support/tickets/${id}?q=${canary}`);
  await maya.call('GET', `/support/${canary}/nowhere`);
  await maya.call('DELETE', `/support/tickets/${id}`);
  await api.call('GET', `/support/faq/search?q=${canary}`);
  await api.call('POST', '/auth/login', { email: `${canary}@example.test`, password: canary });
  await dana.call('POST', `/support/tickets/${id}/messages`, { message: `hello ${canary}` });
  expect(await stream.nextOf('changed')).not.toBeNull();
  const found = await metrics();
  const value = (name: string, labels: Record<string, string> = {}): number | undefined =>
    found.find(
      (s) =>
        s.name === name &&
        Object.entries(labels).every(([label, wanted]) => s.labels[label] === wanted),
    )?.value;

  const template = { method: 'GET', route: '/api/v1/support/tickets/:id', status: '200' };
  // The one with a field that the call does not know is refused, under the same template.
  for (const status of ['200', '422'])
    expect(value('staffdesk_http_requests_total', { ...template, status }), status).toBe(1);
  expect(value('staffdesk_http_request_duration_seconds_count', template)).toBe(1);
  expect(value('staffdesk_http_requests_total', { route: 'none', status: '404' })).toBe(1);
  expect(value('staffdesk_http_requests_total', { route: 'none', status: '405' })).toBe(1);
  expect(value('staffdesk_event_streams')).toBe(1);
  expect(value('staffdesk_notices_delivered_total')).toBeGreaterThan(0);
  expect(value('staffdesk_db_pool_connections')).toBeGreaterThan(0);
  expect(value('staffdesk_db_pool_idle')).toBeGreaterThan(0);
  expect(value('staffdesk_db_pool_waiting')).toBe(0);
  expect(value('staffdesk_feed_lag_seconds')).toBeGreaterThanOrEqual(0);
  expect(value('process_resident_memory_bytes')).toBeGreaterThan(0);

  const all = JSON.stringify(found);
  for (const secret of [canary, id, maya.id, dana.id, dana.email, dana.token, maya.token])
    expect(all).not.toContain(secret);
  const values = (label: string): string[] =>
    found.filter((s) => s.name.startsWith('staffdesk_http')).map((s) => s.labels[label] ?? '');
  for (const route of values('route'))
    expect(route).toMatch(/^(none|\/(?!.*[0-9a-f]{8}-)[\w/:.]*)$/);
  for (const status of values('status')) expect(status).toMatch(/^(\d{3}|aborted)$/);
  expect(
    new Set(
      found.filter((s) => s.name.startsWith('staffdesk_')).flatMap((s) => Object.keys(s.labels)),
    ),
  ).toEqual(new Set(['method', 'route', 'status', 'le']));
  stream.close();
});

test('feed lag shows an open writer', async () => {
  const writer = await api.pool.connect();
  await writer.query('begin');
  await writer.query('select pg_current_xact_id()');
  const lag = (await metrics()).find((s) => s.name === 'staffdesk_feed_lag_seconds')?.value;
  expect(lag).toBeGreaterThan(0);
  await writer.query('rollback');
  writer.release();
});

describe('who may read them', () => {
  let closed: Api;
  let open: Api;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await freshDatabase();
    drop = database.drop;
    open = await buildApi({ databaseUrl: database.url, trustProxy: 'loopback' });
    closed = await buildApi({ databaseUrl: database.url, metricsToken: 'let-me-see' });
  });
  afterAll(async () => {
    await Promise.all([open.close(), closed.close()]);
    await drop();
  });
  const get = async (
    api_: Api,
    remoteAddress: string,
    headers: Record<string, string> = {},
  ): Promise<number> =>
    (await api_.app.inject({ url: '/metrics', remoteAddress, headers })).statusCode;

  test('without a token only a caller on this machine that speaks for itself', async () => {
    for (const address of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])
      expect(await get(open, address)).toBe(200);
    for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '2001:db8::1', '1.127.0.1'])
      expect(await get(open, address)).toBe(404);
    expect(await get(open, '127.0.0.1', { 'x-forwarded-for': '10.0.0.1' })).toBe(404);
    expect(await get(open, '10.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).toBe(404);
    for (const name of ['forwarded', 'via', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto'])
      expect(await get(open, '127.0.0.1', { [name]: 'for=127.0.0.1' }), name).toBe(404);
  });

  test('and no page in a browser of this machine, under whatever name it has it', async () => {
    for (const host of ['127.0.0.1', '127.0.0.1:3000', 'localhost:3000', 'LOCALHOST', '[::1]:3000'])
      expect(await get(open, '127.0.0.1', { host }), host).toBe(200);
    const names = [
      'rebound.evil.test',
      'rebound.evil.test:3000',
      '127.0.0.1.evil.test',
      'localhost.evil.test',
      'evil.test:127.0.0.1',
      'x@127.0.0.1',
      '127.1',
      '0.0.0.0',
      '2130706433',
      '[::]',
      '127.0.0.1.',
      'localhost.',
    ];
    for (const host of names) expect(await get(open, '127.0.0.1', { host }), host).not.toBe(200);
    for (const origin of ['http://evil.test', 'null', 'http://127.0.0.1:3000'])
      expect(await get(open, '127.0.0.1', { origin }), origin).toBe(404);
    for (const site of ['cross-site', 'same-site', 'same-origin'])
      expect(await get(open, '127.0.0.1', { 'sec-fetch-site': site }), site).toBe(404);
    expect(await get(open, '127.0.0.1', { 'sec-fetch-site': 'none' })).toBe(200);
  });

  test('with a token whoever has it, from anywhere, and nobody else; the others hear what any unknown path says', async () => {
    expect(await get(closed, '10.0.0.1', { authorization: 'Bearer let-me-see' })).toBe(200);
    for (const authorization of [
      '',
      'let-me-see',
      'Bearer let-me-sef',
      'Bearer let-me-see ',
      `Bearer ${'x'.repeat(5_000)}`,
    ])
      expect(await get(closed, '127.0.0.1', { authorization })).toBe(404);
    const [here, nowhere] = await Promise.all(
      ['/metrics', '/nothing'].map((url) => closed.app.inject({ url })),
    );
    expect(here?.body).toBe(nowhere?.body);
  });
});
