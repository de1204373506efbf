import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { readOptions } from '../../src/server/options.ts';
import { startApi, type TestApi } from '../helpers/api.ts';

describe('the command line', () => {
  const serve = (...argv: string[]) => readOptions(argv, {});

  test('runs quietly, trusts no proxy and shows metrics to this machine alone unless told otherwise', () => {
    expect(serve()).toMatchObject({
      kind: 'serve',
      log: null,
      metricsToken: null,
      trustProxy: null,
      drainMs: 0,
      poolSize: 20,
      host: '127.0.0.1',
    });
  });

  test('the metrics token comes from the option, else from the environment; an empty one is none', () => {
    expect(readOptions([], { STAFFDESK_METRICS_TOKEN: 'a' })).toMatchObject({ metricsToken: 'a' });
    expect(readOptions(['--metrics-token', 'b'], { STAFFDESK_METRICS_TOKEN: 'a' })).toMatchObject({
      metricsToken: 'b',
    });
    expect(readOptions([], { STAFFDESK_METRICS_TOKEN: '' })).toMatchObject({ metricsToken: null });
  });

  test('--trust-proxy takes addresses, ranges and the names of private ranges, and nothing that trusts everyone by mistake', () => {
    for (const good of [
      '10.0.0.7',
      '10.0.0.0/8',
      '::1',
      'fd00::/8',
      'loopback',
      '10.0.0.7, loopback',
    ])
      expect(serve('--trust-proxy', good)).toMatchObject({ trustProxy: good.replaceAll(' ', '') });
    for (const bad of [
      'true',
      '1',
      '',
      '10.0.0.0/33',
      '10.0.0',
      'example.com',
      '10.0.0.1/8/8',
      'loopback,',
    ])
      expect(() => serve('--trust-proxy', bad)).toThrow(/takes the addresses of your balancer/);
  });

  test('numbers are bounded', () => {
    for (const argv of [
      ['--drain-seconds', '301'],
      ['--drain-seconds', '1.5'],
      ['--pool-size', '0'],
      ['--pool-size', 'many'],
      ['--port', '65536'],
    ])
      expect(() => serve(...argv)).toThrow(/takes a whole number/);
  });

  test('README names every option that an unknown one is answered with', () => {
    const readme = readFileSync('README.md', 'utf8');
    let sentence = '';
    try {
      serve('--nonsense');
    } catch (error) {
      sentence = String(error);
    }
    const options =
      sentence.match(/--[a-z]+(-[a-z]+)*/g)?.filter((option) => option !== '--nonsense') ?? [];
    expect(options.length).toBeGreaterThan(10);
    for (const option of options) expect(readme).toContain(option);
  });
});

describe('limits by address behind a balancer', () => {
  const started: TestApi[] = [];
  afterAll(async () => {
    await Promise.all(started.map((api) => api.close()));
  });
  const start = async (trustProxy: string | null): Promise<TestApi> => {
    const api = await startApi({ loginPerAddress: 2 }, { trustProxy });
    started.push(api);
    return api;
  };
  const signIn = async (api: TestApi, forwarded: string): Promise<number> =>
    (
      await api.call(
        'POST',
        '/auth/login',
        { email: 'nobody@example.test', password: 'x' },
        { 'x-forwarded-for': forwarded },
      )
    ).status;

  test('with --trust-proxy each caller has a limit of their own, by what the balancer and not the caller wrote', async () => {
    const api = await start('loopback');
    expect([
      await signIn(api, '203.0.113.1'),
      await signIn(api, '203.0.113.1'),
      await signIn(api, '203.0.113.1'),
    ]).toEqual([401, 401, 429]);
    expect(await signIn(api, '203.0.113.2')).toBe(401);
    expect(await signIn(api, '198.51.100.77, 203.0.113.1')).toBe(429);
  });

  test('without it the header is only what a caller says', async () => {
    const api = await start(null);
    expect([
      await signIn(api, '203.0.113.1'),
      await signIn(api, '203.0.113.2'),
      await signIn(api, '203.0.113.3'),
    ]).toEqual([401, 401, 429]);
  });
});
