import type { outboxContract } from '../../../../contract/areas/outbox.ts';
import type { CallsOf } from '../../handlers.ts';
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

export const outboxCalls = (parts: OutboxParts): CallsOf<typeof outboxContract> => ({
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
