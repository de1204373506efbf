import type { Bulk } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { Clock } from '../../../../core/clock.ts';
import {
  itemsToTakeBack,
  listBulks,
  setItem,
  todoItems,
  type BulkItem,
  type BulkRecord,
} from './bulks.ts';
import { summary } from './bulk-summary.ts';
import type { BulkActs } from './bulk-acts.ts';
import { createOneTimer } from '../../feed/one-timer.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Tell } from '../../tell.ts';
import type { Holds } from '../outbox/holds.ts';
import type { Outbox } from '../outbox/queue.ts';

/**
 * Works the bulks of an account off, little by little, so that the desk stays responsive; a
 * restart goes on where it stopped.
 */
export interface Bulks {
  /** There is something to do. */
  wake(): void;
  /** Operations of bulks may have moved: the window is notified soon. */
  moved(): void;
  stop(): void;
}

export interface BulkRunParts {
  own: OwnRows;
  outbox: Pick<Outbox, 'together' | 'byId'>;
  acts: BulkActs;
  holds: Pick<Holds, 'begin'>;
  tell: Pick<Tell, 'bulkAdded'>;
  clock: Clock;
  /** Where a bulk stands now. */
  onBulk: (bulk: Bulk) => void;
}

/** The most time (ms) and tickets for one transaction: the window must not wait a frame. */
const stretchMs = 4;
const stretchItems = 25;
const tellMs = 150;
/** After a full disk, for example. */
const againMs = 5_000;
/** Older ones are settled or wait for the agent. */
const looked = 20;

export function createBulks(parts: BulkRunParts): Bulks {
  const { own, clock } = parts;
  const reports = createReports(parts);
  const turn = createOneTimer(clock);

  function plan(ms: number): void {
    if (!turn.isSet()) turn.set(goOn, ms);
  }

  function goOn(): void {
    try {
      const record = stretch(parts);
      if (!record) return;
      reports.tell(record);
      plan(0);
    } catch (error) {
      console.error('A bulk could not go on', error);
      plan(againMs);
    }
  }

  return {
    wake() {
      if (recentBulks(own, 1).length > 0) plan(0);
    },
    moved: reports.tellOpenSoon,
    stop() {
      turn.stop();
      reports.stop();
    },
  };
}

const recentBulks = ({ db, key }: OwnRows, limit: number): BulkRecord[] =>
  listBulks(db, key, limit);

/** Reports bulks, each only where it differs from its last report. */
function createReports({ own, clock, onBulk }: Pick<BulkRunParts, 'own' | 'clock' | 'onBulk'>) {
  const told = new Map<string, { text: string; settled: boolean }>();
  const timer = createOneTimer(clock);

  const open = (): BulkRecord[] =>
    recentBulks(own, looked).filter(({ id }) => !told.get(id)?.settled);

  function tell(record: BulkRecord): void {
    const bulk = summary(own.db, record);
    if (!bulk) return;
    const text = JSON.stringify(bulk);
    if (told.get(record.id)?.text === text) return;
    const { todo, waiting, 'not-sent': parked } = bulk.counts;
    told.set(record.id, { text, settled: todo + waiting + parked === 0 });
    onBulk(bulk);
  }

  function tellOpen(): void {
    try {
      for (const record of open()) tell(record);
    } catch (error) {
      // A timer has no caller to throw to. The next operation that moves reports the bulk.
      console.warn('How a bulk stands could not be told', error);
    }
  }

  return {
    tell,
    /** Reports those that are not settled, for all that moves until then. */
    tellOpenSoon() {
      if (timer.stopped() || timer.isSet()) return;
      if (open().length > 0) timer.set(tellOpen, tellMs);
    },
    stop: timer.stop,
  };
}

/** Does a stretch of the oldest bulk that has something to do; null when none has. */
function stretch(parts: BulkRunParts): BulkRecord | null {
  const record = recentBulks(parts.own, looked).findLast(
    (one) => itemsOf(parts.own.db, one, 1).length > 0,
  );
  if (!record) return null;
  const began = parts.clock.monotonic();
  const queued: string[] = [];
  const touched = parts.outbox.together(() => {
    const tickets: string[] = [];
    for (const item of itemsOf(parts.own.db, record, stretchItems)) {
      if (record.wanted === 'undo') takeBack(parts, record.id, item);
      else queued.push(...begin(parts, record, item));
      tickets.push(item.ticketId);
      if (parts.clock.monotonic() - began >= stretchMs) break;
    }
    return tickets;
  });
  if (record.action?.kind === 'close') hold(parts, queued);
  parts.tell.bulkAdded(touched);
  return record;
}

function itemsOf(outboxDb: ReadDb, { id, wanted }: BulkRecord, limit: number): BulkItem[] {
  return wanted === 'undo' ? itemsToTakeBack(outboxDb, id, limit) : todoItems(outboxDb, id, limit);
}

/** The undo windows of closes that the server could not undo once they are sent. */
function hold(parts: BulkRunParts, closes: readonly string[]): void {
  const undoMs = parts.acts.closeUndoMs();
  if (undoMs > 0) for (const id of closes) parts.holds.begin(id, undoMs);
}

/** The operation that was queued, if any. */
function begin(parts: BulkRunParts, { id, action }: BulkRecord, item: BulkItem): string[] {
  try {
    const operationId = action ? parts.acts.act(action, item) : null;
    if (operationId !== null)
      setItem(parts.own.db, id, item.seq, { outcome: 'queued', operationId });
    else
      setItem(parts.own.db, id, item.seq, {
        outcome: action?.kind === 'read' || action?.kind === 'unread' ? 'done' : 'skipped',
      });
    return operationId === null ? [] : [operationId];
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error;
    setItem(parts.own.db, id, item.seq, { outcome: 'failed', reason: error.code });
    return [];
  }
}

function takeBack(parts: BulkRunParts, bulkId: string, { seq, operationId }: BulkItem): void {
  try {
    const inverse = parts.acts.takeBack(operationId ?? '');
    setItem(
      parts.own.db,
      bulkId,
      seq,
      inverse === null ? { outcome: 'undone' } : { outcome: 'reversing', operationId: inverse },
    );
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error;
    // An operation that the agent has discarded on its own is undone already.
    const gone = operationId === null || parts.outbox.byId(operationId)?.state === 'discarded';
    setItem(
      parts.own.db,
      bulkId,
      seq,
      gone ? { outcome: 'undone' } : { outcome: 'failed', operationId, reason: error.code },
    );
  }
}

/** Lets the desk do what has been asked of it meanwhile. */
export function pause(clock: Clock): Promise<void> {
  return new Promise((done) => {
    clock.setTimer(done, 0);
  });
}
