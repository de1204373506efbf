import { assertNever } from '../../../../core/assert-never.ts';
import type { Operation } from '../../../../core/operation.ts';
import { applyAnswer } from '../../feed/apply-page.ts';
import type { WriteDb } from '../../sqlite/connection.ts';
import { readMeta } from '../../sqlite/meta.ts';
import type { KnownVersion } from '../tickets/known-versions.ts';
import type { Outcome } from './outcome.ts';
import type { Outbox } from './queue.ts';

export interface RecorderParts {
  cache: WriteDb;
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

export function createRecorder({ cache, outbox, onFault }: RecorderParts): Recorder {
  /** The feed brings the same, so a cache that refuses holds up no outcome. */
  function show(answer: Answered): void {
    try {
      storeAnswer(cache, answer);
    } catch (error) {
      onFault(error);
    }
  }

  function versionOf({ ticket }: Answered): KnownVersion | null {
    const copy = readMeta(cache, 'copy');
    return ticket && 'version' in ticket && copy !== null
      ? { version: ticket.version, copy }
      : null;
  }

  return {
    record(operation, outcome) {
      const { id } = operation;
      switch (outcome.kind) {
        case 'acked':
          show(outcome.answer);
          outbox.acknowledge(id, outcome.serverId, versionOf(outcome.answer));
          return;
        case 'parked':
          show(outcome.answer);
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

type Answered = Parameters<typeof applyAnswer>[1];

function storeAnswer(cache: WriteDb, answer: Answered): void {
  if (answer.ticket || answer.message) applyAnswer(cache, answer);
}
