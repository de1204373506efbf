import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBuildOptions } from './options.ts';
import { root } from './paths.ts';

interface Build {
  title: string;
  folder: string;
  inputs: string[];
  command: string[];
}

const window: Build = {
  title: 'the window',
  folder: 'out/renderer',
  inputs: [
    'src/{contract,core,main,preload,renderer}/**/*.*',
    'electron.vite.config.ts',
    'scripts/licences.ts',
    'package-lock.json',
    'package.json',
  ],
  command: ['node_modules/electron-vite/bin/electron-vite.js', 'build'],
};
const portal: Build = {
  title: "the customer's page",
  folder: 'out/portal',
  inputs: ['src/{contract,core,portal}/**/*.*', 'vite.portal.config.ts', 'package-lock.json'],
  command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.portal.config.ts'],
};

/**
 * Builds the window, the preload and Electron's main process into out/ if a source has changed
 * since the last build.
 */
export function buildWindow(): void {
  buildIfStale(window);
}

/** Builds the customer's page into out/portal if a source has changed since the last build. */
export function buildPortal(): void {
  buildIfStale(portal);
}

function buildIfStale({ title, folder, inputs, command }: Build): void {
  const stamp = join(root, folder, '.built-from');
  const now = sourceHash(inputs);
  if (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === now &&
    existsSync(join(root, folder, 'index.html'))
  )
    return;
  console.log(`Building ${title} ...`);
  const [program = '', ...args] = command;
  const result = spawnSync(process.execPath, [join(root, program), ...args, '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`The build failed:\n${result.stdout}${result.stderr}`);
  writeFileSync(stamp, now);
}

function sourceHash(inputs: string[]): string {
  const hash = createHash('sha256');
  for (const file of globSync(inputs, { cwd: root }).toSorted())
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

if (import.meta.main) {
  try {
    readBuildOptions(process.argv.slice(2));
    buildWindow();
    buildPortal();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
