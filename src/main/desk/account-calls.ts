import type { CallInput, CallOutput, LiveName } from '../../contract/bridge.ts';
import type { Clock } from '../../core/clock.ts';
import type { AccountData } from './account-data.ts';
import type { AccountSync, ServerSide } from './account-sync.ts';
import { composeCalls } from './areas/compose/calls.ts';
import { outboxCalls } from './areas/outbox/calls.ts';
import type { Holds } from './areas/outbox/holds.ts';
import { presenceCalls } from './areas/presence/calls.ts';
import { searchCalls } from './areas/search/calls.ts';
import { settingsCalls } from './areas/settings/calls.ts';
import { ticketCalls } from './areas/tickets/calls.ts';
import { createMemo } from './areas/tickets/counted.ts';
import { listAgain } from './areas/tickets/list-again.ts';
import { idsOf, type ListParts } from './areas/tickets/list.ts';
import type { ReadParts } from './areas/tickets/mark-read.ts';
import { createOverlaid } from './areas/tickets/overlaid.ts';
import type { Bulks } from './areas/triage/bulk-run.ts';
import { bulkCalls, triageCalls } from './areas/triage/calls.ts';
import { syncDetail } from './feed/sync-detail.ts';
import type { AccountCalls } from './handlers.ts';
import { cacheVersion } from './sqlite/changes.ts';
import type { Tell } from './tell.ts';

/** Carries out the commands of an agent. */
export interface Commands {
  clock: Clock;
  newId: () => string;
  tell: Tell;
  holds: Holds;
  bulks: Bulks;
  reading: ReadParts;
}

interface AccountCallParts {
  data: AccountData;
  server: ServerSide;
  sync: AccountSync;
  commands: Commands;
  dataDir: string;
}

/** The calls of an account, and how its live queries are run again. */
export interface AccountQueries {
  calls: AccountCalls;
  /** `last`: what the window has. */
  again: (name: LiveName, input: never, last: unknown) => unknown;
}

export function accountCalls({
  data,
  server,
  sync,
  commands,
  dataDir,
}: AccountCallParts): AccountQueries {
  const { account, cache, own, outbox, snoozes, marks } = data;
  const { engine, indexer, workingSet, presence } = sync;
  const { clock, newId, tell, holds, bulks, reading } = commands;
  const serverNow = server.time.now;
  const list = listParts(data);
  const calls: AccountCalls = {
    ...ticketCalls({
      list,
      thread: { cache, outbox, own, account, snoozes, holds, readThrough: marks.readThrough },
      marking: { ...reading, tell },
      fetching: { cache, workingSet },
    }),
    ...triageCalls({ cache, outbox, own, account, snoozes, serverNow, holds, tell }),
    ...bulkCalls(
      { cache, own, clock, serverNow, newId, bulks, idsOf: idsOf.bind(null, list) },
      { cache, outbox, own, clock, tell, bulks },
    ),
    ...composeCalls({ cache, outbox, own, account, snoozes, serverNow, holds, tell }),
    ...outboxCalls({ cache, outbox, own, account, holds, engine, tell }),
    ...searchCalls(
      { cache, outbox, own, account, snoozes, indexer, serverNow, overlaid: list.overlaid },
      { cache, auth: server.auth },
    ),
    ...settingsCalls({ cache, outbox, own, engine, workingSet, dataDir, touch: tell.touch }),
    ...presenceCalls(presence),
    'sync.detail': () => syncDetail({ engine, outbox }),
  };
  return { calls, again: againOf(calls, list) };
}

function againOf(calls: AccountCalls, list: ListParts): AccountQueries['again'] {
  return (name, input, last) => {
    if (name === 'tickets.list') return listAgain(list, input, last as CallOutput<'tickets.list'>);
    if (name === 'thread.get') return calls['thread.get'](newest(input));
    return calls[name](input);
  };
}

/** Drops a `reach` for one message: the window has had it since the first run. */
function newest(input: CallInput<'thread.get'>): CallInput<'thread.get'> {
  return input.reach === 'unread' ? input : { ...input, reach: undefined };
}

function listParts({ account, cache, own, outbox, snoozes }: AccountData): ListParts {
  const { sleep } = snoozes;
  const version = (): string => cacheVersion(cache, sleep().now);
  return {
    account,
    cache,
    own,
    outbox,
    snoozes,
    counted: createMemo(version),
    overlaid: createOverlaid({ cache, outbox, me: account.id, cacheVersion: version, sleep }),
  };
}
