import type { Clock } from '../../../core/clock.ts';

/**
 * The one owner of 'server time' (ms). It is fed by answers of the API alone and carried on by the
 * monotonic clock; this machine's own clock stands in for it only on the screen.
 */
export interface ServerTime {
  /**
   * An answer of the API was sent at this time. `said`: its own words say so, and no header, which
   * a proxy may write.
   */
  heard(at: number, said?: boolean): void;
  /** The best guess: for showing, for stamping and for the order of what is stamped. */
  now(): number;
  /** At least two answers agree on it in this process; null before. Snoozed tickets wake by it. */
  trusted(): number | null;
  /** Agreed upon for a while: what is old may be removed by it; null before. */
  settled(): number | null;
  /**
   * No later than the server's time: trusted, or else as it was known last, carried on. Snoozed
   * tickets stay asleep by it.
   */
  atLeast(): number;
  /** As an earlier process knew it last, or at least; null for not at all. */
  remember(lastKnown: number | null): void;
  /**
   * Called when `trusted` begins, or begins again after a jump; the function returned ends that.
   */
  onTrusted(tell: () => void): () => void;
}

interface Line {
  /** Server time minus monotonic time, as first heard. */ anchor: number;
  offset: number;
  since: number;
  until: number;
  count: number;
  said: boolean;
}

/** Answers take up to 20 s, and the Date header has whole seconds only. */
const toleranceMs = 30_000;
/** And clocks run faster or slower by up to this fraction. */
const drift = 0.001;
/** How many answers, over how long, make another time believed than the one before. */
const agreement = { count: 3, ms: 20_000 };
/** As `agreement`, for removing by age: removed rows cannot be brought back. */
const settledAfter = { count: 3, ms: 60_000 };

export function createServerTime(clock: Clock): ServerTime {
  const listeners = new Set<() => void>();
  /** Server time minus monotonic time, at least. */
  let floor: number | null = null;
  let line: Line | null = null;
  let rival: Line | null = null;

  const fits = (one: Line, offset: number): boolean =>
    Math.abs(offset - one.anchor) <= toleranceMs + (clock.monotonic() - one.since) * drift;
  const begin = (offset: number, said: boolean): Line => ({
    anchor: offset,
    offset,
    since: clock.monotonic(),
    until: clock.monotonic(),
    count: 1,
    said,
  });
  const add = (one: Line, offset: number, said: boolean): Line => ({
    ...one,
    offset,
    until: clock.monotonic(),
    count: one.count + 1,
    said: one.said || said,
  });

  /**
   * Before two answers agree, the first one is worth no more than any other. No header overrules
   * the API's own word, as at the beginning of each connection.
   */
  function wins(one: Line, over: Line): boolean {
    if (over.said && !one.said) return false;
    if (over.count < 2 && !over.said) return one.said || one.count >= 2;
    return one.count >= agreement.count && one.until - one.since >= agreement.ms;
  }

  function carried(): number | null {
    return line && Math.round(line.offset + clock.monotonic());
  }

  return {
    heard(at, said = false) {
      const offset = at - clock.monotonic();
      const before = line;
      if (line === null) line = begin(offset, said);
      else if (fits(line, offset)) {
        line = add(line, offset, said);
        rival = null;
      } else {
        rival = rival && fits(rival, offset) ? add(rival, offset, said) : begin(offset, said);
        if (wins(rival, line)) {
          line = rival;
          rival = null;
        }
      }
      const begins =
        line.count >= 2 && (before === null || before.count < 2 || before.anchor !== line.anchor);
      if (begins) for (const tell of listeners) tell();
    },
    now: () => carried() ?? Math.max(clock.now(), Math.round((floor ?? 0) + clock.monotonic())),
    trusted: () => (line && line.count >= 2 ? carried() : null),
    settled: () =>
      line && line.count >= settledAfter.count && line.until - line.since >= settledAfter.ms
        ? carried()
        : null,
    atLeast() {
      const agreed = line !== null && line.count >= 2 ? line.offset : floor;
      return agreed === null ? 0 : Math.round(agreed + clock.monotonic());
    },
    remember(lastKnown) {
      floor = lastKnown === null ? null : lastKnown - clock.monotonic();
    },
    onTrusted(tell) {
      listeners.add(tell);
      return () => {
        listeners.delete(tell);
      };
    },
  };
}
