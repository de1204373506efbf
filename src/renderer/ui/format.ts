const dayMs = 86_400_000;

/** When a row was active, as short as it can be said: 09:38, Yesterday, Mon, 12 Oct, 12 Oct 2024. */
export function shortTime(at: number, now: number, locale = 'en-GB'): string {
  const days = calendarDays(at, now);
  if (days <= 0) return clock(at, locale);
  if (days === 1) return 'Yesterday';
  if (days < 7) return format(at, locale, { weekday: 'short' });
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(at, locale, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** The heading of a day in a thread: Today, Yesterday, Thursday, 19 November. */
export function dayHeading(at: number, now: number, locale = 'en-GB'): string {
  const days = calendarDays(at, now);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(at, locale, { weekday: 'long', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
}

export function clock(at: number, locale = 'en-GB'): string {
  return format(at, locale, { hour: '2-digit', minute: '2-digit' });
}

/** A full date and time, for tooltips and details. */
export function fullTime(at: number, locale = 'en-GB'): string {
  return format(at, locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
}

/** A date and time for a narrow column: 23 Nov 2026, 17:06. */
export function dateTime(at: number, locale = 'en-GB'): string {
  return format(at, locale, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
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

function format(at: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = locale + JSON.stringify(options);
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, options);
    formatters.set(key, formatter);
  }
  return formatter.format(at);
}

/** A date and time to the second, where the order of events matters. */
export function exactTime(at: number, locale = 'en-GB'): string {
  return format(at, locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** The same, with its date only where that is not today's. */
export function recentTime(at: number, now: number, locale = 'en-GB'): string {
  return calendarDays(at, now) === 0 ? format(at, locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' }) : exactTime(at, locale);
}

/** How long ago, in one unit: 3 min, 2 h, 4 d; null under a minute. */
export function age(at: number, now: number): string | null {
  const seconds = Math.round((now - at) / 1000);
  if (seconds < 60) return null;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} d`;
}
