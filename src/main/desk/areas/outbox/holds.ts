import type { Clock, Timer } from '../../../../core/clock.ts';
import type { Outbox } from './queue.ts';

/**
 * The undo windows that run: each held message goes when its time is over. A quit leaves them held,
 * for the agent to decide.
 */
export interface Holds {
  begin(operationId: string, ms: number): void;
  /** Milliseconds left; null for one that is held without a window. */
  left(operationId: string): number | null;
  end(operationId: string): void;
  stop(): void;
  stopped(): boolean;
}

export function createHolds(clock: Clock, onOver: (operationId: string) => void): Holds {
  const running = new Map<string, { until: number; timer: Timer }>();
  let stopped = false;
  const end = (operationId: string): void => {
    running.get(operationId)?.timer.cancel();
    running.delete(operationId);
  };
  return {
    begin(operationId, ms) {
      const timer = clock.setTimer(() => {
        running.delete(operationId);
        onOver(operationId);
      }, ms);
      running.set(operationId, { until: clock.monotonic() + ms, timer });
    },
    left(operationId) {
      const hold = running.get(operationId);
      return hold ? Math.max(0, Math.round(hold.until - clock.monotonic())) : null;
    },
    end,
    stop() {
      stopped = true;
      for (const operationId of running.keys()) end(operationId);
    },
    stopped: () => stopped,
  };
}

/** The undo windows that run, to go on with after the account was closed and opened again. */
export function windowsLeft({
  outbox,
  holds,
}: {
  outbox: Pick<Outbox, 'open'>;
  holds: Holds;
}): [operationId: string, ms: number][] {
  return outbox.open().flatMap(({ id }) => {
    const left = holds.left(id);
    return left === null ? [] : [[id, left]];
  });
}
