import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Licence } from 'virtual:licences';
import { root } from './paths.ts';

interface Locked {
  version?: string;
  license?: string;
  dev?: boolean;
}

/** The Node that runs our scripts; the product runs on Electron's. */
const scriptRuntime = /^node_modules\/node-(darwin|linux|win)-/;

/**
 * The packages of the product that are in the lock file and installed here, with their licences.
 */
export function readLicences(): Licence[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const found = Object.entries(packages)
    .filter(
      ([path, { dev }]) =>
        path.startsWith('node_modules/') &&
        dev !== true &&
        !scriptRuntime.test(path) &&
        existsSync(join(root, path)),
    )
    .map(([path, { version = '', license = '?' }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      text: textOf(join(root, path)),
    }));
  return [
    ...new Map(found.map((licence) => [`${licence.name} ${licence.version}`, licence])).values(),
  ].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

function textOf(folder: string): string {
  const file = globSync('{LICENSE,LICENCE,License,license}{,.md,.txt,-MIT}', {
    cwd: folder,
  }).toSorted()[0];
  return file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
}
