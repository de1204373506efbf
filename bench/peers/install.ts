import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../scripts/paths.ts';

/**
 * Exact versions, so that figures of two days are of the same stores. The project itself needs none
 * of them.
 */
export const versions = {
  pouchdb: '9.0.0',
  '@nozbe/watermelondb': '0.28.0',
  tinybase: '10.0.1',
  'better-sqlite3': '13.2.0',
} as const;
const home = join(root, '.staffdesk', 'bench', 'peers');
const manifest = join(home, 'package.json');

/**
 * Installs the stores into a folder of their own on first use, without running their install
 * scripts. Throws when the registry cannot be reached.
 */
export function installPeers(): void {
  const wanted = JSON.stringify({ private: true, dependencies: versions }, null, 2);
  if (
    existsSync(join(home, 'node_modules')) &&
    existsSync(manifest) &&
    readFileSync(manifest, 'utf8') === wanted
  )
    return;
  console.log(`Installing ${Object.keys(versions).join(', ')} into .staffdesk/bench/peers ...`);
  mkdirSync(home, { recursive: true });
  writeFileSync(manifest, wanted);
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

/** Loads what `installPeers` installed. */
export const peer: (name: string) => unknown = createRequire(manifest);
