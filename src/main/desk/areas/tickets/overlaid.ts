import type { TicketRow } from '../../../../contract/bridge.ts';
import type { Operation } from '../../../../core/operation.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import { getTickets, type TicketRecord } from './tickets-table.ts';
import type { Outbox } from '../outbox/queue.ts';
import { toRow } from './rows.ts';
import { sleepShifted, type Sleep } from '../triage/snooze.ts';

/**
 * The tickets with open operations, and those that a snooze has put elsewhere: as the cache has
 * them, and as the agent sees them. Drafts are not marked.
 */
export interface Overlaid {
  ids: string[];
  truth: TicketRecord[];
  rows: TicketRow[];
}

interface Kept {
  record: TicketRecord;
  operations: readonly Operation[];
  row: TicketRow;
}

export interface OverlaidParts {
  cache: ReadDb;
  outbox: Pick<Outbox, 'open' | 'openOf' | 'version'>;
  me: string;
  cacheVersion: () => string;
  sleep: () => Sleep;
}

/**
 * Lays operations over their tickets, and again only over those that have changed: with hundreds
 * waiting each look would cost a frame.
 */
export function createOverlaid(parts: OverlaidParts): () => Overlaid {
  const { cache, outbox, cacheVersion, sleep } = parts;
  let kept = new Map<string, Kept>();
  let of = { cache: '', outbox: -1, shifted: '' };
  /** When the first snooze among them ends: none of them is to be trusted any longer then. */
  let holdsUntil = Infinity;
  let answer: Overlaid = { ids: [], truth: [], rows: [] };

  return () => {
    const sleeping = sleep();
    const shifted = sleepShifted(cache, sleeping);
    const now = {
      cache: cacheVersion(),
      outbox: outbox.version(),
      shifted: JSON.stringify([shifted, [...sleeping.local]]),
    };
    const asBefore =
      now.cache === of.cache && now.shifted === of.shifted && sleeping.now < holdsUntil;
    if (asBefore && now.outbox === of.outbox) return answer;
    const ids = [...new Set([...outbox.open().map((operation) => operation.ticketId), ...shifted])];
    kept = layOverAgain(parts, ids, asBefore ? kept : new Map<string, Kept>(), sleeping);
    of = now;
    const rows = [...kept.values()].map(({ row }) => row);
    holdsUntil = Math.min(...rows.map((row) => row.snoozed_until ?? Infinity), Infinity);
    answer = { ids, truth: [...kept.values()].map(({ record }) => record), rows };
    return answer;
  };
}

/** These tickets as they are now; those that are known and as before stay the same objects. */
function layOverAgain(
  { cache, outbox, me }: Pick<OverlaidParts, 'cache' | 'outbox' | 'me'>,
  ids: readonly string[],
  known: ReadonlyMap<string, Kept>,
  sleep: Sleep,
): Map<string, Kept> {
  const unknown = ids.filter((id) => !known.has(id));
  const fresh = new Map(getTickets(cache, unknown).map((record) => [record.id, record]));
  const now = new Map<string, Kept>();
  for (const id of ids) {
    const before = known.get(id);
    const record = before?.record ?? fresh.get(id);
    if (!record) continue;
    const operations = outbox.openOf(id);
    now.set(
      id,
      before?.operations === operations
        ? before
        : { record, operations, row: toRow(record, operations, me, false, sleep) },
    );
  }
  return now;
}
