import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Creates the folder of --data and missing parents, or nothing at all: then it throws an Error that
 * says why and what to do. It does not use the recursive `mkdirSync`, which never returns below a
 * folder like /proc.
 */
export function makeDataFolder(path: string): void {
  const made: string[] = [];
  try {
    for (const folder of missingFolders(resolve(path)).toReversed()) {
      mkdirSync(folder, { mode: 0o700 });
      made.push(folder);
    }
  } catch (error) {
    for (const folder of made.toReversed()) rmdirSync(folder);
    throw new Error(whyNot(path, error), { cause: error });
  }
}

/** The folder and its parents that do not exist, the deepest first. */
function missingFolders(path: string): string[] {
  const missing: string[] = [];
  for (let folder = path; kindOf(folder) !== 'folder'; folder = dirname(folder)) {
    if (kindOf(folder) === 'file')
      throw Object.assign(new Error('a file'), { code: 'ENOTDIR', path: folder });
    missing.push(folder);
  }
  return missing;
}

function kindOf(path: string): 'folder' | 'file' | 'missing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    // Below a file: the file is reported for a folder further up.
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error))) return 'missing';
    throw error;
  }
}

function whyNot(path: string, error: unknown): string {
  const at = error instanceof Error && 'path' in error ? String(error.path) : path;
  const another = 'Choose another folder with --data.';
  const code = codeOf(error);
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return `--data takes a folder, and ${at} is a file. ${another}`;
  if (code === 'EACCES' || code === 'EPERM')
    return `This user may not use ${at}. Give the folder to this user, or choose another one with --data.`;
  if (code === 'EROFS') return `${at} is on a disk that can only be read. ${another}`;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `There is no room left for ${at}. Free some space there, or choose another folder with --data.`;
  if (code === 'ENAMETOOLONG')
    return `The name of the folder ${path} is too long. Choose a shorter one with --data.`;
  return `The folder ${at} cannot be made. ${another}`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
