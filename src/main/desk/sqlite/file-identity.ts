import { statSync } from 'node:fs';

/** Which file stands at a path: another one may take its place while it is open. */
export interface SeenFile {
  dev: bigint;
  ino: bigint;
}

/** Null where there is none, or where it cannot be told. */
export function seenFile(path: string): SeenFile | null {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stat ? { dev: stat.dev, ino: stat.ino } : null;
  } catch {
    return null;
  }
}

/**
 * Whether the file that was seen still stands there. Without one that was seen there is nothing to
 * compare.
 */
export function sameFile(path: string, seen: SeenFile | null): boolean {
  if (seen === null) return true;
  const now = seenFile(path);
  return now !== null && now.dev === seen.dev && now.ino === seen.ino;
}
