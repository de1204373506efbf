import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The window's document with its files below `folder`, a path that nobody could know before this
 * launch: a script that a former holder of the port left in the browser's cache has another address
 * and is never loaded.
 */
export async function entryPage(rendererDir: string, folder: string | null): Promise<string> {
  const page = await readFile(join(rendererDir, 'index.html'), 'utf8');
  return folder === null ? page : page.replaceAll(/(?<=\b(?:src|href)=")\.\//g, `./${folder}/`);
}
