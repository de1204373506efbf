import { parseArgs } from 'node:util';
import type { Size } from '../bench/data.ts';

export interface BenchOptions { size: Size; repeat: number }
type Part = (options: BenchOptions) => Promise<void>;

/** What can be measured, by the word that chooses it; a part's code is loaded when it runs. */
const parts: Record<string, () => Promise<Part>> = {
  api: async () => (await import('../bench/api/index.ts')).benchApi,
  desk: async () => (await import('../bench/desk/index.ts')).benchDesk,
  window: async () => (await import('../bench/window/index.ts')).benchWindow,
  cache: async () => (await import('../bench/cache/index.ts')).benchCache,
  peers: async () => (await import('../bench/peers/index.ts')).benchPeers,
  lists: async () => (await import('../bench/desk/lists.ts')).benchLists,
  start: async () => (await import('../bench/start/index.ts')).benchStart,
};

/** `npm run bench -- PART ...`: measures, prints tables and writes docs/performance.md. All parts when none is named. */
async function main(): Promise<void> {
  const { values, positionals } = read();
  const known = Object.keys(parts);
  const unknown = positionals.find((word) => !known.includes(word));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}" to measure; there is: ${known.join(', ')}.`);
  if (values.size !== 'S' && values.size !== 'L') throw new Error(`--size is S (10,000 tickets) or L (100,000 tickets), not "${values.size}".`);
  const repeat = Number(values.repeat);
  if (!Number.isInteger(repeat) || repeat < 1 || repeat > 20) throw new Error(`--repeat takes a whole number from 1 to 20, not "${values.repeat}".`);
  for (const word of positionals.length > 0 ? positionals : known) {
    const run = await parts[word]?.();
    await run?.({ size: values.size, repeat });
  }
}

function read() {
  try {
    return parseArgs({ allowPositionals: true, options: { size: { type: 'string', default: 'L' }, repeat: { type: 'string', default: '3' } } });
  } catch (error) {
    const text = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new Error(`${text}. There are: --size S|L, --repeat N, and the parts ${Object.keys(parts).join(', ')}.`, { cause: error });
  }
}

main().then(() => { process.exit(0); }, (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
