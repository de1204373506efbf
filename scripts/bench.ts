import type { Size } from '../bench/data.ts';
import { endWithParent, readArgs, wholeNumber } from './run.ts';

export interface BenchOptions {
  size: Size;
  repeat: number;
}
type Part = (options: BenchOptions) => Promise<void>;

/** What can be measured, by the word that chooses it; a part's code is loaded when it runs. */
const parts: Record<string, () => Promise<Part>> = {
  api: async () => (await import('../bench/api/index.ts')).benchApi,
  calls: async () => (await import('../bench/calls/index.ts')).benchCalls,
  desk: async () => (await import('../bench/desk/index.ts')).benchDesk,
  window: async () => (await import('../bench/window/index.ts')).benchWindow,
  cache: async () => (await import('../bench/cache/index.ts')).benchCache,
  peers: async () => (await import('../bench/peers/index.ts')).benchPeers,
  lists: async () => (await import('../bench/desk/lists.ts')).benchLists,
  'sign-in': async () => (await import('../bench/sign-in/index.ts')).benchSignIn,
  volume: async () => (await import('../bench/volume/index.ts')).benchVolume,
  start: async () => (await import('../bench/start/index.ts')).benchStart,
};

/**
 * `npm run bench -- PART ...`: measures, prints tables and writes docs/performance.md. All parts
 * when none is named.
 */
async function main(): Promise<void> {
  endWithParent();
  const { values, positionals } = readArgs('bench', {
    allowPositionals: true,
    options: { size: { type: 'string', default: 'L' }, repeat: { type: 'string', default: '3' } },
  });
  const known = Object.keys(parts);
  const unknown = positionals.find((word) => !known.includes(word));
  if (unknown !== undefined)
    throw new Error(`There is no part "${unknown}" to measure; there is: ${known.join(', ')}.`);
  if (values.size !== 'S' && values.size !== 'L')
    throw new Error(`--size is S (10,000 tickets) or L (100,000 tickets), not "${values.size}".`);
  const repeat = wholeNumber('--repeat', values.repeat, 1, 20);
  for (const word of positionals.length > 0 ? positionals : known) {
    const run = await parts[word]?.();
    await run?.({ size: values.size, repeat });
  }
}

main().then(
  () => {
    process.exit(0);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
