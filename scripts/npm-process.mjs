// Plain JavaScript, because it runs before anything is installed, on the system's Node.

const pollMs = 500;

/**
 * Calls `onGone` when the npm process that started this one has ended. npm passes SIGINT and
 * SIGTERM on, but not every signal, and none when it is killed. There is no shell in between, which
 * would swallow a SIGINT, because the scripts of package.json begin with `exec`.
 */
export function watchNpm(onGone) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, pollMs);
  timer.unref();
}
