import type { Account } from '../../contract/bridge.ts';
import type { Clock, Random } from '../../core/clock.ts';
import { allDraftTickets, moveDrafts, ticketsWithDrafts } from './areas/compose/drafts.ts';
import { createOutbox, type Outbox } from './areas/outbox/queue.ts';
import type { StoredAccount } from './areas/session/accounts.ts';
import { ticketsKeptUnread } from './areas/tickets/kept-unread.ts';
import { mergedInto } from './areas/tickets/merged.ts';
import { createReadMarks, type ReadMarks } from './areas/tickets/read-marks.ts';
import { ticketsToDo } from './areas/triage/bulks.ts';
import { openSnoozes, type Snoozes } from './areas/triage/snooze.ts';
import { knownVersion } from './feed/generation.ts';
import type { ServerTime } from './feed/server-time.ts';
import type { ReadDb, WriteDb } from './sqlite/connection.ts';
import type { OwnRows } from './sqlite/own-rows.ts';

/** The data of a signed-in account on this computer. */
export interface AccountData {
  account: Account;
  cache: WriteDb;
  own: OwnRows;
  outbox: Outbox;
  snoozes: Snoozes;
  marks: ReadMarks;
}

export function openAccountData(
  cache: WriteDb,
  outboxDb: WriteDb,
  { account, key }: StoredAccount,
  { time, clock, random }: { time: ServerTime; clock: Clock; random: Random },
): AccountData {
  const own = { db: outboxDb, key };
  return {
    account,
    cache,
    own,
    outbox: createOutbox({
      db: outboxDb,
      accountId: key,
      clock,
      random,
      serverNow: time.now,
      known: (ticketId) => knownVersion(cache, ticketId),
    }),
    // This machine's own clock wakes nothing: it may be days ahead.
    snoozes: openSnoozes(own, time.atLeast),
    marks: createReadMarks(own, time),
  };
}

/** Tickets that the agent has something on, which are kept here however old they are. */
export function ticketsInUse({ outbox, own, snoozes }: AccountData): ReadonlySet<string> {
  return new Set([
    ...outbox.open().map((operation) => operation.ticketId),
    ...ticketsWithDrafts(own.db, own.key),
    ...snoozes.all().keys(),
    ...ticketsToDo(own.db, own.key),
    ...ticketsKeptUnread(own),
  ]);
}

/**
 * The page that reports a merge and the drafts stand in two files: the last run may have ended
 * between them.
 */
export function followMerges(cache: ReadDb, outboxDb: WriteDb): void {
  for (const ticketId of allDraftTickets(outboxDb)) {
    const into = mergedInto(cache, ticketId);
    if (into !== null) moveDrafts(outboxDb, ticketId, into);
  }
}
