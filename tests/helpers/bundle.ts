import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Below the packages, so that a program finds those that it cannot take in. */
const outDir = fileURLToPath(new URL('../../node_modules/.cache/staffdesk-tests', import.meta.url));

/**
 * One file of a program and all that it imports, for a test that starts it many times: to find and
 * read its modules is most of a start. Returns the file's path.
 */
export async function bundle(program: string, name: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: program,
      outDir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  });
  return join(outDir, `${name}.mjs`);
}
