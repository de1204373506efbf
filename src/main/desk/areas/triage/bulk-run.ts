import type { BulkAction } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { Timer } from '../../../../core/clock.ts';
import {
  itemsToTakeBack,
  listBulks,
  setItem,
  todoItems,
  type BulkItem,
  type BulkRecord,
} from './bulks.ts';
import { summary } from './bulk.ts';
import { currentFields } from '../tickets/current-ticket.ts';
import { setRead } from '../tickets/thread.ts';
import { finalCloseMs, isSo, queueChange, queueClose, takeBackTriage } from './triage.ts';
import type { Workspace } from '../../workspace.ts';

/**
 * Works the bulks of an account off, little by little, so that the desk answers in between; a
 * restart goes on where it stopped.
 */
export interface Bulks {
  /** There is something to do. */
  wake(): void;
  /** Operations of bulks may have moved: the window is told soon. */
  moved(): void;
  stop(): void;
}

/** At most so long, and so many tickets, in one transaction: the window must not wait a frame. */
const stretchMs = 4;
const stretchItems = 25;
const tellMs = 150;
/** After a full disk, for example. */
const againMs = 5_000;
/** Older ones are settled or wait for the agent. */
const looked = 20;

/** `of`: the workspace, which is made after this. */
export function createBulks(of: () => Workspace): Bulks {
  let turn: Timer | null = null;
  let telling: Timer | null = null;
  let stopped = false;
  const told = new Map<string, { text: string; settled: boolean }>();

  const recent = (limit: number): BulkRecord[] => listBulks(of().outboxDb, of().key, limit);

  function plan(ms: number): void {
    if (stopped || turn) return;
    turn = of().clock.setTimer(() => {
      turn = null;
      try {
        const record = stretch(of());
        if (!record) return;
        tell(record);
        plan(0);
      } catch (error) {
        console.error('A bulk could not go on', error);
        plan(againMs);
      }
    }, ms);
  }

  /** Only what differs from what was told last. */
  function tell(record: BulkRecord): void {
    const bulk = summary(of(), record);
    if (!bulk) return;
    const text = JSON.stringify(bulk);
    if (told.get(record.id)?.text === text) return;
    const { todo, waiting, 'needs-you': parked } = bulk.counts;
    told.set(record.id, { text, settled: todo + waiting + parked === 0 });
    of().emitBulk(bulk);
  }

  function tellMoved(): void {
    telling = null;
    try {
      for (const record of recent(looked)) if (!told.get(record.id)?.settled) tell(record);
    } catch (error) {
      // Nobody stands above a timer. The next operation that moves tells it.
      console.warn('How a bulk stands could not be told', error);
    }
  }

  return {
    wake() {
      if (recent(1).length > 0) plan(0);
    },
    moved() {
      if (stopped || telling || !recent(looked).some(({ id }) => !told.get(id)?.settled)) return;
      telling = of().clock.setTimer(tellMoved, tellMs);
    },
    stop() {
      stopped = true;
      turn?.cancel();
      telling?.cancel();
    },
  };
}

/** Does a stretch of the oldest bulk that has something to do; null when none has. */
function stretch(work: Workspace): BulkRecord | null {
  const record = listBulks(work.outboxDb, work.key, looked).findLast(
    (one) => itemsOf(work, one, 1).length > 0,
  );
  if (!record) return null;
  const began = work.clock.monotonic();
  const queued: string[] = [];
  const touched = work.outbox.together(() => {
    const tickets: string[] = [];
    for (const item of itemsOf(work, record, stretchItems)) {
      if (record.wanted === 'undo') takeBack(work, record.id, item);
      else queued.push(...begin(work, record, item));
      tickets.push(item.ticketId);
      if (work.clock.monotonic() - began >= stretchMs) break;
    }
    return tickets;
  });
  if (record.action?.kind === 'close') hold(work, queued);
  work.operationsAdded(touched);
  return record;
}

function itemsOf({ outboxDb }: Workspace, { id, wanted }: BulkRecord, limit: number): BulkItem[] {
  return wanted === 'undo' ? itemsToTakeBack(outboxDb, id, limit) : todoItems(outboxDb, id, limit);
}

/** The undo windows of closes that the server could not undo once they are sent. */
function hold(work: Workspace, closes: readonly string[]): void {
  const undoMs = finalCloseMs(work) ?? 0;
  if (undoMs > 0) for (const id of closes) work.holds.begin(id, undoMs);
}

/** The operation that was queued, if any. */
function begin(work: Workspace, { id, action }: BulkRecord, item: BulkItem): string[] {
  try {
    const operationId = action ? act(work, action, item) : null;
    if (operationId !== null)
      setItem(work.outboxDb, id, item.seq, { outcome: 'queued', operationId });
    else
      setItem(work.outboxDb, id, item.seq, {
        outcome: action?.kind === 'read' ? 'done' : 'skipped',
      });
    return operationId === null ? [] : [operationId];
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error;
    setItem(work.outboxDb, id, item.seq, { outcome: 'failed', reason: error.code });
    return [];
  }
}

/** Queues what the agent meant for one ticket; null where it is so already. Throws BridgeError. */
function act(work: Workspace, action: BulkAction, { ticketId, seen }: BulkItem): string | null {
  if (action.kind === 'read') {
    setRead(work, ticketId);
    return null;
  }
  const ticket = currentFields(work, ticketId);
  const closed = ticket.status === 'closed';
  switch (action.kind) {
    case 'close':
      return closed ? null : queueClose(work, ticketId, ticket, { seenThrough: seen });
    case 'reopen':
      return closed ? work.outbox.enqueue(ticketId, { kind: 'reopen' }) : null;
    case 'change':
      return isSo(ticket, action.change)
        ? null
        : queueChange(work, ticketId, ticket, action.change);
  }
}

function takeBack(work: Workspace, bulkId: string, { seq, operationId }: BulkItem): void {
  try {
    const { inverse } = takeBackTriage(work, operationId ?? '');
    setItem(
      work.outboxDb,
      bulkId,
      seq,
      inverse === null ? { outcome: 'undone' } : { outcome: 'reversing', operationId: inverse },
    );
  } catch (error) {
    if (!(error instanceof BridgeError)) throw error;
    // One that the agent has thrown away by itself is undone already.
    const gone = operationId === null || work.outbox.byId(operationId)?.state === 'discarded';
    setItem(
      work.outboxDb,
      bulkId,
      seq,
      gone ? { outcome: 'undone' } : { outcome: 'failed', operationId, reason: error.code },
    );
  }
}
