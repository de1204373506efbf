// Plain JavaScript: it runs before anything is installed, on the system's Node.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const pollMs = 500;

/**
 * Calls `onGone` when the npm process that started us has ended. It does not pass every signal on, and none when it is killed;
 * between it and us there can be a shell.
 */
export function watchNpm(onGone) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const grandparent = isShell(parent) ? parentOf(parent) : null;
  const timer = setInterval(() => {
    if (process.ppid === parent && (grandparent === null || parentOf(parent) === grandparent)) return;
    clearInterval(timer);
    onGone();
  }, pollMs);
  timer.unref();
}

function isShell(pid) {
  return /(^|\/)-?(sh|ash|bash|dash|ksh|zsh|busybox)$/.test(ask(pid, 'comm'));
}

function parentOf(pid) {
  return Number(ask(pid, 'ppid'));
}

/** The name of a process, or the number of its parent; '' when it is gone. */
function ask(pid, what) {
  if (process.platform !== 'linux') return spawnSync('ps', ['-o', `${what}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    return what === 'comm' ? stat.slice(stat.indexOf('(') + 1, end) : stat.slice(end + 2).split(' ')[1];
  } catch {
    // It has ended.
    return '';
  }
}
