import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './paths.ts';

export interface Child {
  /**
   * Returns the text after the ready words in the child's ready line. Rejects when the child ends before it,
   * and says so when it ends later.
   */
  ready: Promise<string>;
  ended: Promise<number>;
  /** Asks it to finish and waits; after 15 s it is ended by force. */
  stop(): Promise<void>;
}

/** A program of ours ended before it was ready, with its own sentence on stderr. */
export class ChildEndedError extends Error {}

const patienceMs = 15_000;

/**
 * Starts one of our own programs. Its output is passed on; its IPC channel tells it when we are
 * gone.
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
    // It has said why itself.
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
