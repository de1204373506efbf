import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { apiBase } from '../contract/wire/api.ts';
import { buildApi, type Api, type ApiOptions } from './app.ts';
import { makeDataFolder } from './data-folder.ts';
import { seedDemo, startDemoTraffic } from './demo/index.ts';
import { startEmbeddedPostgres, type EmbeddedDatabase } from './postgres/embedded.ts';
import { warnings, withoutSecrets } from './http/exposure.ts';
import { listenError, tryAddress } from './listen-address.ts';
import {
  readOptions,
  type AddUserOptions,
  type ImportOptions,
  type ServeOptions,
} from './options.ts';
import { importFrom } from './import/index.ts';
import { importLines } from './import/report.ts';
import { addUser } from './areas/people/users.ts';

/** The command line entry of the support API: `npm run api`. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.kind === 'help') {
    console.log(options.text);
    process.exit(0);
  }
  // Everything created below the data folder is for its owner only, whatever the folder's own mode.
  process.umask(0o077);
  process.on('disconnect', endAtOnce);
  for (let tries = 1; ; tries += 1) {
    try {
      await run(options);
      return;
    } catch (error) {
      // The process that ran the database has stopped it meanwhile: then this one runs it.
      const again = options.kind !== 'serve' && options.databaseUrl === null && tries < 3;
      if (!again || !['57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET'].includes(codeOf(error)))
        throw error;
    }
  }
}

/**
 * While the server starts there is nothing to finish yet; PostgreSQL stops when this process is
 * gone.
 */
const endAtOnce = (): void => {
  process.exit(1);
};

async function run(options: ServeOptions | AddUserOptions | ImportOptions): Promise<void> {
  if (options.kind === 'serve') await tryAddress(options);
  if (options.databaseUrl === null) makeDataFolder(options.data);
  const share = options.kind !== 'serve';
  const database =
    options.databaseUrl === null
      ? await startEmbeddedPostgres({ dir: join(options.data, 'postgres'), share })
      : null;
  try {
    const databaseUrl = options.databaseUrl ?? (await ownDatabase(database));
    const api = await buildApi({
      databaseUrl,
      ...(options.kind === 'serve' ? running(options) : {}),
    });
    if (options.kind === 'serve') await serve(api, database, options);
    else if (options.kind === 'import') await takeOver(api, database, options);
    else await addOne(api, database, options);
  } catch (error) {
    await database?.stop();
    throw error;
  }
}

const running = ({
  log,
  metricsToken,
  trustProxy,
  drainMs,
  poolSize,
  portal,
}: ServeOptions): Partial<ApiOptions> => ({
  log,
  metricsToken,
  trustProxy,
  drainMs,
  database: { max: poolSize },
  portal,
});

async function ownDatabase(database: EmbeddedDatabase | null): Promise<string> {
  if (!database) throw new Error('no database');
  await database.createDatabase('support');
  return database.url('support');
}

async function serve(
  api: Api,
  database: EmbeddedDatabase | null,
  options: ServeOptions,
): Promise<void> {
  if (options.demoTickets !== null) await seedDemo(api.pool, options.demoTickets);
  const traffic = options.demoTraffic ? startDemoTraffic(api.pool) : null;
  endOnSignal(async () => {
    traffic?.stop();
    await api.close();
    await database?.stop();
  });
  await api.app.listen({ host: options.host, port: options.port }).catch((error: unknown) => {
    throw listenError(error, options);
  });
  // A listening TCP server always has an AddressInfo; the string form is for pipes.
  const { port } = api.app.server.address() as AddressInfo;
  for (const warning of await warnings(api.pool, {
    host: options.host,
    trustProxy: options.trustProxy,
    ownDatabase: options.databaseUrl !== null,
  }))
    console.error(`Support API: ${warning}`);
  console.log(`Support API ready: http://127.0.0.1:${port}${apiBase}`);
}

/** Ends this process, once `close` is done, when it is told to or its parent process is gone. */
function endOnSignal(close: () => Promise<void>): void {
  let stopping: Promise<void> | null = null;
  const stop = (): void => {
    stopping ??= close()
      .then(() => process.exit(0))
      .catch((error: unknown) => {
        console.error(
          'Support API:',
          error instanceof Error ? withoutSecrets(error.message) : 'could not stop in order',
        );
        process.exit(1);
      });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Started by another process of ours: when that is gone, for whatever reason, nothing may be left
  // behind.
  process.removeListener('disconnect', endAtOnce);
  process.on('disconnect', stop);
}

async function addOne(
  api: Api,
  database: EmbeddedDatabase | null,
  options: AddUserOptions,
): Promise<void> {
  const { password } = await addUser(api.pool, options);
  console.log(
    `Added ${options.email} (${options.role}).${options.password === null ? ` Password: ${password}` : ''}`,
  );
  await api.close();
  await database?.stop();
  process.exit(0);
}

async function takeOver(
  api: Api,
  database: EmbeddedDatabase | null,
  { from }: ImportOptions,
): Promise<void> {
  try {
    for (const line of importLines(await importFrom(api.pool, from))) console.log(line);
  } finally {
    await api.close();
  }
  await database?.stop();
  process.exit(0);
}

function explain(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return (
      'The database of --database-url cannot be reached. Check that PostgreSQL runs there ' +
      'and the address is right.'
    );
  if (code === '28P01' || code === '28000')
    return 'The database of --database-url refused the user or password. Check both.';
  if (code === '3D000')
    return 'The database of --database-url does not exist. Create it first: createdb NAME';
  const path = error instanceof Error && 'path' in error ? String(error.path) : '';
  if (code === 'EACCES' || code === 'EPERM')
    return `This user may not use ${path}. Give the folder to this user, or choose another one with --data.`;
  if (code === 'EROFS')
    return `${path} is on a disk that can only be read. Choose another folder with --data.`;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return (
      `There is no room left for ${path}. Free some space there, then start again; what is ` +
      'in the folder stays as it is.'
    );
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return `${path} cannot be a folder, because a file has that name. Choose another folder with --data.`;
  return messageOf(error);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

main().catch((error: unknown) => {
  console.error(`Support API: ${withoutSecrets(explain(error))}`);
  process.exit(1);
});
