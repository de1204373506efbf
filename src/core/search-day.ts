import { day, hour, minute } from './time.ts';

const units: Record<string, number> = {
  min: minute,
  h: hour,
  d: day,
  w: 7 * day,
  m: 30 * day,
  y: 365 * day,
};

/**
 * Reads a typed date: 2026-11-01, 2026-11, 2026, today, yesterday, 7d, 2w. Days begin at local
 * midnight. Null: none of these.
 */
export function parseDay(typed: string, now: number): number | null {
  const text = typed.toLowerCase();
  if (text === 'today') return midnight(now, 0);
  if (text === 'yesterday') return midnight(now, 1);
  const [, count, unit = ''] = /^(\d{1,5})(min|[hdwmy])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (units[unit] ?? 0);
  const [, year, month = '1', date = '1'] =
    /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text) ?? [];
  if (year === undefined) return null;
  const found = new Date(Number(year), Number(month) - 1, Number(date));
  return found.getMonth() === Number(month) - 1 && found.getDate() === Number(date)
    ? found.getTime()
    : null;
}

/** By the calendar, because a day is not always 24 hours long. */
function midnight(now: number, daysBefore: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysBefore).getTime();
}
