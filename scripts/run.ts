import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { optionMistake } from '../src/core/option-mistake.ts';
import help from './help.json' with { type: 'json' };
import { root } from './paths.ts';

const patienceMs = 15_000;

/**
 * Runs the program of an npm package to its end and returns its exit code. It ends with this
 * process: on a signal, and when the process that started this one is gone, by the signal `endBy`.
 * It then rejects, so that the command does not continue.
 */
export function runPackage(
  name: string,
  bin: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
  endBy: 'SIGTERM' | 'SIGKILL' = 'SIGTERM',
): Promise<number> {
  if (process.send && !process.connected) return Promise.reject(stopped());
  // Not through the link in .bin, which is a shell script on Windows and breaks at a blank in the
  // path.
  const child = spawn(process.execPath, [programOf(name, bin), ...args], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  let ending = false;
  const end = (): void => {
    ending = true;
    child.kill(endBy);
    setTimeout(() => child.kill('SIGKILL'), patienceMs).unref();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'];
  for (const signal of signals) process.on(signal, end);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) => {
      for (const signal of signals) process.removeListener(signal, end);
      if (ending) fail(stopped());
      else done(code ?? 1);
    });
  });
}

const stopped = (): Error => new Error('Stopped.');

/**
 * For a command without work to finish: ends it when the process that started it is gone, for
 * whatever reason.
 */
export function endWithParent(): void {
  process.on('disconnect', () => {
    process.exit(1);
  });
  // Listening for that end must not keep a finished command alive.
  process.channel?.unref();
}

/** A whole number from the command line. Throws an Error that names its bounds. */
export function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new Error(`${name} takes a whole number from ${min} to ${max}, not "${text}".`);
  return value;
}

/**
 * Reads a command's options. Throws an Error that names the mistake and the possible options, as in
 * the command's help.
 */
export function readArgs<T extends ParseArgsConfig>(
  command: Exclude<keyof typeof help, 'start'>,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const options = help[command].flatMap(
      (line) => /^ {2}(--[a-z-]+(?: [A-Z|]+)?)/.exec(line)?.[1]?.trim() ?? [],
    );
    throw new Error(`${optionMistake(error)}. There are: ${options.join(', ')}.`, { cause: error });
  }
}

function programOf(name: string, bin: string): string {
  const folder = join(root, 'node_modules', name);
  const description = join(folder, 'package.json');
  if (!existsSync(description))
    throw new Error(`The package ${name} is not installed. Run: npm ci`);
  const { bin: bins } = JSON.parse(readFileSync(description, 'utf8')) as {
    bin: Record<string, string> | string;
  };
  const path = typeof bins === 'string' ? bins : bins[bin];
  if (path === undefined) throw new Error(`The package ${name} has no program ${bin}.`);
  return join(folder, path);
}
