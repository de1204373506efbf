import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

/**
 * The path of Electron's executable if it has been downloaded, else null. The npm package would try
 * to download it, so it is not asked.
 */
export function findElectron(): string | null {
  const home = join(root, 'node_modules/electron');
  const named = join(home, 'path.txt');
  if (!existsSync(named)) return null;
  const program = join(home, 'dist', readFileSync(named, 'utf8').trim());
  return existsSync(program) ? program : null;
}
