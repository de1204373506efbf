import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './paths.ts';

/** `npm run kill -- --kills 1000`: the kill -9 loop of the tests for longer. */
const { values: { kills } } = parseArgs({ options: { kills: { type: 'string', default: '1000' } } });
if (!/^[1-9]\d{0,6}$/.test(kills)) {
  console.error(`${kills} is not a number of kills. Use for example: npm run kill -- --kills 1000`);
  process.exit(1);
}
const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), ['run', '--project', 'integration', 'tests/crash/kill.test.ts'], {
  cwd: root, stdio: 'inherit', env: { ...process.env, KILLS: kills }, shell: process.platform === 'win32',
});
process.exit(status ?? 1);
