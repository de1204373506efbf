import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readServerAddress } from '../../../core/server-address.ts';

export interface ElectronOptions {
  /** Scheme, host and port of the support API. */
  server: string;
  /** Where to keep everything; null for the system's own place for this app. */
  dataDir: string | null;
}

/**
 * Reads `--api URL`, `--allow-http` and `--data DIR`. Other words on the command line are left
 * alone: Chromium, Electron and the system's launcher put theirs there too, so a stranger is no
 * mistake of the user's.
 */
export function readOptions(argv: string[], cwd: string): ElectronOptions {
  const { values } = parseArgs({
    args: argv,
    strict: false,
    allowPositionals: true,
    options: {
      api: { type: 'string', default: 'http://127.0.0.1:3000' },
      'allow-http': { type: 'boolean', default: false },
      data: { type: 'string' },
    },
  });
  return {
    server: readServerAddress(shown(values['api']), values['allow-http'] === true),
    dataDir: readFolder(values['data'], cwd),
  };
}

function readFolder(text: unknown, cwd: string): string | null {
  if (text === undefined) return null;
  if (typeof text !== 'string' || text === '' || text.startsWith('--'))
    throw new Error(`--data takes a folder, not "${shown(text)}".`);
  return isAbsolute(text) ? text : resolve(cwd, text);
}

function shown(text: unknown): string {
  return typeof text === 'string' ? text : '';
}
