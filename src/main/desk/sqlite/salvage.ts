import Database from 'better-sqlite3';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import type { OperationState } from '../../../core/operation.ts';
import type { WriteDb } from './connection.ts';
import { rawRows, type RawValue } from './raw-records.ts';
import { keyAccount, OldAccount } from './migrations/outbox/0060-servers.ts';
import { hashV20 } from './row-hash.ts';

/** The result of recovering a damaged outbox. */
export interface Salvage {
  /** Operations whose hash is right, waiting and ended ones. */
  operations: number;
  /**
   * Operations that were found but are not as they were written: kept to be looked at, never sent.
   */
  damaged: number;
  drafts: number;
  /** The damaged file, kept. */
  file: string;
}

const operationColumns = [
  'seq',
  'id',
  'account_id',
  'ticket_id',
  'kind',
  'payload',
  'payload_version',
  'sha256',
  'state',
  'attempts',
  'created_at',
  'settled_at',
  'parked_reason',
  'parked_detail',
  'server_id',
  'seen_through',
] as const;
type Column = (typeof operationColumns)[number];
type Found = Record<Column, string | number | null>;

const otherTables = [
  'settings',
  'servers',
  'accounts',
  'drafts',
  'draft_versions',
  'read_marks',
  'kept_unread',
  'tries',
  'keyed_tries',
  'known_versions',
  'bulks',
  'bulk_items',
  'units',
] as const;
const suffixes = ['', '-wal', '-shm'] as const;

/**
 * Moves a damaged outbox and its side files out of the way, with the log as it was found; returns
 * its new path.
 */
export function setOutboxAside(path: string, log: string): string {
  let n = 1;
  while (existsSync(`${path}.damaged-${n}`)) n += 1;
  const aside = `${path}.damaged-${n}`;
  for (const suffix of suffixes)
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  if (existsSync(log)) renameSync(log, `${aside}-wal`);
  return aside;
}

/**
 * Copies what can be trusted from a damaged outbox into a new one, in one transaction; the damaged
 * file is not changed.
 */
export function salvageInto(db: WriteDb, aside: string): Salvage {
  // Bytes first: SQLite may write to the side files of a database that it opens.
  const raw = rawOperations(
    readFileSync(aside),
    existsSync(`${aside}-wal`) ? readFileSync(`${aside}-wal`) : new Uint8Array(),
  );
  const source = openDamaged(aside);
  try {
    return db.transaction(() => {
      for (const table of otherTables) copyTable(db, source, table);
      const old = tableRows(source, 'accounts').flatMap(
        (row) => OldAccount.safeParse(row).data ?? [],
      );
      const { whole, broken } = chooseVersions(tableRows(source, 'operations') as Found[], raw);
      const { operations, damaged } = insertOperations(db, whole, broken);
      for (const account of old) keyAccount(db, account);
      return {
        operations,
        damaged,
        drafts: db.prepare<[], { n: number }>('select count(*) as n from drafts').get()?.n ?? 0,
        file: aside,
      };
    });
  } finally {
    source?.close();
  }
}

/** How many were new. Damaged ones are parked: the agent decides about them. */
function insertOperations(
  db: WriteDb,
  whole: readonly Found[],
  broken: readonly Found[],
): Pick<Salvage, 'operations' | 'damaged'> {
  const insert = db.prepare(
    `
      insert or ignore into operations (${operationColumns.join(', ')})
      values (${operationColumns.map((c) => `@${c}`).join(', ')})`,
  );
  const parked = { seq: null, state: 'parked', sha256: 'damaged', attempts: 0 };
  let operations = 0;
  let damaged = 0;
  for (const row of whole) operations += insert.run(row).changes;
  for (const row of broken) damaged += insert.run({ ...row, ...parked }).changes;
  return { operations, damaged };
}

function openDamaged(path: string): Database.Database | null {
  try {
    return new Database(path, { readonly: true });
  } catch {
    // Not a database any more for SQLite; its bytes may still hold rows.
    return null;
  }
}

/** The rows of a table up to where SQLite cannot read on, then from the other end. */
function tableRows(source: Database.Database | null, table: string): Record<string, unknown>[] {
  const rows = new Map<string, Record<string, unknown>>();
  for (const order of table === 'operations' ? ['order by seq', 'order by seq desc'] : ['']) {
    try {
      for (const row of source?.prepare(`select * from ${table} ${order}`).iterate() ?? [])
        rows.set(JSON.stringify(row), row as Record<string, unknown>);
    } catch {
      // Damage in the middle: what was read so far counts.
    }
  }
  return [...rows.values()];
}

function copyTable(
  db: WriteDb,
  source: Database.Database | null,
  table: (typeof otherTables)[number],
): void {
  for (const row of tableRows(source, table)) {
    const names = Object.keys(row);
    try {
      db.prepare(
        `insert or ignore into ${table} (${names.join(', ')}) values (${names.map((name) => `@${name}`).join(', ')})`,
      ).run(row);
    } catch {
      // A row that the table itself refuses is not one that was written.
    }
  }
}

function rawOperations(file: Uint8Array, wal: Uint8Array): Found[] {
  const found: Found[] = [];
  for (const { rowid, values } of rawRows(file, wal)) {
    if (
      values.length < operationColumns.length - 1 ||
      values[0] !== null ||
      typeof values[5] !== 'string' ||
      !/^[0-9a-f]{64}$/.test(String(values[7]))
    )
      continue;
    found.push(
      Object.fromEntries(
        operationColumns.map((column, i) => [
          column,
          column === 'seq' ? rowid : plain(values[i] ?? null),
        ]),
      ) as Found,
    );
  }
  return found;
}

function plain(value: RawValue): string | number | null {
  return value instanceof Uint8Array ? null : value;
}

/**
 * How far an operation has come; of several versions the one that went furthest is the last. A
 * decision of the agent is never undone.
 */
const progress: Record<OperationState, number> = {
  held: 1,
  queued: 2,
  inflight: 3,
  parked: 4,
  acked: 5,
  discarded: 6,
};

/**
 * Prefers rows that SQLite itself still reads; rows found in the raw bytes only add those that it
 * cannot reach, and may be older.
 */
function chooseVersions(
  read: readonly Found[],
  raw: readonly Found[],
): { whole: Found[]; broken: Found[] } {
  const whole = new Map(read.filter(isWhole).map((row) => [row.id, row]));
  const fromBytes = new Map<unknown, Found>();
  for (const row of raw.filter((one) => isWhole(one) && !whole.has(one.id))) {
    const known = fromBytes.get(row.id);
    if (!known || progressOf(row) > progressOf(known)) fromBytes.set(row.id, row);
  }
  for (const row of fromBytes.values()) whole.set(row.id, row);
  const broken = new Map(
    [...raw, ...read]
      .filter((row) => !isWhole(row) && !whole.has(row.id) && isPlausible(row))
      .map((row) => [row.id, row]),
  );
  return {
    whole: [...whole.values()].toSorted((a, b) => Number(a.seq) - Number(b.seq)),
    broken: [...broken.values()],
  };
}

function isPlausible(row: Found): boolean {
  return (
    typeof row.id === 'string' &&
    typeof row.account_id === 'string' &&
    typeof row.ticket_id === 'string' &&
    typeof row.payload === 'string'
  );
}

function progressOf(row: Found): number {
  return progress[row.state as OperationState] ?? 0;
}

function isWhole(row: Found): boolean {
  // The hash is of these very values; one of another type cannot fit it.
  return hashV20(row as unknown as Parameters<typeof hashV20>[0]) === row.sha256;
}
