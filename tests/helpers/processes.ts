import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

export interface Running {
  /** The rest of the ready line, behind the ready text. */
  readyAt: string;
  pid: number;
  /** The next line that it prints, or has printed, with this beginning; each line is given once. */
  nextLine(beginning: string): Promise<string>;
  /** All that it has printed, errors too, once it has ended. */
  output(): Promise<string>;
  /** Asks it to finish, as Ctrl-C does, and returns its exit code. */
  stop(): Promise<number | null>;
  /** Ends it without warning. */
  kill(): Promise<void>;
}

/**
 * Starts one of our own programs for real and waits for its ready line. Rejects with what it
 * printed when it ends before.
 */
export function startProgram(
  script: string,
  args: string[],
  readyText: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Running> {
  const child = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
  });
  const ended = new Promise<number | null>((done) => {
    child.on('exit', (code) => {
      done(code);
    });
  });
  // Later than its end: what it printed last is still in the pipes then.
  const read = new Promise<void>((done) => {
    child.on('close', () => {
      done();
    });
  });
  let said = '';
  const lines: string[] = [];
  const awaited = new Set<() => void>();
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((done, fail) => {
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        said += `${line}\n`;
        lines.push(line);
        for (const look of awaited) look();
        if (!line.startsWith(readyText)) return;
        done({
          readyAt: line.slice(readyText.length).trim(),
          pid: child.pid ?? 0,
          nextLine(beginning) {
            return new Promise((found) => {
              const look = (): void => {
                const at = lines.findIndex((one) => one.startsWith(beginning));
                if (at < 0) return;
                awaited.delete(look);
                found(lines.splice(at, 1)[0]?.slice(beginning.length).trim() ?? '');
              };
              awaited.add(look);
              look();
            });
          },
          async output() {
            await read;
            return said;
          },
          stop() {
            child.kill('SIGTERM');
            return ended;
          },
          async kill() {
            child.kill('SIGKILL');
            await ended;
          },
        });
      });
    void ended.then((code) => {
      fail(new Error(`${script} ended with ${code}: ${said}`));
    });
  });
}

/** The support API as a process of its own. `port` 0: any free one. */
export const startApiProgram = (
  databaseUrl: string,
  port = 0,
  options: string[] = [],
): Promise<Running> =>
  startProgram(
    'src/server/listen.ts',
    ['--database-url', databaseUrl, '--port', String(port), ...options],
    'Support API ready:',
  );

/** The line with a link for another window: each opens one. */
export const anotherWindow = 'Another window:';

/**
 * The desk with its loopback shell as a process of its own, without a window and without an OS
 * keyring.
 */
export const startDeskProgram = (
  server: string,
  dataDir: string,
  port = 0,
  options: string[] = [],
): Promise<Running> =>
  startProgram(
    'out/main/loopback.js',
    ['--api', server, '--data', dataDir, '--port', String(port), '--no-window', ...options],
    'Staffdesk ready:',
    { DBUS_SESSION_BUS_ADDRESS: '' },
  );
