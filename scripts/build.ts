import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

const stamp = join(root, 'out', '.built-from');
const inputs = ['src/{contract,core,main,preload,renderer}/**/*.*', 'electron.vite.config.ts', 'scripts/licences.ts', 'package-lock.json', 'package.json'];

/** Builds window, preload and Electron main into out/, when a source has changed since the last build. */
export function buildIfStale(): void {
  const now = sourceHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now && existsSync(join(root, 'out/renderer/index.html'))) return;
  console.log('Building the window ...');
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const result = spawnSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], { cwd: root, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`The build failed:\n${result.stdout}${result.stderr}`);
  writeFileSync(stamp, now);
}

function sourceHash(): string {
  const hash = createHash('sha256');
  for (const file of globSync(inputs, { cwd: root }).sort()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

if (import.meta.main) buildIfStale();
