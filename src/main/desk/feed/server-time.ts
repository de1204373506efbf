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
  const lines = createLines();
  /** Server time minus monotonic time, at least. */
  let floor: number | null = null;

  const carried = (offset: number): number => Math.round(offset + clock.monotonic());
  const by = (line: Line | null): number | null => line && carried(line.offset);

  return {
    heard(at, said = false) {
      const now = clock.monotonic();
      const isNews = lines.hear({ offset: at - now, said, now });
      if (isNews) for (const tell of listeners) tell();
    },
    now: () => by(lines.current()) ?? Math.max(clock.now(), carried(floor ?? 0)),
    trusted: () => by(lines.agreed()),
    settled: () => by(lines.settled()),
    atLeast() {
      const offset = lines.agreed()?.offset ?? floor;
      return offset === null ? 0 : carried(offset);
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

/** The time of one answer: server time minus monotonic time, heard at `now` (monotonic). */
interface Heard {
  offset: number;
  said: boolean;
  now: number;
}

/** The time that the answers follow, and a rival that may come to take its place. */
function createLines() {
  let line: Line | null = null;
  let rival: Line | null = null;

  function follow(heard: Heard): Line {
    if (line === null) return begin(heard);
    if (fits(line, heard)) {
      rival = null;
      return add(line, heard);
    }
    rival = rival && fits(rival, heard) ? add(rival, heard) : begin(heard);
    if (!wins(rival, line)) return line;
    const winner = rival;
    rival = null;
    return winner;
  }

  return {
    current: () => line,
    agreed: () => (line && isAgreed(line) ? line : null),
    settled: () => (line && agrees(line, settledAfter) ? line : null),
    /** Returns whether answers agree on a time from now on, or on another one than before. */
    hear(heard: Heard): boolean {
      const before = line;
      line = follow(heard);
      const same = before !== null && isAgreed(before) && before.anchor === line.anchor;
      return isAgreed(line) && !same;
    },
  };
}

const begin = ({ offset, said, now }: Heard): Line => ({
  anchor: offset,
  offset,
  since: now,
  until: now,
  count: 1,
  said,
});

const add = (line: Line, { offset, said, now }: Heard): Line => ({
  ...line,
  offset,
  until: now,
  count: line.count + 1,
  said: line.said || said,
});

const fits = (line: Line, { offset, now }: Heard): boolean =>
  Math.abs(offset - line.anchor) <= toleranceMs + (now - line.since) * drift;

const isAgreed = ({ count }: Line): boolean => count >= 2;

const agrees = ({ count, since, until }: Line, enough: typeof agreement): boolean =>
  count >= enough.count && until - since >= enough.ms;

/**
 * Before two answers agree, the first one is worth no more than any other. No header overrules the
 * API's own word, as at the beginning of each connection.
 */
function wins(one: Line, over: Line): boolean {
  if (over.said && !one.said) return false;
  if (!isAgreed(over) && !over.said) return one.said || isAgreed(one);
  return agrees(one, agreement);
}
