import type { Clock, Timer } from '../../../core/clock.ts';

export interface WatchdogParts {
  clock: Clock;
  /** Since when (monotonic ms) something that could go has not moved; null when nothing is stuck. */
  stuckSince: () => number | null;
  /** Nothing has moved for this long (ms). */
  onStuck: (ms: number) => void;
}

/** Looks each minute whether something that could go has stopped moving (R8). */
export interface Watchdog {
  start(): void;
  stop(): void;
}

/** Online with something to send and nothing moving for this long: it is stuck. */
const stuckMs = 60_000;

export function createWatchdog({ clock, stuckSince, onStuck }: WatchdogParts): Watchdog {
  let timer: Timer | null = null;
  let stopped = false;

  function look(): void {
    const since = stuckSince();
    const ms = since === null ? 0 : clock.monotonic() - since;
    if (ms >= stuckMs) onStuck(ms);
    plan();
  }

  function plan(): void {
    timer?.cancel();
    timer = stopped ? null : clock.setTimer(look, stuckMs);
  }

  return {
    start: plan,
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
