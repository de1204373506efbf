import type { Operation } from '../../../../core/operation.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import { openOperation, openOperations } from './operations.ts';

/** The open operations of an account in memory, so that laying them over a list costs no query. */
export interface OpenOperations {
  /** Oldest first. */
  all(): readonly Operation[];
  of(ticketId: string): readonly Operation[];
  /** To be called after each write, with what it returned. */
  changed<T>(result: T, ...ids: readonly string[]): T;
  /** A write was taken back: all are read again. */
  forget(): void;
  /** Differs after each change. */
  version(): number;
}

interface Held {
  all: Operation[];
  byTicket: Map<string, Operation[]>;
}

export function createOpenOperations(db: ReadDb, accountId: string): OpenOperations {
  let version = 0;
  let held: Held | null = null;

  function load(): Held {
    if (held) return held;
    const all = openOperations(db, accountId);
    held = { all, byTicket: Map.groupBy(all, (operation) => operation.ticketId) };
    return held;
  }

  return {
    all: () => load().all,
    of: (ticketId) => load().byTicket.get(ticketId) ?? [],
    version: () => version,
    changed(result, ...ids) {
      version += 1;
      try {
        if (held) takeOver(held, ids, (id) => openOperation(db, accountId, id));
      } catch (error) {
        // It is written, so this is no error of the write: the next reader reads all of them again.
        console.warn('What became of an operation could not be read', error);
        held = null;
      }
      return result;
    },
    forget() {
      held = null;
      version += 1;
    },
  };
}

/**
 * Takes over what became of these operations. Only they are read again: with hundreds waiting all
 * of them would cost a frame each time.
 */
function takeOver(
  held: Held,
  ids: readonly string[],
  read: (id: string) => Operation | null,
): void {
  for (const id of ids) {
    const before = held.all.find((operation) => operation.id === id) ?? null;
    const now = read(id);
    const ticketId = (now ?? before)?.ticketId;
    if (ticketId === undefined) continue;
    held.all = put(held.all, id, now);
    held.byTicket.set(ticketId, put(held.byTicket.get(ticketId) ?? [], id, now));
  }
}

/** The list with this operation as it is now, or without it. */
const put = (list: readonly Operation[], id: string, now: Operation | null): Operation[] =>
  [...list.filter((operation) => operation.id !== id), ...(now ? [now] : [])].toSorted(
    (a, b) => a.seq - b.seq,
  );
