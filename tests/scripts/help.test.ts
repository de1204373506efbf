import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readStartOptions } from '../../scripts/start-options.ts';
import { readOptions } from '../../src/server/options.ts';

const top = join(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const run = (args: string[], cwd = top) =>
  spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });

test('every npm command has its help, which needs nothing installed or built', () => {
  const bare = mkdtempSync(join(tmpdir(), 'staffdesk bare-'));
  for (const file of [...globSync('scripts/*.{mjs,json}', { cwd: top }), 'src/server/help.json']) {
    mkdirSync(join(bare, file, '..'), { recursive: true });
    cpSync(join(top, file), join(bare, file));
  }
  for (const [name, line] of Object.entries(scripts)) {
    // A shell between npm and our process would keep a SIGINT that npm alone gets.
    const [exec, node, ...words] = line.split(' ');
    expect([exec, node], name).toEqual(['exec', 'node']);
    const { status, stdout } = run([...words, '--help'], bare);
    expect(status, name).toBe(0);
    expect(stdout, name).toContain(
      `npm ${name === 'start' || name === 'test' ? name : `run ${name}`}`,
    );
    for (const text of stdout.split('\n')) expect(text.length, text).toBeLessThanOrEqual(120);
  }
  expect(run(['scripts/bootstrap.mjs', 'api', 'user', 'add', '--help'], bare).stdout).toContain(
    '--name NAME',
  );
  expect(run(['scripts/bootstrap.mjs', 'api', 'import', '--help'], bare).stdout).toContain(
    '--from URL',
  );
  rmSync(bare, { recursive: true });
});

describe('help and the readers of options agree:', () => {
  /** The options that a help text has a line for. */
  const named = (text: string): string[] =>
    [...text.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option ?? '');
  /** An option that is known is not an unknown one, whatever else is wrong. */
  const isKnown = (read: (argv: string[]) => unknown, option: string): boolean => {
    for (const argv of [[option], [option, '1']]) {
      try {
        read(argv);
        return true;
      } catch (error) {
        if (!String(error).includes('Unknown option')) return true;
      }
    }
    return false;
  };

  test.each([
    [
      'start',
      (argv: string[]) => readStartOptions(argv),
      run(['scripts/bootstrap.mjs', 'start', '--help']).stdout,
    ],
    [
      'api',
      (argv: string[]) => readOptions(argv),
      run(['scripts/bootstrap.mjs', 'api', '--help']).stdout,
    ],
    [
      'user add',
      (argv: string[]) => readOptions(['user', 'add', ...argv]),
      run(['scripts/bootstrap.mjs', 'api', 'user', 'add', '--help']).stdout,
    ],
    [
      'import',
      (argv: string[]) => readOptions(['import', ...argv]),
      run(['scripts/bootstrap.mjs', 'api', 'import', '--help']).stdout,
    ],
  ])('%s', (_name, read, text) => {
    const options = named(text).filter((option) => option !== '--help');
    expect(options.length).toBeGreaterThan(2);
    for (const option of options) expect(isKnown(read, option), option).toBe(true);
  });

  test('the API says its help too when it is started without npm', () => {
    expect(readOptions(['--help'])).toMatchObject({
      kind: 'help',
      text: expect.stringContaining('--database-url'),
    });
    expect(readOptions(['user', 'add', '--help'])).toMatchObject({
      kind: 'help',
      text: expect.stringContaining('--email'),
    });
    expect(readOptions(['import', '--help'])).toMatchObject({
      kind: 'help',
      text: expect.stringContaining('--from'),
    });
  });
});

test('npm run sim takes a seed of 32 bits', () => {
  const { status, stdout } = run([
    'scripts/sim.ts',
    '--seed',
    '2411331871',
    '--histories',
    '1',
    '--steps',
    '5',
  ]);
  expect(stdout).toContain('1 histories from seed 2411331871: 0 failed');
  expect(status).toBe(0);
});
