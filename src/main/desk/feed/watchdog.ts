import type { Clock, Timer } from '../../../core/clock.ts';

export interface WatchdogParts {
  clock: Clock;
  /** Since when (monotonic ms) something that could go has not moved; null when nothing is stuck. */
  stuckSince: () => number | null;
  serverNow: () => number;
  /** The connection is to be built again. */
  onStuck: () => void;
}

/** Looks each minute whether something that could go has stopped moving (R8). */
export interface Watchdog {
  start(): void;
  /** When it was so last (ms, server time). */
  lastStuckAt(): number | null;
  stop(): void;
}

/** Online with something to send and nothing moving for this long: it is stuck. */
const stuckMs = 60_000;

export function createWatchdog({ clock, stuckSince, serverNow, onStuck }: WatchdogParts): Watchdog {
  let timer: Timer | null = null;
  let stopped = false;
  let lastStuckAt: number | null = null;

  function look(): void {
    const since = stuckSince();
    const ms = since === null ? 0 : clock.monotonic() - since;
    if (ms >= stuckMs) {
      const seconds = Math.round(ms / 1000);
      console.warn(
        `Nothing could be sent for ${seconds} s although the server answers: ` +
          'the connection is rebuilt.',
      );
      lastStuckAt = serverNow();
      onStuck();
    }
    plan();
  }

  function plan(): void {
    timer?.cancel();
    timer = stopped ? null : clock.setTimer(look, stuckMs);
  }

  return {
    start: plan,
    lastStuckAt: () => lastStuckAt,
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}
