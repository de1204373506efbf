import type { Clock } from '../../../../core/clock.ts';
import type { Tell } from '../../tell.ts';
import { createHolds, type Holds } from './holds.ts';
import type { Outbox } from './queue.ts';

interface UndoWindowParts {
  clock: Clock;
  outbox: Pick<Outbox, 'byId' | 'release' | 'together'>;
  tell: Pick<Tell, 'operationsAdded'>;
  onFault: (error: unknown) => void;
}

/** After a disk that was full, for example. */
const releaseAgainMs = 5_000;

/** Holds that release their operation when its undo window is over. */
export function createUndoWindows({ clock, outbox, tell, onFault }: UndoWindowParts): Holds {
  /** Those of a bulk end together and are released together. */
  const over: string[] = [];
  const holds = createHolds(clock, (operationId) => {
    over.push(operationId);
    if (over.length === 1) clock.setTimer(releaseOver, 0);
  });

  function releaseOver(): void {
    const ids = over.splice(0);
    // The account was closed meanwhile.
    if (holds.stopped()) return;
    try {
      const tickets = outbox.together(() => ids.flatMap(release));
      if (tickets.length > 0) tell.operationsAdded(tickets);
    } catch (error) {
      // They were to go now, so they go as soon as that can be written down.
      onFault(error);
      for (const id of ids) holds.begin(id, releaseAgainMs);
    }
  }

  /** The ticket of the operation, where it was still held. */
  function release(id: string): string[] {
    const operation = outbox.byId(id);
    return operation && outbox.release(id) ? [operation.ticketId] : [];
  }

  return holds;
}
