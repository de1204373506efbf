// Plain JavaScript: it runs before anything is installed, on the system's Node.

const pollMs = 500;

/**
 * Calls `onGone` when the npm process that started us has ended: it passes SIGINT and SIGTERM on,
 * but not every signal, and none when it is killed. No shell is between it and us, because the
 * scripts of package.json begin with `exec`: one would keep SIGINT.
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
