import { readArgs, runPackage, wholeNumber } from './run.ts';

/** `npm run kill -- --kills 1000`: the kill -9 loop of the tests for longer. */
async function main(): Promise<number> {
  const { values } = readArgs('kill', { options: { kills: { type: 'string', default: '1000' } } });
  const kills = wholeNumber('--kills', values.kills, 1, 1_000_000);
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
