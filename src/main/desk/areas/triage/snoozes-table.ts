import { z } from 'zod';
import type { LocalSnooze } from '../../../../core/snooze.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

const Stored = z.record(
  z.string(),
  z.object({
    until: z.number(),
    since: z.number(),
    alone: z.boolean(),
    throughReplies: z.boolean(),
  }),
);

/**
 * The snoozes that no server knows of, by ticket; one value among the settings, since there are
 * few.
 */
export interface LocalSnoozes {
  all(): ReadonlyMap<string, LocalSnooze>;
  /** null forgets it. Snoozes that ended before `forgetBefore` are forgotten with it. */
  set(ticketId: string, snooze: LocalSnooze | null, forgetBefore: number): void;
}

const nameOf = (accountId: string): string => `snoozes ${accountId}`;

function readSnoozes(db: ReadDb, accountId: string): Map<string, LocalSnooze> {
  const row = db
    .prepare<[string], { value: string }>('select value from settings where name = ?')
    .get(nameOf(accountId));
  try {
    const stored = Stored.safeParse(JSON.parse(row?.value ?? '{}'));
    return new Map(Object.entries(stored.data ?? {}));
  } catch {
    // Not JSON: damaged, so as if never set. The tickets are awake then, which loses nothing.
    return new Map();
  }
}

function writeSnoozes(
  db: WriteDb,
  accountId: string,
  snoozes: ReadonlyMap<string, LocalSnooze>,
): void {
  db.prepare(
    'insert into settings (name, value) values (?, ?) on conflict do update set value = excluded.value',
  ).run(nameOf(accountId), JSON.stringify(Object.fromEntries(snoozes)));
}

/** Gives the snoozes of an account to another one; its own stay. */
export function moveLocalSnoozes(db: WriteDb, fromAccount: string, toAccount: string): void {
  const moved = readSnoozes(db, fromAccount);
  if (moved.size === 0) return;
  writeSnoozes(db, toAccount, new Map([...moved, ...readSnoozes(db, toAccount)]));
  db.prepare('delete from settings where name = ?').run(nameOf(fromAccount));
}

export function openLocalSnoozes(db: WriteDb, accountId: string): LocalSnoozes {
  let snoozes = readSnoozes(db, accountId);

  return {
    all: () => snoozes,
    set(ticketId, snooze, forgetBefore) {
      if (snooze === null && !snoozes.has(ticketId)) return;
      const next = new Map(
        [...snoozes].filter(([id, one]) => id !== ticketId && one.until >= forgetBefore),
      );
      if (snooze) next.set(ticketId, snooze);
      writeSnoozes(db, accountId, next);
      snoozes = next;
    },
  };
}
