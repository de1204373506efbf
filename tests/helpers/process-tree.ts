import { readdirSync, readFileSync } from 'node:fs';

interface Seen {
  pid: number;
  parent: number;
  startedAt: string;
  command: string;
}

/** A process and all below it, as Linux lists them now. */
export function processTree(root: number): Seen[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => look(Number(name)) ?? []);
  const found: Seen[] = [];
  for (const next = [root]; next.length > 0;) {
    const pid = next.shift();
    found.push(...all.filter((one) => one.pid === pid));
    next.push(...all.filter((one) => one.parent === pid).map((one) => one.pid));
  }
  return found;
}

/**
 * The processes of a list that still run; one whose number another process has got since does not
 * count, and one that has only to be reaped does not either.
 */
export function stillRunning(seen: readonly Seen[]): Seen[] {
  return seen.filter(({ pid, startedAt }) => look(pid)?.startedAt === startedAt);
}

function look(pid: number): Seen | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return null;
    return {
      pid,
      parent: Number(fields[1]),
      startedAt: fields[19] ?? '',
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(),
    };
  } catch {
    // It ended while it was looked at.
    return null;
  }
}
