import { readKillOptions } from './options.ts';
import { runPackage } from './run.ts';

/** More messages than the tests send through each bad network. */
const messages = 200;

/** `npm run kill -- --kills 1000`: the tests' kill -9 loop and bad networks, with more of each. */
async function main(): Promise<number> {
  const kills = readKillOptions(process.argv.slice(2));
  return runPackage('vitest', 'vitest', ['run', '--project', 'integration', 'tests/crash'], {
    ...process.env,
    KILLS: String(kills),
    MESSAGES: String(messages),
  });
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
