import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './paths.ts';

export interface Child {
  /**
   * The text after the ready words in the child's ready line. Rejects if the child ends before it.
   */
  ready: Promise<string>;
  ended: Promise<number>;
  /** Asks the child to finish and waits; after 15 s it is killed. */
  stop(): Promise<void>;
}

/** One of our programs ended before it was ready. It has printed the reason to stderr. */
export class ChildEndedError extends Error {}

const patienceMs = 15_000;

/**
 * Starts one of our own programs. Its output is passed on; its IPC channel closes when this process
 * ends.
 */
export function startChild(
  program: string,
  args: string[],
  readyText: string,
  env: NodeJS.ProcessEnv = {},
): Child {
  const child: ChildProcess = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = new Promise<number>((done) => {
    child.on('exit', (code) => {
      done(code ?? 1);
    });
    child.on('error', () => {
      done(1);
    });
  });
  const ready = new Promise<string>((done, fail) => {
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        console.log(line);
        if (line.startsWith(readyText)) done(line.slice(readyText.length).trim());
      });
    // The child has printed the reason itself.
    void ended.then(() => {
      fail(new ChildEndedError());
    });
  });
  ready.catch(() => undefined);
  return {
    ready,
    ended,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(force);
    },
  };
}
