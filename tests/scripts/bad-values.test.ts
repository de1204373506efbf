import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  readBenchOptions,
  readBuildOptions,
  readKillOptions,
  readShotsOptions,
  readSimOptions,
  readTestPart,
} from '../../scripts/options.ts';
import { readStartOptions } from '../../scripts/start-options.ts';
import { makeDataFolder } from '../../src/server/data-folder.ts';
import { tryAddress } from '../../src/server/listen-address.ts';
import { readOptions } from '../../src/server/options.ts';
import { readMutations } from '../simulation/mutation-run.ts';
import { readRanges } from '../simulation/shrink.ts';
import { readKinds } from '../simulation/steps.ts';

const top = join(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'staffdesk bad-'));
const file = join(home, 'file');
const fresh = join(home, 'new/data');
writeFileSync(file, 'not a folder');
const taken = createServer();
beforeAll(
  () =>
    new Promise<void>((done) => {
      taken.listen(0, '127.0.0.1', done);
    }),
);
afterAll(() => {
  taken.close();
  rmSync(home, { recursive: true, force: true });
});
const takenPort = (): string => {
  const address = taken.address();
  return typeof address === 'object' && address ? String(address.port) : '';
};

/** What a command does with its options before it makes or starts anything. */
const readers = {
  async start(args: string[]) {
    makeDataFolder(readStartOptions(args).data);
  },
  async api(args: string[]) {
    const options = readOptions(args);
    if (options.kind === 'help') throw new Error('No help was asked for.');
    if (options.kind === 'serve') await tryAddress(options);
    makeDataFolder(options.data);
  },
  async sim(args: string[]) {
    const { keep, without, mutation } = readSimOptions(args);
    if (mutation !== undefined) readMutations(mutation);
    if (keep !== undefined) readRanges(keep);
    if (without !== undefined) readKinds(without);
  },
  async kill(args: string[]) {
    readKillOptions(args);
  },
  async bench(args: string[]) {
    readBenchOptions(args, ['api', 'desk']);
  },
  async shots(args: string[]) {
    readShotsOptions(args);
  },
  async test(args: string[]) {
    readTestPart(args);
  },
  async build(args: string[]) {
    readBuildOptions(args);
  },
};
type Command = keyof typeof readers;

interface Row {
  command: Command;
  args: (string | (() => string))[];
  says: RegExp;
}
const row = (command: Command, args: Row['args'], says: RegExp): Row => ({ command, args, says });
const [start, api] = ['start', 'api'] as const;
const first: Partial<Record<Command, string[]>> = {
  start: ['--no-window'],
  api: ['--data', fresh],
};
const nameTooLong = join(home, 'n'.repeat(300));

const rows: Row[] = [
  row(start, ['--name', 'x'], /Unknown option '--name'\. Options after --:/),
  row(
    start,
    ['--data', file],
    /--data takes a folder, and .*file is a file\. Choose another folder/,
  ),
  row(start, ['--data', join(file, 'below')], /--data takes a folder, and .*file is a file\./),
  row(start, ['--data', nameTooLong], /too long\. Choose a shorter one with --data/),
  row(start, ['--data', ''], /--data takes a folder/),
  ...(process.platform === 'linux'
    ? [
        row(
          start,
          ['--data', '/proc/none/below'],
          /\/proc\/none cannot be made\. Choose another folder/,
        ),
      ]
    : []),
  row(start, ['--data'], /--data takes a value, and none follows it/),
  row(start, ['--data', '--port', '3'], /--data takes a value, and none follows it/),
  row(start, ['--port', '-1'], /--port takes a value, .* --port=-VALUE/),
  row(start, ['--port=-1'], /--port takes a whole number from 0 to 65535, not "-1"/),
  row(start, ['--demo-tickets', '1e3'], /--demo-tickets takes a whole number from 0 to 1000000/),
  row(start, ['--shell', 'electron'], /leave out --no-window, or use --shell loopback/),
  row(start, ['--api', 'http://support.example.com'], /not encrypted.*--allow-http/),
  row(start, ['--no-window=1'], /'--no-window' does not take an argument/),
  row(api, ['--data', file], /--data takes a folder, and .*file is a file\./),
  row(
    api,
    ['--port', takenPort],
    /Port \d+ is in use by another program\. Choose another one with --port N/,
  ),
  row(api, ['--port', '99999'], /--port takes a whole number from 0 to 65535/),
  row(
    api,
    ['--host', 'nowhere.invalid'],
    /is not an address of this machine\. Use --host 127\.0\.0\.1/,
  ),
  row(api, ['--host', ''], /--host takes an address of this machine/),
  row(
    api,
    ['--database-url', 'nonsense'],
    /--database-url takes the address of a PostgreSQL database such as postgres:/,
  ),
  row(api, ['--database-url', ''], /--database-url takes the address/),
  row(api, ['--database-url', 'postgres://h:99999/x'], /--database-url takes the address/),
  row(api, ['--metrics-token', ''], /--metrics-token takes the token/),
  row(api, ['--pool-size', '0'], /--pool-size takes a whole number from 1 to 1000/),
  row(api, ['--portal-name', ' '], /--portal-name takes the name of your support team/),
  row(api, ['--portal-name', 'n'.repeat(61)], /--portal-name .* up to 60 characters/),
  row(api, ['--portal-phone', ''], /--portal-phone takes a phone number such as .*Leave it out/),
  row(api, ['--portal-phone', 'call me'], /--portal-phone takes a phone number/),
  row(api, ['--portal-priority', 'no'], /--portal-priority takes on or off, not "no"/),
  row(api, ['--portal-min-length', '0'], /--portal-min-length takes .* from 1 to 100/),
  row(api, ['user', 'add', '--email', 'nobody'], /--email takes an email address such as/),
  row(api, ['import', '--from', 'https://support.example.com'], /--from postgres:/),
  row(
    api,
    ['import', '--from', 'postgres://h:99999/x'],
    /--from takes the address of a PostgreSQL database/,
  ),
  row('sim', ['--seed', '4294967296'], /--seed takes a whole number from 0 to 4294967295/),
  row('sim', ['--seed'], /--seed takes a value, and none follows it/),
  row('sim', ['--histories', '0'], /from 1 to 100000000/),
  row('sim', ['--steps', 'x'], /from 1 to 1000000/),
  row('sim', ['--nope', '1'], /Unknown option '--nope'\. There are: --histories N, --seed N/),
  row('sim', ['--keep', '9-3'], /--keep takes a list of steps such as 3,7-9, or none/),
  row('sim', ['--without', 'nonsense'], /nonsense is no kind of step\. There are: reply/),
  row(
    'sim',
    ['--mutations', '--mutation', 'nonsense'],
    /--mutation takes the name of a seeded bug, not "nonsense"\. There are: no-key/,
  ),
  row('kill', ['--kills', '0'], /from 1 to 1000000/),
  row('kill', ['--nope', '1'], /There are: --kills N/),
  row('bench', ['--repeat', '21'], /from 1 to 20/),
  row('bench', ['nonsense'], /There is no part "nonsense" to measure; there is: api/),
  row('shots', ['--nope'], /Unknown option "--nope"\. There are: --docs/),
  row('test', ['nonsense'], /npm test takes no "nonsense"\. There are: npm test, npm run check/),
  row('build', ['nonsense'], /Unexpected argument 'nonsense'\. There are: --help/),
];

const named = (one: Row) =>
  [
    one.command,
    one.args.map((arg) => (typeof arg === 'string' ? arg : 'a taken port')).join(' '),
    one,
  ] as const;
const argsOf = ({ command, args }: Row): string[] => [
  ...(first[command] ?? []),
  ...args.map((arg) => (typeof arg === 'string' ? arg : arg())),
];
const expectNothingMade = (): void => {
  expect(globSync('**/*', { cwd: home })).toEqual(['file']);
};

test.each(rows.map(named))(
  '%s %s is refused with one sentence and what to do, and nothing is made',
  async (_command, _args, one) => {
    const refusal = await readers[one.command](argsOf(one)).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(Error);
    const { message } = refusal as Error;
    expect(message).toMatch(one.says);
    expect(message.split('\n')).toHaveLength(1);
    expectNothingMade();
  },
);

/** A row of each command, and those that only the running program can know. */
const asProcesses = rows.filter(
  (one, i) =>
    rows.findIndex(({ command }) => command === one.command) === i || one.args.includes(takenPort),
);

test.each(asProcesses.map(named))(
  'the process of %s %s says it on stderr, ends with code 1 and makes nothing',
  (_command, _args, one) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join('scripts', `${one.command}.ts`), ...argsOf(one)],
      { cwd: top, encoding: 'utf8', env: { ...process.env, HOME: home, TMPDIR: home } },
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(one.says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expectNothingMade();
  },
);
