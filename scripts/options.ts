import type { Size } from '../bench/data.ts';
import { readArgs, wholeNumber } from './run.ts';

/*
 * The options of the commands. Each reader throws an Error whose sentence names the mistake and the
 * possible values. The options of `npm start` are in start-options.ts, those of the API in
 * src/server/options.ts.
 */

export function readSimOptions(args: string[]) {
  const { values } = readArgs('sim', {
    args,
    options: {
      histories: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
      steps: { type: 'string', default: '200' },
      seconds: { type: 'string' },
      keep: { type: 'string' },
      without: { type: 'string' },
      trace: { type: 'boolean', default: false },
      mutations: { type: 'boolean', default: false },
      mutation: { type: 'string' },
      'no-shrink': { type: 'boolean', default: false },
    },
  });
  return {
    ...values,
    histories: wholeNumber('--histories', values.histories, 1, 100_000_000),
    // Random numbers use 32 bits of the seed, so a larger one would repeat a smaller one.
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1),
    steps: wholeNumber('--steps', values.steps, 1, 1_000_000),
    seconds:
      values.seconds === undefined
        ? undefined
        : wholeNumber('--seconds', values.seconds, 0, 1_000_000),
  };
}

/** The number of kills. */
export function readKillOptions(args: string[]): number {
  const { values } = readArgs('kill', {
    args,
    options: { kills: { type: 'string', default: '1000' } },
  });
  return wholeNumber('--kills', values.kills, 1, 1_000_000);
}

export interface BenchOptions {
  size: Size;
  repeat: number;
}

/** Reads which of the `known` parts to measure, all by default, and the settings. */
export function readBenchOptions(
  args: string[],
  known: readonly string[],
): BenchOptions & { parts: readonly string[] } {
  const { values, positionals } = readArgs('bench', {
    args,
    allowPositionals: true,
    options: { size: { type: 'string', default: 'L' }, repeat: { type: 'string', default: '3' } },
  });
  const unknown = positionals.find((word) => !known.includes(word));
  if (unknown !== undefined)
    throw new Error(`There is no part "${unknown}" to measure; there is: ${known.join(', ')}.`);
  if (values.size !== 'S' && values.size !== 'L')
    throw new Error(`--size is S (10,000 tickets) or L (100,000 tickets), not "${values.size}".`);
  return {
    parts: positionals.length > 0 ? positionals : known,
    size: values.size,
    repeat: wholeNumber('--repeat', values.repeat, 1, 20),
  };
}

/** `docs`: renew the images of the docs. `wanted`: the words that select shots. */
export function readShotsOptions(args: string[]): { docs: boolean; wanted: string[] } {
  const unknown = args.find((word) => word.startsWith('--') && word !== '--docs');
  if (unknown !== undefined)
    throw new Error(
      `Unknown option "${unknown}". There are: --docs, and words of the names of shots.`,
    );
  return { docs: args.includes('--docs'), wanted: args.filter((word) => !word.startsWith('--')) };
}

export function readTestPart(args: string[]): 'all' | 'check' | 'e2e' {
  const part = args[0] ?? 'all';
  if ((part === 'all' || part === 'check' || part === 'e2e') && args.length <= 1) return part;
  throw new Error(
    `npm test takes no "${args.join(' ')}". There are: npm test, npm run check (format, types, ` +
      'lint, unused code) and npm run e2e (browser tests).',
  );
}

export function readBuildOptions(args: string[]): void {
  readArgs('build', { args, options: {} });
}
