import { SqliteError } from 'better-sqlite3';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { sameFile, seenFile, type SeenFile } from './file-identity.ts';
import { outboxMigrations } from './migrations/outbox/index.ts';
import type { WriteDb } from './connection.ts';
import { openDatabase } from './open.ts';
import { openReadingCopy } from './reading-copy.ts';
import { salvageInto, setOutboxAside, type Salvage } from './salvage.ts';
import { storageFaultOf, StorageFaultError } from './storage-fault.ts';

/**
 * Opens outbox.db with full durability and checks it. A damaged one is set aside and kept, and what
 * can be trusted of it is copied into a new one (R12). Throws NewerFileError, SqliteError.
 */
export function openOutbox(path: string): { db: WriteDb; salvage: Salvage | null } {
  const log = keepLog(path);
  const sound = openSound(path);
  if (sound) {
    rmSync(log, { force: true });
    return { db: sound, salvage: null };
  }
  const aside = setOutboxAside(path, log);
  const db = openDatabase(path, 'precious', outboxMigrations);
  return { db, salvage: salvageInto(db, aside) };
}

/**
 * A copy of the write-ahead log: SQLite empties one that it does not understand, and it may hold
 * the newest replies.
 */
function keepLog(path: string): string {
  const copy = `${path}-wal.kept`;
  rmSync(copy, { force: true });
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, copy);
  return copy;
}

/**
 * SQLite error codes that blame a file's content. Any other failure to read or write is the
 * disk's: a file that is set aside for one would be out of sight once the disk works again.
 */
const saysDamage = /CORRUPT|NOTADB|SQLITE_ERROR|CONSTRAINT|IOERR_(SHORT_READ|DATA|CORRUPTFS)/;

/**
 * The database, or null when it is damaged. Throws what says nothing against the file: there is no
 * room, it is held, or the disk does not work.
 */
function openSound(path: string): WriteDb | null {
  let db: WriteDb | null = null;
  try {
    db = openDatabase(path, 'precious', outboxMigrations);
    if (db.pragma('integrity_check(1)') === 'ok') return db;
  } catch (error) {
    db?.close();
    const fault = storageFaultOf(error, dirname(path));
    if (fault !== null && fault !== 'failed') throw error;
    if (!(error instanceof SqliteError) || !saysDamage.test(error.code)) throw error;
    return null;
  }
  db.close();
  return null;
}

const suffixes = ['', '-wal', '-shm'] as const;

/** outbox.db for as long as a desk runs, whatever becomes of its file meanwhile. */
export interface OutboxFile {
  /**
   * Stays the same object, whichever connection stands behind it. Its transactions throw
   * StorageFaultError where what they write could not be found again.
   */
  db: WriteDb;
  salvage: Salvage | null;
  /**
   * Opens the file for writing, in place of a copy for reading. Throws what `openOutbox` throws;
   * the copy then stays.
   */
  openForWriting(): void;
  openForReading(): void;
  /**
   * Makes sure that the file at the path is the one that is open, writing it there again where it
   * is not. Throws StorageFaultError, or what SQLite throws.
   */
  keepInPlace(): void;
  /** Where the file that had taken its place is kept now; null for none. */
  replaced(): string | null;
}

/** `mayWrite`: false where another program has the data folder by now. */
export function createOutboxFile(path: string, mayWrite: () => boolean): OutboxFile {
  const connection = createConnection();
  const place = createPlace(path);
  const transactions = createTransactions(connection.now, keepInPlace);
  let closed = false;

  function openForWriting(): void {
    // A start that went no further than this is tried again with the file that is open.
    if (connection.kind() === 'writing') return;
    const { db, salvage } = openOutbox(path);
    file.salvage = salvage;
    connection.take(db, 'writing');
    place.note();
  }

  function keepInPlace(): void {
    if (transactions.underWay() || closed) return;
    if (connection.kind() === 'none') openForWriting();
    if (place.isOurs('')) return;
    if (!mayWrite()) throw new StorageFaultError('swapped');
    place.writeBack(connection.now(), connection.close);
    openForWriting();
  }

  function close(): void {
    if (connection.kind() !== 'none') keepOrSay(keepInPlace, console.error);
    closed = true;
    connection.close();
  }

  const file: OutboxFile = {
    db: { ...connectionTo(connection.now), transaction: transactions.run, close },
    salvage: null,
    openForWriting,
    openForReading() {
      connection.take(openReadingCopy(path, outboxMigrations), 'reading');
      place.forget();
    },
    keepInPlace,
    replaced: place.replaced,
  };
  return file;
}

/** The connection that is open: to the file itself, or to a copy for reading. */
function createConnection() {
  let open: { db: WriteDb; kind: 'writing' | 'reading' } | null = null;

  function close(): void {
    open?.db.close();
    open = null;
  }

  return {
    kind: () => open?.kind ?? 'none',
    /** Throws StorageFaultError where none is open. */
    now(): WriteDb {
      if (!open) throw new StorageFaultError('failed');
      return open.db;
    },
    /** In place of the one before, which is closed. */
    take(db: WriteDb, kind: 'writing' | 'reading') {
      close();
      open = { db, kind };
    },
    close,
  };
}

/** Transactions whose file is in its place before and after each. */
function createTransactions(opened: () => WriteDb, keepInPlace: () => void) {
  let depth = 0;
  return {
    underWay: () => depth > 0,
    run<Result>(run: () => Result): Result {
      keepInPlace();
      depth += 1;
      let result;
      try {
        result = opened().transaction(run);
      } finally {
        depth -= 1;
      }
      // The open file has the commit in any case.
      keepOrSay(keepInPlace, console.warn);
      return result;
    },
  };
}

function keepOrSay(keepInPlace: () => void, say: (sentence: string, error: unknown) => void): void {
  try {
    keepInPlace();
  } catch (error) {
    say('outbox.db is not where it was, and could not be written there again', error);
  }
}

/** A connection that stays the same object, whichever one `opened` returns. */
const connectionTo = (
  opened: () => WriteDb,
): Pick<WriteDb, 'brand' | 'prepare' | 'exec' | 'pragma'> => ({
  brand: 'write',
  prepare: (sql: string) => opened().prepare(sql),
  exec: (sql) => {
    opened().exec(sql);
  },
  pragma: (source) => opened().pragma(source),
});

/** The path of an open database with its side files, and which files must stand there. */
function createPlace(path: string) {
  let seen = new Map<string, SeenFile | null>();
  let aside: string | null = null;
  const isOurs = (suffix: string): boolean => sameFile(path + suffix, seen.get(suffix) ?? null);

  return {
    isOurs,
    /** The files that stand at the path now are the open ones. */
    note() {
      seen = new Map(suffixes.map((suffix) => [suffix, seenFile(path + suffix)]));
    },
    forget() {
      seen = new Map();
    },
    replaced: () => aside,
    /**
     * The open file still has everything, though nothing leads to it any more. A copy of it goes to
     * the path; another file that stands there is kept beside it. `close` closes the open file.
     */
    writeBack(open: WriteDb, close: () => void) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const copy = `${path}.rescued`;
      rmSync(copy, { force: true });
      open.prepare('vacuum into ?').run(copy);
      const stranger = freeName(`${path}.replaced`);
      // Before ours is closed: SQLite then deletes whatever has the names of its side files.
      for (const suffix of suffixes)
        if (existsSync(path + suffix) && (suffix === '' || !isOurs(suffix)))
          renameSync(path + suffix, stranger + suffix);
      close();
      renameSync(copy, path);
      aside = existsSync(stranger) ? stranger : null;
      console.warn(
        'outbox.db was moved, deleted or replaced while Staffdesk was running; it was ' +
          `written again.${aside === null ? '' : ` The other file is kept as ${aside}.`}`,
      );
    },
  };
}

function freeName(name: string): string {
  let n = 1;
  while (existsSync(`${name}-${n}`)) n += 1;
  return `${name}-${n}`;
}
