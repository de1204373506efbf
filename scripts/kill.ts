import { readKillOptions } from './options.ts';
import { runPackage } from './run.ts';

/** `npm run kill -- --kills 1000`: the tests' kill -9 loop with more kills. */
async function main(): Promise<number> {
  const kills = readKillOptions(process.argv.slice(2));
  return runPackage(
    'vitest',
    'vitest',
    ['run', '--project', 'integration', 'tests/crash/kill.test.ts'],
    { ...process.env, KILLS: String(kills) },
  );
}

main().then(
  (code) => {
    process.exit(code);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
