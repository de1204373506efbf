import { readOptions } from '../src/server/options.ts';
import { buildPortal } from './build.ts';

// `npm run api`: the support API alone with the customer's page, with the options after --.
if (serves()) buildPortal();
await import('../src/server/listen.ts');

function serves(): boolean {
  try {
    return readOptions(process.argv.slice(2), process.env).kind === 'serve';
  } catch {
    // The API reports what is wrong with the options.
    return false;
  }
}
