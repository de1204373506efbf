import type { SyncState } from '../../../contract/bridge.ts';
import { heldBack, stoppedBehind } from '../../../core/send-order.ts';
import type { Outbox } from '../areas/outbox/queue.ts';
import type { ReadDb } from '../sqlite/connection.ts';
import { readMeta } from '../sqlite/meta.ts';
import type { Connection } from './connection.ts';
import { showsOnlyOwn } from './only-own.ts';
import type { Receiving } from './receiving.ts';
import { knownAbilities } from './servers/known.ts';
import type { WatchState } from './servers/server.ts';
import type { SyncedData } from './synced-data.ts';

export interface SyncStateParts {
  data: Pick<SyncedData, 'account' | 'cache' | 'outbox'>;
  receiving: Pick<Receiving, 'connection' | 'stream' | 'lastSyncAt'>;
  /** How many are in the cache. */
  tickets: number;
  keptDays: number | null;
  /** Monotonic ms. */
  now: number;
}

/** The state of sync, as the window shows it. */
export function syncStateOf(parts: SyncStateParts): SyncState {
  const { data, receiving, tickets, keptDays, now } = parts;
  const [connection, stream] = [receiving.connection(), receiving.stream()];
  return {
    phase: phaseOf(data.cache, connection, stream, tickets),
    ...waitingIn(data.outbox),
    last_sync_at: receiving.lastSyncAt(),
    reason: reasonNow(connection),
    tickets_cached: tickets,
    kept_days: keptDays,
    next_attempt_in:
      connection.kind === 'offline' ? Math.max(0, Math.round(connection.retryAt - now)) : null,
    abilities: abilitiesNow(data.cache, stream),
    ...(showsOnlyOwn(data.cache, data.account.id) ? { only_own: true } : {}),
  };
}

function phaseOf(
  cache: ReadDb,
  { kind }: Connection,
  stream: WatchState,
  tickets: number,
): SyncState['phase'] {
  if (kind === 'signed-out') return 'sign-in-needed';
  if (kind === 'offline') return 'offline';
  if (readMeta(cache, 'snapshot') !== 'done')
    return readMeta(cache, 'cursor') === null && tickets === 0 ? 'starting' : 'first-sync';
  if (kind === 'starting') return 'catching-up';
  return stream === 'lost' ? 'catching-up' : 'live';
}

function waitingIn(outbox: Outbox): Pick<SyncState, 'waiting' | 'held' | 'not_sent'> {
  const open = outbox.open();
  const parked = open.filter((operation) => operation.state === 'parked');
  // Operations behind a parked one wait for the agent and not for the server.
  const order = outbox.order();
  return {
    waiting: open.length - parked.length - stoppedBehind(open, order).size,
    held: heldBack(open, order).size,
    not_sent: parked.length,
  };
}

/**
 * A stream that something between lets not through is none: the window says that it looks each
 * minute.
 */
function abilitiesNow(cache: ReadDb, stream: WatchState): SyncState['abilities'] {
  const known = knownAbilities(cache);
  return { ...known, live: known.live && stream !== 'unsupported' };
}

function reasonNow(connection: Connection): SyncState['reason'] {
  if (connection.kind === 'signed-out')
    return connection.deactivated ? 'account-deactivated' : null;
  return connection.kind === 'offline' ? connection.reason : null;
}
