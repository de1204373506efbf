import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import {
  databaseUser,
  makeCluster,
  readPassword,
  setAsideHalfMade,
  setPassword,
} from './cluster.ts';
import { clusterOf, removeLeftovers, removePlace } from './places.ts';
import {
  endPostmaster,
  runningPostmaster,
  startPostmaster,
  type Postmaster,
} from './postmaster.ts';
import { takeSeat, type Seat } from './seat.ts';

export interface EmbeddedDatabase {
  /** The connection string of a database on this cluster, by its name. */
  url(database: string): string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
  /** For tests: stops it and removes its files. */
  remove(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Kept between starts. */
  dir: string;
  /** For tests: nothing needs to survive a power loss. */
  throwaway?: boolean;
  /** Any free one by default. */
  port?: number;
  /** Uses the database of the process that runs it already, if there is one. */
  share?: boolean;
}

/** Another process uses the data. */
class DataInUseError extends Error {
  constructor(dir: string, owner: string) {
    super(
      `The data in ${dir} is in use by ${owner}. Stop that server first, or give another ` +
        'folder with --data or another database with --database-url.',
    );
  }
}

const unsafeSettings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
const pollMs = 50;
const sharePatienceMs = 60_000;

/**
 * Starts a real PostgreSQL from npm packages on 127.0.0.1 and a free port, with its own files.
 * Throws an Error with a sentence for the user if that fails.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const home = resolve(options.dir);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  for (let waited = 0; ; waited += pollMs) {
    const lock = tryLock(home);
    if (lock !== null)
      return await own(home, lock, options).catch((error: unknown) => {
        lock.close();
        throw error;
      });
    const shared = options.share ? await share(home) : null;
    if (shared !== null) return shared;
    // The other process is still starting or stopping it.
    if (!options.share || waited >= sharePatienceMs) throw new DataInUseError(home, ownerIn(home));
    await wait(pollMs);
  }
}

async function own(
  home: string,
  lock: DatabaseSync,
  { throwaway = false, port }: EmbeddedOptions,
): Promise<EmbeddedDatabase> {
  await endPostmaster(join(home, 'cluster'));
  const seat = takeSeat(home, throwaway);
  const { password, isNew } = readPassword(join(home, 'password'));
  await endPostmaster(seat.cluster);
  const postmaster = await start(seat, { password, isNew, throwaway, port });
  const stop = async (): Promise<void> => {
    await postmaster.stop();
    lock.close();
  };
  return {
    ...connections(password, postmaster.port),
    stop,
    async remove() {
      await stop();
      rmSync(home, { recursive: true, force: true });
      if (seat.place === null) return;
      removePlace(seat.place.folder);
      removeLeftovers();
    },
  };
}

interface Start {
  password: string;
  isNew: boolean;
  throwaway: boolean;
  port: number | undefined;
}

async function start(seat: Seat, { password, isNew, throwaway, port }: Start): Promise<Postmaster> {
  try {
    setAsideHalfMade(seat.cluster);
    if (!existsSync(seat.cluster)) await makeCluster({ ...seat, password, throwaway });
    else if (isNew) await setPassword({ ...seat, password });
    return await startPostmaster({ ...seat, port, settings: throwaway ? unsafeSettings : [] });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `PostgreSQL did not start on ${seat.cluster}: ${reason}. Nothing in that folder was ` +
        'removed. Mend what it names and start again, or give the address of another ' +
        'database with --database-url.',
      { cause: error },
    );
  }
}

/** The database that another process of ours runs; null while it is not ready. */
async function share(home: string): Promise<EmbeddedDatabase | null> {
  const cluster = clusterOf(home);
  const running = existsSync(cluster) ? runningPostmaster(cluster) : null;
  if (!running?.ready) return null;
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    ...connections(readPassword(join(home, 'password')).password, running.port),
    stop: nothing,
    remove: nothing,
  };
}

function connections(
  password: string,
  port: number,
): Pick<EmbeddedDatabase, 'url' | 'createDatabase'> {
  const url = (database: string): string =>
    `postgres://${databaseUser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  return {
    url,
    async createDatabase(name) {
      const client = new pg.Client({ connectionString: url('postgres') });
      await client.connect();
      try {
        const known = await client.query('select 1 from pg_database where datname = $1', [name]);
        if (known.rowCount === 0)
          await client.query(`create database ${client.escapeIdentifier(name)}`);
      } finally {
        await client.end();
      }
    },
  };
}

/**
 * Allows one process at a time: the system releases SQLite's lock when the process ends, for
 * whatever reason. Null if another one has it.
 */
function tryLock(home: string): DatabaseSync | null {
  const lock = new DatabaseSync(join(home, 'lock'));
  try {
    lock.exec('pragma journal_mode = off; begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return null;
    throw error;
  }
  // Only for the error message: the lock itself decides.
  writeFileSync(join(home, 'owner'), String(process.pid));
  return lock;
}

const sqliteBusy = 5;

function ownerIn(home: string): string {
  const path = join(home, 'owner');
  const pid = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return /^\d+$/.test(pid) ? `process ${pid}` : 'another process';
}
