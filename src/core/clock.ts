/** The desk's access to time and chance. Passed in, so that a simulation can control it (R15). */
export interface Clock {
  /** Milliseconds since the epoch by this machine's clock: for showing, never for deciding (R9). */
  now(): number;
  /** Milliseconds on a clock that never jumps: for waits and time-outs. */
  monotonic(): number;
  setTimer(run: () => void, ms: number): Timer;
}
export interface Timer {
  cancel(): void;
}
/** A number in [0, 1). */
export type Random = () => number;
