import { between, chance, type Random } from '../random.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A gap around `median`, seldom a third of it, seldom four times it. */
export const around = (random: Random, median: number): number =>
  Math.round(median * Math.exp((random() + random() + random() - 1.5) * 1.6));

/** Staff answer on weekdays between eight and six; a late shift now and then does not. */
export function inBusinessHours(random: Random, time: number): number {
  if (chance(random, 0.06)) return time;
  const date = new Date(time);
  const weekday = date.getUTCDay();
  const clock = date.getUTCHours();
  const weekend = weekday === 0 || weekday === 6;
  if (!weekend && clock >= 8 && clock < 18) return time;
  let morning = Math.floor(time / day) * day;
  if (weekend || clock >= 18) morning += day;
  while ([0, 6].includes(new Date(morning).getUTCDay())) morning += day;
  return morning + 8 * hour + between(random, 0, 150 * 60) * 1_000;
}

/** Customers seldom write at night. */
export function awake(random: Random, time: number): number {
  const clock = new Date(time).getUTCHours();
  return clock < 5 && chance(random, 0.75)
    ? time + (6 - clock) * hour + between(random, 0, 170) * minute
    : time;
}

/**
 * The opening time of a ticket: around `time`, by day rather than by night, on a weekday rather
 * than on a weekend.
 */
export function openingTime(random: Random, time: number): number {
  let midnight = Math.floor(time / day) * day;
  const weekday = new Date(midnight).getUTCDay();
  if ((weekday === 0 || weekday === 6) && chance(random, 0.62))
    midnight -= weekday === 0 ? between(random, 2, 4) * day : between(random, 1, 4) * day;
  // The mean of two draws peaks in the early afternoon, UTC.
  const clock = chance(random, 0.9) ? 6 + (random() + random()) * 7.5 : random() * 24;
  return midnight + Math.floor(clock * 3_600) * 1_000 + between(random, 0, 999);
}

/** Squeezes ascending `times` between their first and `limit`, at least a second apart. */
export function squeezed(times: readonly number[], limit: number): number[] {
  const first = Math.min(times[0] ?? limit, limit - times.length * 1_000);
  const last = times.at(-1) ?? limit;
  if (last <= limit && first === times[0]) return [...times];
  const ratio = (limit - first) / Math.max(1, last - (times[0] ?? limit));
  const out: number[] = [];
  for (const [index, time] of times.entries()) {
    const room = limit - (times.length - 1 - index) * 1_000;
    out.push(
      Math.min(
        room,
        Math.max(
          (out.at(-1) ?? first - 1_000) + 1_000,
          first + Math.round((time - (times[0] ?? first)) * Math.min(1, ratio)),
        ),
      ),
    );
  }
  return out;
}
