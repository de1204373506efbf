import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { isAlive, runningPostmaster } from './postmaster.ts';

/**
 * A folder of the system for PostgreSQL's files. As root, PostgreSQL runs as another user, who
 * cannot enter root's folders, and we must not change their modes. The data folder then has a note
 * of the place, `elsewhere`, and the place has a hard link to that note, `home`: it distinguishes a
 * data folder that was moved (two links) from one that was removed (one link), so that the place
 * can follow it.
 */
export interface Place {
  folder: string;
  cluster: string;
}

/**
 * Not below the temporary folder, which a restart may empty. All belong to root alone, so nobody
 * else can put anything there.
 */
const systemFolders =
  process.platform === 'darwin'
    ? ['/Library/Application Support/Staffdesk', '/usr/local/var/staffdesk']
    : ['/var/lib/staffdesk', '/opt/staffdesk', '/srv/staffdesk'];

const note = 'elsewhere';
const link = 'home';

/** The first of the folders in which places can be created. */
export function openSystemFolder(folders: readonly string[] = systemFolders): string {
  const folder = folders.find(isUsable);
  if (folder !== undefined) return folder;
  throw new Error(
    'PostgreSQL refuses to run as root, and there is no folder for it: none of ' +
      `${folders.join(', ')} can be written. Give the address of a database with ` +
      '--database-url.',
  );
}

/**
 * The place noted in a data folder; null if there is none. A copied data folder gets a new place
 * with a copy of the files.
 */
export function notedPlace(home: string, account: Account): Place | null {
  const path = join(home, note);
  if (!existsSync(path)) return null;
  const folder = readNote(path).folder;
  const place = { folder, cluster: join(folder, 'cluster') };
  if (!systemFolders.includes(dirname(folder)) || !existsSync(folder)) {
    throw new Error(
      `The database of ${home} was in ${folder}, which is no longer there. Bring that ` +
        'folder back from a backup, or choose another data folder with --data.',
    );
  }
  if (isSameFile(path, join(folder, link)) || belongsTo(folder, home)) return place;
  if (isFree(folder)) {
    tie(home, folder);
    return place;
  }
  if (runningPostmaster(place.cluster) !== null) {
    throw new Error(
      `${home} is a copy of ${readNote(join(folder, link)).home}, whose database is ` +
        'running. Stop that server, then start again: the database is copied then.',
    );
  }
  return makePlace(home, account, place.cluster);
}

/** The folder of a data folder's files, for a process that uses the database of another one. */
export function clusterOf(home: string): string {
  const path = join(home, note);
  return join(existsSync(path) ? readNote(path).folder : home, 'cluster');
}

/**
 * Creates a place, with a copy of the files in `source` if given, and notes it in the data folder.
 */
export function makePlace(home: string, account: Account, source: string | null = null): Place {
  const parent = openSystemFolder();
  const making = mkdtempSync(join(parent, `making-${process.pid}-`));
  // PostgreSQL's user has to pass through it; `cluster` is closed to everybody else.
  chmodSync(making, 0o711);
  if (source !== null) copyCluster(source, join(making, 'cluster'), account);
  const folder = making.replace('making-', 'place-');
  renameSync(making, folder);
  tie(home, folder);
  return { folder, cluster: join(folder, 'cluster') };
}

/** For tests: such a place is removed once the process that created it is gone. */
export function markThrowaway({ folder }: Place): void {
  writeFileSync(join(folder, 'throwaway'), String(process.pid));
}

/** Notes the copy of the program that a place uses, so that it is kept as long. */
export function noteProgram({ folder }: Place, name: string): void {
  writeFileSync(join(folder, 'program'), name);
}

/**
 * Removes places whose data folder was removed, the remains of killed starts, and programs that no
 * place uses any more.
 */
export function removeLeftovers(folders: readonly string[] = systemFolders): void {
  for (const parent of folders.filter((folder) => existsSync(folder))) {
    for (const name of readdirSync(parent))
      unlessGone(() => {
        removeLeftover(parent, name);
      });
    unlessGone(() => {
      removePrograms(parent);
    });
  }
}

function removeLeftover(parent: string, name: string): void {
  const folder = join(parent, name);
  if (name.startsWith('gone-') || (name.startsWith('making-') && !madeByLiving(name)))
    rmSync(folder, { recursive: true, force: true });
  if (name.startsWith('place-') && isLeftOver(folder)) removePlace(folder);
}

/** Several starts can clean up at once. */
function unlessGone(clean: () => void): void {
  try {
    clean();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(code)) throw error;
  }
}

/** Renamed first: a half-removed folder must not look like a place. */
export function removePlace(folder: string): void {
  const gone = folder.replace('place-', 'gone-');
  renameSync(folder, gone);
  rmSync(gone, { recursive: true, force: true });
}

function isUsable(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o711 });
    chmodSync(folder, 0o711);
  } catch (error) {
    // It exists already, or cannot be created, which shows below.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' && !existsSync(folder)) return false;
  }
  try {
    const { uid, mode } = lstatSync(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
    return lstatSync(folder).isDirectory() && uid === 0 && (mode & 0o022) === 0;
  } catch {
    // On a read-only disk, for example: the next folder is tried.
    return false;
  }
}

interface Note {
  folder: string;
  home: string;
  linked: boolean;
}

function readNote(path: string): Note {
  const [folder = '', home = '', kind = ''] = readFileSync(path, 'utf8').split('\n');
  return { folder, home, linked: kind === 'linked' };
}

/**
 * Writes the note into the data folder and its link into the place; on another disk a second file
 * replaces the link.
 */
function tie(home: string, folder: string): void {
  const [path, making] = [join(home, note), join(home, `${note}.making`)];
  rmSync(join(folder, link), { force: true });
  rmSync(making, { force: true });
  writeFileSync(making, [folder, home, 'linked', ''].join('\n'), { mode: 0o600 });
  try {
    linkSync(making, join(folder, link));
  } catch {
    const text = [folder, home, 'apart', ''].join('\n');
    writeFileSync(making, text, { mode: 0o600 });
    writeFileSync(join(folder, link), text, { mode: 0o600 });
  }
  renameSync(making, path);
}

function isSameFile(one: string, other: string): boolean {
  if (!existsSync(other)) return false;
  const [a, b] = [statSync(one), statSync(other)];
  return a.dev === b.dev && a.ino === b.ino;
}

/** For a place on another disk than its data folder only the paths can be compared. */
function belongsTo(folder: string, home: string): boolean {
  const path = join(folder, link);
  return existsSync(path) && !readNote(path).linked && readNote(path).home === home;
}

/** True if the data folder of this place is gone. */
function isFree(folder: string): boolean {
  const path = join(folder, link);
  if (!existsSync(path)) return true;
  const { linked, home } = readNote(path);
  if (linked) return statSync(path).nlink === 1;
  return !existsSync(join(home, note)) || readNote(join(home, note)).folder !== folder;
}

/**
 * For a place on another disk nothing proves that its data folder was removed and not moved, so it
 * stays.
 */
function isLeftOver(folder: string): boolean {
  const path = join(folder, link);
  if (!existsSync(path) || runningPostmaster(join(folder, 'cluster')) !== null) return false;
  const throwaway = join(folder, 'throwaway');
  if (existsSync(throwaway)) return !isAlive(Number(readFileSync(throwaway, 'utf8')));
  return readNote(path).linked && statSync(path).nlink === 1;
}

function madeByLiving(name: string): boolean {
  return isAlive(Number(name.split('-')[1]));
}

/**
 * Set aside first and then checked again: a start that notes a program checks for it afterwards.
 */
function removePrograms(parent: string): void {
  const programs = join(parent, 'programs');
  if (!existsSync(programs)) return;
  for (const name of readdirSync(programs)) {
    if (name.startsWith('making-')) {
      if (!madeByLiving(name)) rmSync(join(programs, name), { recursive: true, force: true });
    } else if (!isProgramUsed(parent, name)) {
      const [path, aside] = [join(programs, name), join(parent, `gone-${process.pid}-${name}`)];
      renameSync(path, aside);
      if (isProgramUsed(parent, name) && !existsSync(path)) renameSync(aside, path);
      rmSync(aside, { recursive: true, force: true });
    }
  }
}

function isProgramUsed(parent: string, name: string): boolean {
  return readdirSync(parent).some(
    (each) => each.startsWith('place-') && textOf(join(parent, each, 'program')) === name,
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function copyCluster(source: string, target: string, account: Account): void {
  if (!existsSync(source)) return;
  cpSync(source, target, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  giveTo(account, target);
}

/** A copied folder loses its mode, and PostgreSQL starts only on one that is closed to others. */
function giveTo(account: Account, folder: string): void {
  chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveTo(account, path);
    else if (entry.isFile()) chownSync(path, account.uid, account.gid);
  }
}
