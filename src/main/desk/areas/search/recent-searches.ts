import { z } from 'zod';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

const Queries = z.array(z.string().min(1).max(500));
const most = 8;

/**
 * An account's recent searches, newest first; stored with its settings, they never leave this
 * computer.
 */
export function recentSearches(db: ReadDb, accountId: string): string[] {
  const row = db
    .prepare<[string], { value: string }>('select value from settings where name = ?')
    .get(nameOf(accountId));
  return row ? parse(row.value) : [];
}

export function rememberSearch(db: WriteDb, accountId: string, query: string): void {
  const queries = [query, ...recentSearches(db, accountId).filter((one) => one !== query)].slice(
    0,
    most,
  );
  db.prepare(
    'insert into settings (name, value) values (?, ?) on conflict do update set value = excluded.value',
  ).run(nameOf(accountId), JSON.stringify(queries));
}

function parse(text: string): string[] {
  try {
    return Queries.safeParse(JSON.parse(text)).data ?? [];
  } catch {
    // Damaged: as if nothing had been searched for.
    return [];
  }
}

const nameOf = (accountId: string): string => `recent-searches ${accountId}`;
