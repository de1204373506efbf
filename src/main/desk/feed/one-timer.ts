import type { Clock, Timer } from '../../../core/clock.ts';

/** One timer at a time: setting it cancels the one before. */
export interface OneTimer {
  set(run: () => void, ms: number): void;
  /** Whether one is set and has not run yet. */
  isSet(): boolean;
  cancel(): void;
  /** Nothing runs any more, and setting it does nothing. */
  stop(): void;
  stopped(): boolean;
}

export function createOneTimer(clock: Pick<Clock, 'setTimer'>): OneTimer {
  let timer: Timer | null = null;
  let stopped = false;

  function cancel(): void {
    timer?.cancel();
    timer = null;
  }

  return {
    set(run, ms) {
      cancel();
      if (stopped) return;
      timer = clock.setTimer(() => {
        timer = null;
        run();
      }, ms);
    },
    isSet: () => timer !== null,
    cancel,
    stop() {
      stopped = true;
      cancel();
    },
    stopped: () => stopped,
  };
}
