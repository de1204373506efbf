import type { Calls } from '../../handlers.ts';
import {
  discardOperation,
  listBin,
  listJournal,
  listOutbox,
  receiptOf,
  repostOperation,
  resolveConflict,
  retryOperation,
  type OutboxParts,
} from './outbox.ts';

type Names =
  | 'outbox.list'
  | 'outbox.retry'
  | 'outbox.discard'
  | 'outbox.resolve'
  | 'outbox.repost'
  | 'outbox.bin'
  | 'outbox.journal'
  | 'message.receipt';

export const outboxCalls = (parts: OutboxParts): Calls<Names> => ({
  'outbox.list': () => listOutbox(parts),
  'outbox.retry': ({ operation_id }) => {
    retryOperation(parts, operation_id);
    return {};
  },
  'outbox.discard': ({ operation_id }) => {
    discardOperation(parts, operation_id);
    return {};
  },
  'outbox.resolve': ({ operation_id, mine }) => {
    resolveConflict(parts, operation_id, mine);
    return {};
  },
  'outbox.repost': ({ operation_id }) => repostOperation(parts, operation_id),
  'outbox.bin': () => listBin(parts),
  'outbox.journal': ({ limit }) => listJournal(parts, limit),
  'message.receipt': ({ message_id }) => receiptOf(parts, message_id),
});
