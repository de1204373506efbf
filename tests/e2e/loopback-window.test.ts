import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser } from '../../src/main/shell/loopback/browser.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { tempDir } from '../helpers/desk.ts';
import { sendTo } from '../helpers/loopback.ts';
import {
  anotherWindow,
  startDeskProgram,
  startProgram,
  type Running,
} from '../helpers/processes.ts';

const ready = 'Staffdesk ready:';
const opened = 'Staffdesk is open in its own window.';
const nobody = 'http://127.0.0.1:9';
let home: ReturnType<typeof tempDir>;
let desk: Running | null = null;
let browser: Browser | null = null;

beforeEach(() => {
  // A system may let no program run from a place in memory.
  home = tempDir(tmpdir());
});
afterEach(async () => {
  await browser?.close();
  await desk?.stop();
  [browser, desk] = [null, null];
  home.remove();
});

/**
 * The machine's whole Chromium as the desk finds it, but without a screen. `script` stands in for
 * it.
 */
function browserProgram(script = `exec "${findBrowser()}" --headless=new "$@"`): string {
  const path = join(home.dir, 'browser.sh');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
async function start(chromePath: string, env: NodeJS.ProcessEnv = {}): Promise<Running> {
  const data = join(home.dir, 'data');
  mkdirSync(data, { mode: 0o755 });
  desk = await startProgram('out/main/loopback.js', ['--api', nobody, '--data', data], ready, {
    DBUS_SESSION_BUS_ADDRESS: '',
    DISPLAY: ':none',
    CHROME_PATH: chromePath,
    ...env,
  });
  return desk;
}
const profile = (): string => join(home.dir, 'data', 'window');
const keyOf = (link: string): string => link.split('#key=')[1] ?? '';

test('the window that Staffdesk opens is let in, may notify, and has its key neither in its address nor in its profile', async () => {
  const running = await start(
    browserProgram(`exec "${findBrowser()}" --headless=new --remote-debugging-port=0 "$@"`),
  );
  await running.nextLine(opened);
  const [port] = readFileSync(join(profile(), 'DevToolsActivePort'), 'utf8').split('\n');
  browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new Error('There is no window');
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  expect(new URL(page.url()).hash).toBe('');
  expect(page.url().startsWith(new URL(running.readyAt).origin)).toBe(false);
  expect(await page.evaluate(() => Notification.permission)).toBe('granted');
  // The session outlives a reload, in this window alone.
  await page.reload();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  // The printed link is for another window and was not used up by this one.
  const { origin } = new URL(running.readyAt);
  expect(
    (
      await sendTo(
        origin,
        'POST',
        '/bridge/session',
        { origin, 'content-type': 'application/json' },
        JSON.stringify({ key: keyOf(running.readyAt) }),
      )
    ).status,
  ).toBe(200);
  await browser.close();
  browser = null;
  await running.stop();
  desk = null;
  expect(statSync(profile()).mode & 0o777).toBe(0o700);
  const files = globSync('**/*', { cwd: profile(), withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(20);
  const withKey = files.filter((file) =>
    /key=[\w-]{43}/.test(readFileSync(join(file.parentPath, file.name), 'latin1')),
  );
  expect(withKey.map(({ name }) => name)).toEqual([]);
});

test('a desk that is killed takes its window with it, so that nobody can put another page into it', async () => {
  const pidFile = join(home.dir, 'pid');
  const running = await start(
    browserProgram(`echo $$ > "${pidFile}"\nexec "${findBrowser()}" --headless=new "$@"`),
  );
  await running.nextLine(opened);
  const pid = Number(readFileSync(pidFile, 'utf8'));
  await running.kill();
  desk = null;
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test.each([
  ['ends at once', 'exit 1'],
  ['hands over to another that runs already', 'exit 0'],
  ['knows no pipe', 'exec 3<&- 4>&-\nexec sleep 300'],
])('a browser that %s is said, and the printed link is still the way in', async (_, script) => {
  const running = await start(browserProgram(script));
  expect(await running.nextLine('The window')).toMatch(
    /Open the link above in a browser instead\.$/,
  );
  const { origin } = new URL(running.readyAt);
  expect(
    (
      await sendTo(
        origin,
        'POST',
        '/bridge/session',
        { origin, 'content-type': 'application/json' },
        JSON.stringify({ key: keyOf(running.readyAt) }),
      )
    ).status,
  ).toBe(200);
});

const asRoot = process.getuid?.() === 0 && process.platform === 'linux';
if (!asRoot)
  console.log(
    'Left out: what a second user of the computer can see, since only root can make one (1 test)',
  );

test.runIf(asRoot)(
  'a second user of the computer finds no secret of a running desk, and gets in nowhere',
  async () => {
    chmodSync(home.dir, 0o755);
    const running = await start(browserProgram(), {
      STAFFDESK_DEMO_SIGN_IN: 'maya@staffdesk.test:a-demo-secret',
    });
    await running.nextLine(opened);
    const { origin } = new URL(running.readyAt);
    const headers = { origin, 'content-type': 'application/json' };
    const { session } = JSON.parse(
      (
        await sendTo(
          origin,
          'POST',
          '/bridge/session',
          headers,
          JSON.stringify({ key: keyOf(running.readyAt) }),
        )
      ).body,
    ) as { session: string };
    const secrets = [
      keyOf(running.readyAt),
      keyOf(await running.nextLine(anotherWindow)),
      session,
      session.split('.')[1] ?? '',
      'a-demo-secret',
    ];
    const pids = familyOf(running.pid);
    const ports = listeningPorts(pids);
    // Other desks may run beside this one, and what they leave in places of all is not its own.
    const ownLink = new RegExp(`:(?:${ports.join('|')})/\\S*key=[\\w-]{43}`);
    const told = (text: string, where: string, link = /key=[\w-]{43}/): void => {
      for (const secret of secrets) expect(text.includes(secret), where).toBe(false);
      expect(link.test(text), where).toBe(false);
    };

    const name = `sd${randomBytes(4).toString('hex')}`;
    execFileSync('useradd', ['--no-create-home', '--shell', '/bin/sh', name]);
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8' })),
      );
      const asOther = (command: string): string =>
        spawnSync('/bin/sh', ['-c', command], {
          uid: uid ?? -1,
          gid: gid ?? -1,
          cwd: '/',
          env: { PATH: '/usr/bin:/bin' },
          encoding: 'latin1',
          maxBuffer: 1e9,
        }).stdout;
      expect(asOther('id -un').trim()).toBe(name);

      expect(pids.length).toBeGreaterThan(3);
      const lines = asOther('cat /proc/[0-9]*/cmdline | tr "\\0" " "');
      // It does see the program and its window: what it sees is no secret.
      expect(lines).toContain('--remote-debugging-pipe');
      told(lines, 'arguments', ownLink);
      told(asOther('command -v ps > /dev/null && ps auxwwe'), 'process list', ownLink);
      for (const pid of pids)
        for (const file of ['environ', 'maps', 'mem', 'fd/3', 'fd/4', 'fdinfo/3'])
          expect(asOther(`head -c 100 /proc/${pid}/${file} 2>/dev/null`), `${pid} ${file}`).toBe(
            '',
          );

      expect(asOther(`ls "${profile()}" 2>/dev/null`)).toBe('');
      told(
        asOther(`find "${home.dir}" -type f -readable -exec cat {} + 2>/dev/null`),
        'files of the desk',
      );
      told(
        asOther(
          `find /tmp /var/tmp /dev/shm /run -type f -readable -newer "${home.dir}/browser.sh" -size -5000k -exec cat {} + 2>/dev/null`,
        ),
        'temporary files',
        ownLink,
      );

      expect(ports).toContain(Number(new URL(origin).port));
      // The links' and the window's: no port to look into the browser.
      expect(ports).toHaveLength(2);
      for (const port of ports) {
        const at = `http://127.0.0.1:${port}`;
        for (const path of [
          '/',
          '/index.html',
          '/icon.svg',
          '/json/version',
          '/json/list',
          '/devtools/browser',
          '/bridge/session',
          '/bridge/call',
          '/bridge/events',
          '/bridge/proof',
          '/metrics',
          '/.env',
          '/..%2f..%2fdata/outbox.db',
        ]) {
          for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
            const answer = await sendTo(
              at,
              method,
              path,
              { ...headers, origin: at },
              method === 'GET' ? undefined : '{"name":"session.get","input":{}}',
            );
            told(JSON.stringify(answer), `${method} ${path}`);
            const isPublic = method === 'GET' && /^\/(index\.html|icon\.svg)?$/.test(path);
            expect(answer.status >= 400, `${method} ${path}: ${answer.status}`).toBe(!isPublic);
          }
        }
      }
      // The owner is still in.
      expect(
        (
          await sendTo(
            origin,
            'POST',
            '/bridge/call',
            { ...headers, 'x-staffdesk-session': session },
            '{"name":"session.get","input":{}}',
          )
        ).status,
      ).toBe(200);
    } finally {
      execFileSync('userdel', [name]);
    }
  },
);

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    // No such process.
    return false;
  }
}

/** A process and all that it started. */
function familyOf(pid: number): number[] {
  const parents = globSync('/proc/[0-9]*/stat').flatMap((path) => {
    try {
      const [, child, parent] = /^(\d+) \(.*\) \S (\d+)/s.exec(readFileSync(path, 'utf8')) ?? [];
      return [[Number(child), Number(parent)] as const];
    } catch {
      // It has ended since.
      return [];
    }
  });
  const below = (one: number): number[] => [
    one,
    ...parents.filter(([, parent]) => parent === one).flatMap(([child]) => below(child)),
  ];
  return below(pid);
}

/** The TCP ports that these processes listen on, on whatever address. */
function listeningPorts(pids: readonly number[]): number[] {
  const inodes = new Set(
    pids.flatMap(
      (pid) =>
        execFileSync('/bin/sh', ['-c', `ls -l /proc/${pid}/fd 2>/dev/null || true`], {
          encoding: 'utf8',
        }).match(/(?<=socket:\[)\d+/g) ?? [],
    ),
  );
  const rows = ['tcp', 'tcp6']
    .flatMap((file) => readFileSync(`/proc/net/${file}`, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/));
  return [
    ...new Set(
      rows
        .filter(([, , , state, , , , , , inode]) => state === '0A' && inodes.has(inode ?? ''))
        .map(([, local]) => Number.parseInt(local?.split(':').at(-1) ?? '', 16)),
    ),
  ];
}

test('terminal and sign-in form say that others can read along where the server is plain http on another computer, and only there', async () => {
  browser = await launchBrowser();
  const signIn = async (server: string, ...options: string[]) => {
    desk = await startDeskProgram(server, join(home.dir, 'data'), 0, options);
    const page = await browser?.newPage();
    await page?.goto(desk.readyAt);
    const form = page?.getByRole('form', { name: 'Sign in to Staffdesk' });
    await form?.waitFor();
    const said = {
      notes: await form?.getByRole('note').allTextContents(),
      form: await form?.textContent(),
    };
    await desk.stop();
    return { ...said, terminal: await desk.output() };
  };
  const remote = await signIn('http://support.invalid', '--allow-http');
  expect(remote.notes).toEqual([
    expect.stringContaining('others on the network can read your password and all conversations'),
  ]);
  expect(remote.form).toContain('http://support.invalid');
  expect(remote.terminal).toContain('The connection to http://support.invalid is not encrypted');
  for (const server of ['https://support.invalid', nobody]) {
    const quiet = await signIn(server);
    expect(quiet.notes).toEqual([]);
    expect(quiet.terminal).not.toContain('encrypted');
  }
});
