import { basename, dirname } from 'node:path';

/**
 * How long a browser keeps a file of the built window. Those in assets/ have their contents in
 * their names: they are never asked for again, and what V8 has compiled of them is kept with them.
 */
export const cacheControl = (path: string): string =>
  basename(dirname(path)) === 'assets' ? 'public, max-age=31536000, immutable' : 'no-store';
