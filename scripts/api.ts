import { buildPortal } from './build.ts';

// `npm run api`: the support API alone with the customer's page, with the options after --.
buildPortal();
await import('../src/server/listen.ts');
