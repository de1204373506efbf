import { readBenchOptions, type BenchOptions } from './options.ts';
import { endWithParent } from './run.ts';

type Part = (options: BenchOptions) => Promise<void>;

/** The parts that can be measured, by name; the code of each is loaded when it runs. */
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
 * `npm run bench -- PART ...`: measures the named parts, or all of them, prints tables and writes
 * docs/performance.md.
 */
async function main(): Promise<void> {
  endWithParent();
  const known = Object.keys(parts);
  const { parts: chosen, ...options } = readBenchOptions(process.argv.slice(2), known);
  for (const word of chosen) {
    const run = await parts[word]?.();
    await run?.(options);
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
