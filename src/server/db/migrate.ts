import { row, transaction, type Pool, type Queryable, type Tx } from './pool.ts';
import * as usersSessions from './migrations/0010-users-sessions.ts';
import * as ticketsMessages from './migrations/0020-tickets-messages.ts';
import * as feed from './migrations/0030-feed.ts';
import * as idempotency from './migrations/0040-idempotency.ts';
import * as faq from './migrations/0050-faq.ts';
import * as staffFeed from './migrations/0060-staff-feed.ts';
import * as removals from './migrations/0070-removals.ts';
import * as macros from './migrations/0080-macros.ts';
import * as audit from './migrations/0090-audit.ts';
import * as constraints from './migrations/0100-constraints.ts';
import * as wireTimeInlined from './migrations/0110-wire-time-inlined.ts';
import * as statusIndex from './migrations/0120-status-index.ts';
import * as search from './migrations/0150-search.ts';
import * as idsByTime from './migrations/0160-ids-by-time.ts';
import * as serverId from './migrations/0170-server-id.ts';
import * as messageOctets from './migrations/0180-message-octets.ts';
import * as signInTries from './migrations/0220-sign-in-tries.ts';
import * as foldedSearch from './migrations/0230-folded-search.ts';
import * as imports from './migrations/0240-imports.ts';
import * as arrivedTokens from './migrations/0250-arrived-tokens.ts';

interface Migration {
  version: number;
  up: (tx: Tx) => Promise<unknown>;
}

export const migrations: readonly Migration[] = [
  { version: 10, up: usersSessions.up },
  { version: 20, up: ticketsMessages.up },
  { version: 30, up: feed.up },
  { version: 40, up: idempotency.up },
  { version: 50, up: faq.up },
  { version: 60, up: staffFeed.up },
  { version: 70, up: removals.up },
  { version: 80, up: macros.up },
  { version: 90, up: audit.up },
  { version: 100, up: constraints.up },
  { version: 110, up: wireTimeInlined.up },
  { version: 120, up: statusIndex.up },
  { version: 150, up: search.up },
  { version: 160, up: idsByTime.up },
  { version: 170, up: serverId.up },
  { version: 180, up: messageOctets.up },
  { version: 220, up: signInTries.up },
  { version: 230, up: foldedSearch.up },
  { version: 240, up: imports.up },
  { version: 250, up: arrivedTokens.up },
];
export const schemaVersion = migrations.at(-1)?.version ?? 0;

/** Any number that no other program uses for a lock on the same database. */
const lockId = 7_305_118;

/**
 * Brings the database to the newest schema. Several processes may start at once: an advisory lock
 * lets one of them work. If there is nothing to do it only reads, so the API may run as a user who
 * cannot change tables.
 */
export async function migrate(pool: Pool): Promise<void> {
  const { there } = (await row<{ there: boolean }>(
    pool,
    "select to_regclass('schema_migrations') is not null as there",
  )) ?? { there: false };
  if (there && (await versionOf(pool)) === schemaVersion) return;
  await transaction(pool, async (tx) => {
    // Rewriting a table may take any time.
    await tx.query('set local statement_timeout = 0');
    await tx.query('select pg_advisory_xact_lock($1)', [lockId]);
    await tx.query(
      `
        create table if not exists schema_migrations (version integer primary key,
          applied_at timestamptz not null default now())`,
    );
    const found = await versionOf(tx);
    if (found > schemaVersion)
      throw new Error(
        `The database has schema ${found}, newer than this server's ${schemaVersion}. Update the server.`,
      );
    for (const { version, up } of migrations) {
      if (version <= found) continue;
      await up(tx);
      await tx.query('insert into schema_migrations (version) values ($1)', [version]);
    }
  });
}

async function versionOf(db: Queryable): Promise<number> {
  return (
    (await row<{ v: number }>(db, 'select coalesce(max(version), 0) as v from schema_migrations'))
      ?.v ?? 0
  );
}
