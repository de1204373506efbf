import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from './account.ts';
import { binary, plainEnvironment } from './program.ts';

export interface Postmaster {
  port: number;
  pid: number;
  stop(): Promise<void>;
}
export interface PostmasterOptions {
  program: string;
  cluster: string;
  account: Account | null;
  settings: readonly string[];
  /** Any free one by default. */
  port?: number | undefined;
}

/** The data that a running server writes into its folder. */
export interface Running {
  pid: number;
  port: number;
  ready: boolean;
}

const ownSettings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'lc_messages=C',
  'logging_collector=off',
];
const pollMs = 50;
const stopPatienceMs = 60_000;

/**
 * The server that runs on a cluster, or null. The remains of a killed one are removed, because its
 * process number may be another's by now.
 */
export function runningPostmaster(cluster: string): Running | null {
  const path = join(cluster, 'postmaster.pid');
  if (!existsSync(path)) return null;
  const [pid = '', , , port = '', , , , status = ''] = readFileSync(path, 'utf8').split('\n');
  if (isPostmasterOf(Number(pid), cluster))
    return { pid: Number(pid), port: Number(port), ready: status.trim() === 'ready' };
  rmSync(path, { force: true });
  return null;
}

/** Ends a server whose parent process is gone; waits until its folder is free. */
export async function endPostmaster(cluster: string): Promise<void> {
  const asked = new Set<number>();
  for (let waited = 0; waited < stopPatienceMs; waited += pollMs) {
    const running = runningPostmaster(cluster);
    if (running === null) return;
    // The fast shutdown: open transactions are rolled back, and the files are left complete.
    if (!asked.has(running.pid)) signal(running.pid);
    asked.add(running.pid);
    await wait(pollMs);
  }
  throw new Error(
    `PostgreSQL (process ${[...asked].join(', ')}) does not stop. End that process, then start again.`,
  );
}

/** Starts the server on 127.0.0.1. Throws an Error with its last output if it ends instead. */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  for (let tries = 1; ; tries += 1) {
    const port = options.port ?? (await freePort());
    try {
      return await start(options, port);
    } catch (error) {
      // Another program can take a free port before PostgreSQL does.
      const taken =
        error instanceof Error && error.message.includes('could not create any TCP/IP sockets');
      if (!taken || options.port !== undefined || tries === 5) throw error;
    }
  }
}

async function start(options: PostmasterOptions, port: number): Promise<Postmaster> {
  const { cluster, account } = options;
  const child = spawnPostgres(options, port);
  const guard = guardPostmaster(child, account);
  const ended = new Promise<void>((done) => {
    child.on('close', () => {
      guard?.kill('SIGKILL');
      done();
    });
  });
  await readiness(child, ended);
  return {
    port,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) stopChild(child, cluster);
      await ended;
    },
  };
}

/**
 * Detached from the terminal: Ctrl-C is for this process, and PostgreSQL must stop only after the
 * requests that use it.
 */
function spawnPostgres(
  { program, cluster, account, settings }: PostmasterOptions,
  port: number,
): ChildProcess {
  const flags = [...ownSettings, ...settings].flatMap((setting) => ['-c', setting]);
  return spawn(binary(program, 'postgres'), ['-D', cluster, '-p', String(port), ...flags], {
    ...account,
    cwd: homeless,
    env: plainEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

/**
 * Resolves when connections are accepted; rejects with the last output if the program ends or
 * cannot be run.
 */
function readiness(child: ChildProcess, ended: Promise<void>): Promise<void> {
  let last = '';
  return new Promise((done, fail) => {
    child.on('error', (error) => {
      fail(error);
    });
    if (child.stderr)
      createInterface({ input: child.stderr }).on('line', (line) => {
        if (/\b(FATAL|PANIC|ERROR|error)\b/.test(line) || last === '') last = line.trim();
        if (line.includes('database system is ready to accept connections')) done();
      });
    void ended.then(() => {
      fail(new Error(last === '' ? 'it ended without a reason' : last));
    });
  });
}

/**
 * PostgreSQL continues if this process is killed, so a shell waits for the end of its own input,
 * which the system closes with this process, and then stops it.
 */
function guardPostmaster({ pid }: ChildProcess, account: Account | null): ChildProcess | null {
  if (process.platform === 'win32' || pid === undefined) return null;
  const guard = spawn('/bin/sh', ['-c', 'read -r line; kill -INT "$1"', 'sh', String(pid)], {
    ...account,
    cwd: homeless,
    env: plainEnvironment(),
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  // A pipe to a child is a socket; its type says only that it can be written.
  (guard.stdin as Socket).unref();
  return guard;
}

/** A folder that every user can enter. */
const homeless = process.platform === 'win32' ? undefined : '/';

function stopChild(child: ChildProcess, cluster: string): void {
  if (process.platform !== 'win32') child.kill('SIGINT');
  else
    spawnSync(
      join(child.spawnfile, '..', 'pg_ctl.exe'),
      ['stop', '-m', 'fast', '-W', '-D', cluster],
      { stdio: 'ignore' },
    );
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    // It has ended meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * PostgreSQL's working directory is its cluster, which distinguishes its process from another one
 * with the same number.
 */
function isPostmasterOf(pid: number, cluster: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  if (process.platform === 'linux') return linkTarget(`/proc/${pid}/cwd`) === realpathSync(cluster);
  if (process.platform === 'win32') return isAlive(pid);
  return (
    spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  ).includes('postgres');
}

function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    // No such process, or one of another user's, which cannot be ours.
    return null;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address) done(address.port);
        else fail(new Error('no port'));
      });
    });
  });
}
