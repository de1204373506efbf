import { describe, expect, test } from 'vitest';
import { readStartOptions } from '../../scripts/start-options.ts';
import { readOptions } from '../../src/server/options.ts';

describe('npm start', () => {
  test('without options is the demo with 2,000 tickets and traffic in its own folder', () => {
    expect(readStartOptions([])).toMatchObject({
      api: null,
      allowHttp: false,
      shell: 'auto',
      window: true,
      port: null,
      demoTickets: 2000,
      demoTraffic: true,
    });
  });
  test('takes every documented option', () => {
    expect(
      readStartOptions([
        '--api',
        'https://support.example.com/anything',
        '--allow-http',
        '--shell',
        'loopback',
        '--no-window',
        '--data',
        '/x',
        '--port',
        '4000',
        '--demo-tickets',
        '10',
        '--no-demo-traffic',
      ]),
    ).toEqual({
      api: 'https://support.example.com',
      allowHttp: true,
      shell: 'loopback',
      window: false,
      data: '/x',
      port: 4000,
      demoTickets: 10,
      demoTraffic: false,
    });
  });
  test.each([
    [['--nope'], /--nope.*Options after --/],
    [['--api', 'nonsense'], /--api takes the address/],
    [['--api', 'ftp://x'], /--api/],
    [['--api', 'http://support.example.com'], /not encrypted.*https:.*--allow-http/],
    [['--shell', 'gtk'], /electron or loopback/],
    [['--port', '70000'], /0 to 65535/],
    [['--port', '-1'], /.+/],
    [['--demo-tickets', 'many'], /whole number/],
    [['stray'], /stray/],
  ])('%j is one sentence that says what is possible', (argv, sentence) => {
    expect(() => readStartOptions(argv)).toThrow(sentence);
  });
});

describe('npm run api', () => {
  test.each([
    [['--nope'], /--nope.*There are/],
    [['--port', 'abc'], /--port takes a whole number/],
    [['user'], /user add/],
    [['user', 'add'], /--email/],
    [['import'], /--from postgres:/],
    [['import', '--from', 'https://support.example.com'], /--from postgres:/],
    [['user', 'add', '--email', 'a@example.com', '--role', 'king'], /customer, staff or admin/],
  ])('%j is one sentence that says what is possible', (argv, sentence) => {
    expect(() => readOptions(argv)).toThrow(sentence);
  });
  test('imports from the address in the option, else from the one in the environment', () => {
    expect(
      readOptions(['import', '--from', 'postgres://a/b', '--data', '/d'], {
        STAFFDESK_IMPORT_FROM: 'postgres://c/d',
      }),
    ).toMatchObject({ kind: 'import', from: 'postgres://a/b', data: '/d' });
    expect(
      readOptions(['import', '--data', '/d'], { STAFFDESK_IMPORT_FROM: 'postgres://c/d' }),
    ).toMatchObject({ from: 'postgres://c/d' });
  });
  test('adds a user with a role', () => {
    expect(
      readOptions(['user', 'add', '--email', 'a@example.com', '--role', 'admin']),
    ).toMatchObject({
      kind: 'add-user',
      email: 'a@example.com',
      role: 'admin',
      name: 'a',
      password: null,
    });
  });
});
