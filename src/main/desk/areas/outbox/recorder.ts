import { assertNever } from '../../../../core/assert-never.ts';
import type { Operation } from '../../../../core/operation.ts';
import { applyAnswer, applyOldAnswer, type Answered } from '../../feed/apply-page.ts';
import { begunCopy } from '../../feed/generation.ts';
import { knownTraits } from '../../feed/servers/known.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';
import { madeInCopy, type KnownVersion } from '../tickets/known-versions.ts';
import type { Outcome } from './outcome.ts';
import type { Outbox } from './queue.ts';

export interface RecorderParts {
  cache: WriteDb;
  outboxDb: ReadDb;
  outbox: Pick<Outbox, 'acknowledge' | 'park' | 'requeue'>;
  onFault: (error: unknown) => void;
}

/**
 * The one place that writes the outcome of an operation, whether a response, a page, a thread or the
 * desk itself has decided it.
 */
export interface Recorder {
  /** Durable when it returns. Throws what the outbox throws; then nothing of it holds. */
  record(operation: Operation, outcome: Outcome): void;
}

export function createRecorder(parts: RecorderParts): Recorder {
  const { cache, outbox, onFault } = parts;

  /** The feed brings the same, so a cache that refuses holds up no outcome. */
  function show(operation: Operation, answer: Answered): void {
    try {
      storeAnswer(parts, operation, answer);
    } catch (error) {
      onFault(error);
    }
  }

  return {
    record(operation, outcome) {
      const { id } = operation;
      switch (outcome.kind) {
        case 'acked':
          show(operation, outcome.answer);
          outbox.acknowledge(id, outcome.serverId, versionOf(cache, outcome.answer));
          return;
        case 'parked':
          show(operation, outcome.answer);
          outbox.park(id, outcome.reason, outcome.detail);
          return;
        case 'later':
          outbox.requeue(id, 'counted');
          return;
        case 'offline':
        case 'signed-out':
        case 'bad-answer':
        case 'outdated':
          outbox.requeue(id, 'not counted');
          return;
        case 'unsettled':
          return;
        default:
          assertNever(outcome);
      }
    },
  };
}

function versionOf(cache: ReadDb, { ticket }: Answered): KnownVersion | null {
  const copy = begunCopy(cache);
  return ticket && 'version' in ticket && copy !== null ? { version: ticket.version, copy } : null;
}

function storeAnswer(
  { cache, outboxDb }: RecorderParts,
  { id }: Operation,
  answer: Answered,
): void {
  if (!answer.ticket && !answer.message) return;
  const mayBeRepeated = knownTraits(cache).sends === 'keyed';
  if (mayBeRepeated && !madeInCopy(outboxDb, id, begunCopy(cache))) applyOldAnswer(cache, answer);
  else applyAnswer(cache, answer);
}
