const dayMs = 86_400_000;

/** How dates and numbers are written: a BCP 47 tag. */
let locale = 'en-GB';
export function setLocale(tag: string): void {
  locale = tag;
}

export function formatCount(n: number): string {
  return n.toLocaleString(locale);
}

/** A size on a disk: 12.4 MB. */
export function formatBytes(bytes: number): string {
  const [unit, size] =
    bytes < 1e6 ? (['kilobyte', bytes / 1e3] as const) : (['megabyte', bytes / 1e6] as const);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: size < 10 ? 1 : 0,
  }).format(size);
}

/** The name of a weekday, 0 being Monday. */
export function weekdayName(day: number, tag = locale): string {
  // The first of January 2024 was a Monday.
  return format(new Date(2024, 0, 1 + day).getTime(), tag, { weekday: 'long' });
}

/**
 * When a row was active, as short as it can be said: 09:38, Yesterday, Mon, 12 Oct, 12 Oct 2024.
 */
export function shortTime(at: number, now: number, tag = locale): string {
  return calendarDays(at, now) === 1 ? relativeDay(-1, tag) : shortTimeInText(at, now, tag);
}

/** As `shortTime`, after other words: opened yesterday. */
export function shortTimeInText(at: number, now: number, tag = locale): string {
  const days = calendarDays(at, now);
  if (days <= 0) return clock(at, tag);
  if (days === 1) return relativeWord(-1, tag);
  if (days < 7) return format(at, tag, { weekday: 'short' });
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(at, tag, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** A moment some days ahead or back, as short as it can be said: 09:00, Thu 09:00, 25 Dec 09:00. */
export function nearTime(at: number, now: number, tag = locale): string {
  const days = Math.abs(calendarDays(at, now));
  if (days === 0) return clock(at, tag);
  if (days < 7) return `${format(at, tag, { weekday: 'short' })} ${clock(at, tag)}`;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const date = format(at, tag, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
  return `${date} ${clock(at, tag)}`;
}

/** The heading of a day in a thread: Today, Yesterday, Thursday, 19 November. */
export function dayHeading(at: number, now: number, tag = locale): string {
  const days = calendarDays(at, now);
  if (days === 0 || days === 1) return relativeDay(-days, tag);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(at, tag, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

export function clock(at: number, tag = locale): string {
  return format(at, tag, { hour: '2-digit', minute: '2-digit' });
}

/** A full date and time, for tooltips and details. */
export function fullTime(at: number, tag = locale): string {
  return format(at, tag, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** A date and time for a narrow column: 23 Nov 2026, 17:06. */
export function dateTime(at: number, tag = locale): string {
  return format(at, tag, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** A number that says which calendar day it is here; equal for two times of one day. */
export function dayKey(at: number): number {
  const date = new Date(at);
  return date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate();
}

function calendarDays(at: number, now: number): number {
  const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / dayMs);
}

// Making a formatter costs far more than using one, and a list makes hundreds of dates.
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(at: number, tag: string, options: Intl.DateTimeFormatOptions): string {
  const key = tag + JSON.stringify(options);
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(tag, options);
    formatters.set(key, formatter);
  }
  return formatter.format(at);
}

/** A date and time to the second, where the order of events matters. */
export function exactTime(at: number, tag = locale): string {
  return format(at, tag, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

/** Like `exactTime`, but with the date only if that is not today. */
export function recentTime(at: number, now: number, tag = locale): string {
  return calendarDays(at, now) === 0
    ? format(at, tag, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
    : exactTime(at, tag);
}

/** How long ago, in one unit: 3 min ago, 2 hr ago, 4 days ago; null under a minute. */
export function age(at: number, now: number, tag = locale): string | null {
  const seconds = Math.round((now - at) / 1000);
  if (seconds < 60) return null;
  const [unit, n] =
    seconds < 3_600
      ? (['minute', seconds / 60] as const)
      : seconds < 172_800
        ? (['hour', seconds / 3_600] as const)
        : (['day', seconds / 86_400] as const);
  return new Intl.RelativeTimeFormat(tag, { style: 'short' }).format(-Math.floor(n), unit);
}

/** How long something has lasted, in one unit: 26 min, 3 hr, 2 days. At least a minute. */
export function duration(since: number, now: number, tag = locale): string {
  const minutes = Math.max(1, Math.floor((now - since) / 60_000));
  const [unit, n] =
    minutes < 60
      ? (['minute', minutes] as const)
      : minutes < 2_880
        ? (['hour', minutes / 60] as const)
        : (['day', minutes / 1_440] as const);
  const key = `${tag} ${unit}`;
  let formatter = units.get(key);
  if (!formatter) {
    // British English has '26 mins', which is longer than it need be.
    const short = tag.startsWith('en') ? 'en-US' : tag;
    formatter = new Intl.NumberFormat(short, { style: 'unit', unit, unitDisplay: 'short' });
    units.set(key, formatter);
  }
  return formatter.format(Math.floor(n));
}

const units = new Map<string, Intl.NumberFormat>();

/** The word for a day: today, yesterday. Never -0, which some languages word as if it were to come. */
function relativeWord(days: number, tag: string): string {
  return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(days || 0, 'day');
}

/** Today, Yesterday, with a capital since it stands alone. */
function relativeDay(days: number, tag: string): string {
  const word = relativeWord(days, tag);
  return word.charAt(0).toLocaleUpperCase(tag) + word.slice(1);
}
