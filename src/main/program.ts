import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The program of another thread, `name` beside the module that asks (its `import.meta.url`): built
 * where that is built, else its source.
 */
export function programBeside(asker: string, name: string): URL {
  return new URL(`./${name}${extname(fileURLToPath(asker))}`, asker);
}
