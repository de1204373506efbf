import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { removeLeftovers } from '../../src/server/postgres/places.ts';
import { processTree, stillRunning } from '../helpers/process-tree.ts';

const top = join(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'staffdesk ending-'));
chmodSync(home, 0o700);
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  if (process.getuid?.() === 0) removeLeftovers();
});

const started: { npm: ChildProcess; output: () => string }[] = [];

/**
 * Starts an npm command for real and resolves with its process once a line begins with `readyText`.
 */
async function startNpm(args: string[], readyText: string): Promise<ChildProcess> {
  // As from a shell: vitest's own settings are not for it.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const npm = spawn('npm', args, {
    cwd: top,
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  started.push({ npm, output: () => said });
  npm.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await new Promise<void>((done, fail) => {
    createInterface({ input: npm.stdout }).on('line', (line) => {
      said += `${line}\n`;
      if (line.startsWith(readyText)) done();
    });
    npm.on('exit', (code) => {
      fail(new Error(`npm ${args.join(' ')} ended with ${code}: ${said}`));
    });
  });
  return npm;
}

const api = () =>
  startNpm(['run', 'api', '--', '--data', join(home, 'api'), '--port', '0'], 'Support API ready:');
const start = () =>
  startNpm(
    [
      'start',
      '--',
      '--no-window',
      '--no-demo-traffic',
      '--demo-tickets',
      '0',
      '--port',
      '0',
      '--data',
      join(home, 'start'),
    ],
    'Ctrl-C stops everything.',
  );

/** What a failed test left running must not be in the way of the next one. */
afterEach(() => {
  for (const { npm } of started.splice(0)) {
    for (const { pid } of stillRunning(processTree(npm.pid ?? 0))) process.kill(pid, 'SIGTERM');
  }
});

describe.runIf(process.platform === 'linux')('nothing is left of', () => {
  test.each([
    ['npm run api', 'npm', 'SIGINT', api],
    ['npm run api', 'npm', 'SIGTERM', api],
    ['npm run api', 'npm', 'SIGKILL', api],
    ['npm run api', 'npm', 'SIGHUP', api],
    ['npm run api', 'bootstrap.mjs', 'SIGKILL', api],
    ['npm run api', 'api.ts', 'SIGKILL', api],
    ['npm start', 'npm', 'SIGINT', start],
    ['npm start', 'npm', 'SIGTERM', start],
    ['npm start', 'npm', 'SIGKILL', start],
    ['npm start', 'all', 'SIGINT', start],
    ['npm start', 'bootstrap.mjs', 'SIGKILL', start],
    ['npm start', 'start.ts', 'SIGKILL', start],
  ] as const)('%s when %s of it gets %s', async (_name, part, signal, run) => {
    const npm = await run();
    const tree = processTree(npm.pid ?? 0);
    for (const each of ['bootstrap.mjs', 'postgres'])
      expect(tree.map(({ command }) => command).join('\n')).toContain(each);
    const pid =
      part === 'npm' || part === 'all'
        ? npm.pid
        : tree.findLast(({ command }) =>
            new RegExp(`/${part.replace('.', '\\.')}( |$)`).test(command),
          )?.pid;
    if (pid === undefined) throw new Error(`${part} does not run`);
    // Ctrl-C goes to the whole group of a terminal, a signal of a program to npm alone.
    process.kill(part === 'all' ? -pid : pid, signal);
    await expect.poll(() => stillRunning(tree).map(({ command }) => command)).toEqual([]);
  });

  test.each(['SIGINT', 'SIGKILL'] as const)(
    'npm run check when npm gets %s, and no further step begins',
    async (signal) => {
      const npm = await startNpm(['run', 'check'], 'Types ...');
      const tree = processTree(npm.pid ?? 0);
      process.kill(npm.pid ?? 0, signal);
      await expect.poll(() => stillRunning(tree).map(({ command }) => command)).toEqual([]);
      expect(started.at(-1)?.output()).not.toContain('Lint ...');
    },
  );
});
