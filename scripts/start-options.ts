import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { optionMistake } from '../src/core/option-mistake.ts';
import { readServerAddress } from '../src/core/server-address.ts';
import { root } from './paths.ts';
import { wholeNumber } from './run.ts';

export interface StartOptions {
  /** The address of the server; null for the demo. */
  api: string | null;
  /** The user accepts plain http to another computer. */
  allowHttp: boolean;
  shell: 'electron' | 'loopback' | 'auto';
  window: boolean;
  data: string;
  /** The port of the loopback shell; null for a random one at each start. */
  port: number | null;
  demoTickets: number;
  demoTraffic: boolean;
}

export const usage =
  'Options after --: --api URL, --allow-http, --shell electron|loopback, --no-window, ' +
  '--data DIR, --port N, --demo-tickets N, --no-demo-traffic';

/**
 * Reads the options of `npm start`. Throws an Error whose sentence names the mistake and the
 * possible values.
 */
export function readStartOptions(argv: readonly string[]): StartOptions {
  const values = parse(argv);
  const shell = values.shell ?? 'auto';
  if (shell !== 'electron' && shell !== 'loopback' && shell !== 'auto')
    throw new Error(`--shell is electron or loopback, not "${shell}".`);
  if (shell === 'electron' && values['no-window'])
    throw new Error(
      '--shell electron is a window: leave out --no-window, or use --shell loopback.',
    );
  return {
    api: values.api === undefined ? null : readServerAddress(values.api, values['allow-http']),
    allowHttp: values['allow-http'],
    shell,
    window: !values['no-window'],
    data: dataFolder(values.data),
    port: values.port === undefined ? null : wholeNumber('--port', values.port, 0, 65_535),
    demoTickets: wholeNumber('--demo-tickets', values['demo-tickets'] ?? '2000', 0, 1_000_000),
    demoTraffic: !values['no-demo-traffic'],
  };
}

function dataFolder(given: string | undefined): string {
  if (given === '') throw new Error('--data takes a folder, not "".');
  return resolve(given ?? `${root}/.staffdesk`);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        api: { type: 'string' },
        'allow-http': { type: 'boolean', default: false },
        shell: { type: 'string' },
        'no-window': { type: 'boolean', default: false },
        data: { type: 'string' },
        port: { type: 'string' },
        'demo-tickets': { type: 'string' },
        'no-demo-traffic': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Error(`${optionMistake(error)}. ${usage}.`, { cause: error });
  }
}
