import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { isAlive } from './postmaster.ts';
import { binary, plainEnvironment } from './program.ts';

export const databaseUser = 'staffdesk';

interface Making {
  program: string;
  cluster: string;
  account: Account | null;
  password: string;
  throwaway: boolean;
}

/**
 * Creates the files of a cluster, under another name until they are complete, so that a killed
 * start leaves nothing that looks like one. PostgreSQL gets the password through its input, never
 * by an argument, the environment or a file.
 */
export async function makeCluster({
  program,
  cluster,
  account,
  password,
  throwaway,
}: Making): Promise<void> {
  const parent = dirname(cluster);
  removeHalfMade(parent);
  const making = mkdtempSync(join(parent, `making-${process.pid}-`));
  if (account !== null) chownSync(making, account.uid, account.gid);
  const flags = [
    `--username=${databaseUser}`,
    '--auth=reject',
    '--encoding=UTF8',
    '--locale=C',
    ...(throwaway ? ['--no-sync'] : []),
  ];
  await runToEnd(binary(program, 'initdb'), [`--pgdata=${making}`, ...flags], account);
  // Nobody can connect before this: the cluster was created with all connections refused.
  overwrite(join(making, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
  await setPassword({ program, cluster: making, account, password });
  renameSync(making, cluster);
  if (!throwaway) syncFolder(parent);
}

/** Sets the password of a cluster that is not running. */
export async function setPassword({
  program,
  cluster,
  account,
  password,
}: Omit<Making, 'throwaway'>): Promise<void> {
  const statement = `alter role ${databaseUser} password '${password.replaceAll("'", "''")}'\n`;
  await runToEnd(
    binary(program, 'postgres'),
    ['--single', '-D', cluster, 'postgres'],
    account,
    statement,
  );
}

/**
 * An earlier version created clusters in their final place. One that was never started and lacks
 * its last database, which is created at the end, contains nothing and is set aside.
 */
export function setAsideHalfMade(cluster: string): void {
  if (!existsSync(cluster) || existsSync(join(cluster, 'postmaster.opts'))) return;
  const complete =
    existsSync(join(cluster, 'global/pg_control')) &&
    existsSync(join(cluster, 'base/5/PG_VERSION'));
  if (!complete) renameSync(cluster, `${cluster}.unfinished-${randomBytes(4).toString('hex')}`);
}

/** The password in the cluster's files; created if it is missing. `isNew`: it was created. */
export function readPassword(path: string): { password: string; isNew: boolean } {
  const known = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (known !== '') return { password: known, isNew: false };
  const password = randomBytes(24).toString('base64url');
  const making = `${path}.${process.pid}`;
  writeFileSync(making, password, { mode: 0o600 });
  renameSync(making, path);
  return { password, isNew: true };
}

function removeHalfMade(parent: string): void {
  const left = readdirSync(parent).filter(
    (name) => name.startsWith('making-') && !isAlive(Number(name.split('-')[1])),
  );
  for (const name of left) rmSync(join(parent, name), { recursive: true, force: true });
}

/** Runs one of PostgreSQL's programs. Throws an Error with its output if it fails. */
function runToEnd(
  program: string,
  args: string[],
  account: Account | null,
  input = '',
): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      ...account,
      cwd: dirname(program),
      env: plainEnvironment(),
      stdio: ['pipe', 'ignore', 'pipe'],
      windowsHide: true,
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.on('error', fail);
    child.on('close', (code, signal) => {
      // A single statement can fail without an exit code. It is not repeated here, because it may
      // contain a secret.
      const wrong = said.split('\n').find((line) => /\b(ERROR|FATAL|PANIC|error):/.test(line));
      if (code === 0 && wrong === undefined) done();
      else
        fail(
          new Error(
            `${basename(program)} ended with ${signal ?? code}: ${wrong?.trim() ?? 'no reason was given'}`,
          ),
        );
    });
    // The program may have ended before it reads its input.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** The folder belongs to another user, who must not be able to redirect us to another file. */
function overwrite(path: string, text: string): void {
  const handle = openSync(
    path,
    constants.O_WRONLY | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0),
  );
  writeFileSync(handle, text);
  closeSync(handle);
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
