import type { Account, BulkAction } from '../../../../contract/bridge.ts';
import type { Outbox } from '../outbox/queue.ts';
import { currentFields } from '../tickets/current-ticket.ts';
import { setRead, setUnread, type ReadParts } from '../tickets/mark-read.ts';
import type { BulkItem } from './bulks.ts';
import type { Snoozes } from './snooze.ts';
import { finalCloseMs, isSo, queueChange, queueClose, takeBackTriage } from './triage.ts';

interface BulkActParts extends ReadParts {
  outbox: Outbox;
  account: Account;
  snoozes: Snoozes;
  serverNow: () => number;
}

/** The effect of a bulk on one ticket. The caller notifies the window. */
export interface BulkActs {
  /** Queues what the agent meant; null where it is so already. Throws BridgeError. */
  act(action: BulkAction, item: BulkItem): string | null;
  /** The opposite operation that was queued; null: it was dropped. Throws BridgeError. */
  takeBack(operationId: string): string | null;
  /** How long (ms) closes are held, since the server could not undo them once they are sent. */
  closeUndoMs(): number;
}

export const createBulkActs = (parts: BulkActParts): BulkActs => ({
  act: (action, item) => act(parts, action, item),
  takeBack: (operationId) => takeBackTriage(parts, operationId).inverse,
  closeUndoMs: () => finalCloseMs(parts) ?? 0,
});

function act(parts: BulkActParts, action: BulkAction, { ticketId, seen }: BulkItem): string | null {
  if (action.kind === 'read') {
    setRead(parts, ticketId);
    return null;
  }
  if (action.kind === 'unread') {
    setUnread(parts, ticketId);
    return null;
  }
  const ticket = currentFields(parts, ticketId);
  const closed = ticket.status === 'closed';
  switch (action.kind) {
    case 'close':
      return closed ? null : queueClose(parts, ticketId, ticket, { seenThrough: seen });
    case 'reopen':
      return closed ? parts.outbox.enqueue(ticketId, { kind: 'reopen' }) : null;
    case 'change':
      return isSo(ticket, action.change)
        ? null
        : queueChange(parts, ticketId, ticket, action.change);
  }
}
