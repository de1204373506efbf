import { chmodSync, closeSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ours = /^(outbox\.db|cache\.db|desk\.lock|secrets\.json)/;
/** Folders that the shells make below the data folder. */
const ourFolders = ['window'];

/**
 * Makes a file that only its user can read, and its side files; SQLite gives those that it makes
 * the mode of the first. Where that fails, opening the file reports why.
 */
export function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch {
    return;
  }
  for (const suffix of ['', '-wal', '-shm']) restrict(path + suffix, 0o600);
}

/**
 * Takes from others what an earlier version, or a copy with another mode, has left open in a data
 * folder. The folder itself is the user's own.
 */
export function closeToOthers(dir: string): void {
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch {
    return;
  }
  for (const name of names) {
    if (ours.test(name)) restrict(join(dir, name), 0o600);
    else if (ourFolders.includes(name)) restrict(join(dir, name), 0o700);
  }
}

function restrict(path: string, mode: number): void {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat && (stat.mode & 0o077) !== 0) chmodSync(path, mode);
  } catch {
    // A disk that may only be read, or a file of somebody else: then its mode is not ours to
    // change.
  }
}
