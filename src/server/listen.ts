import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { apiBase } from '../contract/api.ts';
import type { Api, ApiOptions } from './app.ts';
import { buildApi } from './app.ts';
import { seedDemo, startDemoTraffic } from './demo/index.ts';
import type { EmbeddedDatabase } from './embedded-postgres.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { AddUserOptions, ServeOptions } from './options.ts';
import { readOptions } from './options.ts';
import { addUser } from './users.ts';

/** The command line entry of the support API: `npm run api`. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const database = options.databaseUrl === null ? await startEmbeddedPostgres({ dir: join(options.data, 'postgres') }) : null;
  try {
    const databaseUrl = options.databaseUrl ?? await ownDatabase(database);
    const api = await buildApi({ databaseUrl, ...(options.kind === 'serve' ? running(options) : {}) });
    if (options.kind === 'serve') await serve(api, database, options);
    else await addOne(api, database, options);
  } catch (error) {
    await database?.stop();
    throw error;
  }
}

const running = ({ log, metricsToken, trustProxy, drainMs, poolSize }: ServeOptions): Partial<ApiOptions> => ({ log, metricsToken, trustProxy, drainMs, database: { max: poolSize } });

async function ownDatabase(database: EmbeddedDatabase | null): Promise<string> {
  if (!database) throw new Error('no database');
  await database.createDatabase('support');
  return database.url('support');
}

async function serve(api: Api, database: EmbeddedDatabase | null, options: ServeOptions): Promise<void> {
  if (options.demoTickets !== null) await seedDemo(api.pool, options.demoTickets);
  const traffic = options.demoTraffic ? startDemoTraffic(api.pool) : null;

  let stopping: Promise<void> | null = null;
  const stop = (): void => {
    stopping ??= (async () => {
      traffic?.stop();
      await api.close();
      await database?.stop();
      process.exit(0);
    })().catch((error: unknown) => {
      console.error('Support API:', error instanceof Error ? error.message : error);
      process.exit(1);
    });
  };
  // embedded-postgres ends its server on these signals by itself, before requests are finished; the order here is ours.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, stop);
  }
  // Started by another process of ours: when that is gone, however it went, nothing may stay behind.
  process.on('disconnect', stop);

  await api.app.listen({ host: options.host, port: options.port });
  // A listening TCP server always has an AddressInfo; the string form is for pipes.
  const { port } = api.app.server.address() as AddressInfo;
  console.log(`Support API ready: http://127.0.0.1:${port}${apiBase}`);
}

async function addOne(api: Api, database: EmbeddedDatabase | null, options: AddUserOptions): Promise<void> {
  const { password } = await addUser(api.pool, options);
  console.log(`Added ${options.email} (${options.role}).${options.password === null ? ` Password: ${password}` : ''}`);
  await api.close();
  await database?.stop();
  process.exit(0);
}

function explain(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return 'That port is in use by another program. Choose another one with --port N, or 0 for any free one.';
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') return 'The database of --database-url cannot be reached. Check that PostgreSQL runs there and the address is right.';
  if (code === '28P01' || code === '28000') return 'The database of --database-url refused the user or password. Check both.';
  if (code === '3D000') return 'The database of --database-url does not exist. Create it first: createdb NAME';
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  console.error(`Support API: ${explain(error)}`);
  process.exit(1);
});
