import { minute } from './time.ts';

/** The hour when a working day begins: the time of a date without one. */
const morning = 9;

interface Found {
  /** Days from today; or a date; or a weekday, of this week or the next one. */
  days: number | null;
  date: { year: number | null; month: number; day: number } | null;
  weekday: number | null;
  nextWeek: boolean;
  /** Minutes after midnight. */
  time: number | null;
  /** A span from now. */
  plus: { months: number; days: number; minutes: number } | null;
}

type Rule = [
  pattern: RegExp,
  take: (found: Found, parts: (string | undefined)[]) => boolean | undefined,
];

const amounts = [
  String.raw`\d+(?:[.,]\d+)? ?`,
  'half an? ',
  '(?:einer |eine )?halben? ',
  'an? ',
  'one ',
  'ein(?:e[rmn]?)? ',
];
const units = [
  'minutes?|minuten|mins?|m',
  'hours?|hrs?|h|stunden?|std',
  'days?|d|tage?n?',
  'weeks?|w|wochen?',
  'months?|monate?n?',
];
const spanRule = new RegExp(`^(?:in )?(${amounts.join('|')})(${units.join('|')})(?![a-z])`);

const weekdayNames = [
  'mon(?:day|tag)?|mo',
  'tue(?:s|sday)?|dienstag|di',
  'wed(?:nesday)?|mittwoch|mi',
  'thu(?:r|rs|rsday)?|donnerstag|do',
  'fri(?:day)?|freitag|fr',
  'sat(?:urday)?|samstag|sonnabend|sa',
  'sun(?:day)?|sonntag|so',
];
const nextOne = '(?:(?:next|nachste[nrsm]?|kommende[nrsm]?) )?';
const weekdayRule = new RegExp(`^${nextOne}(${weekdayNames.join('|')})(?![a-z])`);

/**
 * Words are read without accents and capitals. Each rule takes the beginning of the remaining text;
 * if none matches, the text is no time.
 */
const rules: readonly Rule[] = [
  [spanRule, (found, [, amount = '', unit = '']) => addSpan(found, amount, unit)],
  [/^(?:day after tomorrow|ubermorgen|uebermorgen)(?![a-z])/, (found) => setDays(found, 2)],
  [/^(?:tomorrow|tmrw?|tmw|tom)(?![a-z])/, (found) => setDays(found, 1)],
  // 'Montag morgen' is Monday's morning, 'morgen' alone the day after today.
  [/^morgen(?![a-z])/, (found) => (hasDay(found) ? setTime(found, morning) : setDays(found, 1))],
  [/^(?:today|heute)(?![a-z])/, (found) => setDays(found, 0)],
  [/^tonight(?![a-z])/, (found) => setDays(found, 0) && setTime(found, 18)],
  [
    /^(?:end of day|eod|feierabend)(?![a-z])/,
    (found) => (hasDay(found) || setDays(found, 0)) && setTime(found, 17),
  ],
  [
    /^(?:next week|(?:nachste|kommende)[nr]? woche)(?![a-z])/,
    (found) => {
      found.nextWeek = true;
      return true;
    },
  ],
  [
    /^(?:next month|(?:nachste|kommende)[nr]? monat)(?![a-z])/,
    (found) => setPlus(found, { months: 1, days: 0, minutes: 0 }),
  ],
  [/^(?:weekend|wochenende)(?![a-z])/, (found) => setWeekday(found, 6)],
  [weekdayRule, (found, [, name = '']) => setWeekday(found, weekdayOf(name))],
  [
    /^(\d{4})-(\d{2})-(\d{2})(?!\d)/,
    (found, [, year, month, day]) => setDate(found, Number(day), Number(month), Number(year)),
  ],
  [
    /^(\d{1,2})\.(0?[1-9]|1[0-2])(?!\d)\.?(\d{4})?(?!\d)/,
    (found, [, day, month, year]) =>
      setDate(found, Number(day), Number(month), year === undefined ? null : Number(year)),
  ],
  [
    /^(\d{1,2})(?:\.|st|nd|rd|th)? (?:of )?([a-z]+)\.?(?: (\d{4}))?(?![a-z\d])/,
    (found, [, day, name = '', year]) =>
      setDate(found, Number(day), monthOf(name), year === undefined ? null : Number(year)),
  ],
  [
    /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?(?![a-z\d:.])/,
    (found, [, name = '', day, year]) =>
      setDate(found, Number(day), monthOf(name), year === undefined ? null : Number(year)),
  ],
  [
    /^(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))? ?(am|pm)(?![a-z])/,
    (found, [, hours, minutes, half]) =>
      setTime(found, (Number(hours) % 12) + (half === 'pm' ? 12 : 0), Number(minutes ?? 0)),
  ],
  [
    /^(2[0-3]|[01]?\d)[:.]([0-5]\d)(?: ?uhr)?(?![\da-z])/,
    (found, [, hours, minutes]) => setTime(found, Number(hours), Number(minutes)),
  ],
  [
    /^(2[0-3]|[01]?\d)(?: ?uhr| ?o.?clock| ?h)?(?![\da-z.:])/,
    (found, [, hours]) => setTime(found, Number(hours)),
  ],
  [/^(?:noon|midday|mittags?)(?![a-z])/, (found) => setTime(found, 12)],
  [/^(?:morning|fruh|frueh|morgens|vormittags?)(?![a-z])/, (found) => setTime(found, morning)],
  [/^(?:afternoon|nachmittags?)(?![a-z])/, (found) => setTime(found, 14)],
  [/^(?:evening|abends?)(?![a-z])/, (found) => setTime(found, 18)],
  [/^(?:at|um|gegen|on|am|the|den|this|diese[nrsm]?|until|till|bis|in|@|,)(?= |$)/, () => true],
];

/**
 * Reads plain words as a moment after `now` (both ms): 'tomorrow 9', 'in 3 h', 'fri', 'next week',
 * 'mon 14:30', '25 dec', in English and German, in the time zone of this process. Null: not a time,
 * or a past one.
 */
export function parseWhen(text: string, now: number): number | null {
  let rest = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/,(?=\s|$)|\s+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  if (rest === '' || rest.length > 80) return null;
  const found: Found = {
    days: null,
    date: null,
    weekday: null,
    nextWeek: false,
    time: null,
    plus: null,
  };
  while (rest !== '') {
    const taken = takeFirst(found, rest);
    if (taken === 0) return null;
    rest = rest.slice(taken).trimStart();
  }
  const meant = resolve(found, now);
  return meant !== null && meant > now && new Date(meant).getFullYear() < 2100 ? meant : null;
}

/** The length of the text that the first matching rule took. */
function takeFirst(found: Found, rest: string): number {
  for (const [pattern, take] of rules) {
    const parts = pattern.exec(rest);
    if (parts && take(found, parts)) return parts[0].length;
  }
  return 0;
}

function resolve(found: Found, now: number): number | null {
  const { plus, time } = found;
  if (plus) {
    // 'in 2 days at 9' names a time of that day; 'in 3 h' counts from now; 'next month' is its
    // first morning.
    if (hasDay(found) || found.nextWeek) return null;
    const day = new Date(now);
    if (plus.months > 0 && plus.days === 0 && plus.minutes === 0)
      return at(day.getFullYear(), day.getMonth() + plus.months, 1, time ?? morning * 60);
    day.setDate(day.getDate() + plus.days);
    return time === null
      ? day.getTime() + plus.minutes * minute
      : plus.minutes > 0
        ? null
        : at(day.getFullYear(), day.getMonth(), day.getDate(), time);
  }
  const today = new Date(now);
  const onDay = (days: number): number =>
    at(today.getFullYear(), today.getMonth(), today.getDate() + days, time ?? morning * 60);
  if (found.date) return onDate(found.date, time ?? morning * 60, now);
  if (found.weekday !== null || found.nextWeek) {
    const sinceMonday = (today.getDay() + 6) % 7;
    if (found.nextWeek) return onDay(7 - sinceMonday + (((found.weekday ?? 1) + 6) % 7));
    const days = ((found.weekday ?? 0) - today.getDay() + 7) % 7;
    return days === 0 && (time === null || onDay(0) <= now) ? onDay(7) : onDay(days);
  }
  if (found.days === 0 && time === null) return laterToday(now);
  if (found.days !== null) return onDay(found.days);
  return time === null ? null : onDay(0) > now ? onDay(0) : onDay(1);
}

function onDate(
  { year, month, day }: { year: number | null; month: number; day: number },
  time: number,
  now: number,
): number | null {
  const ofYear = (of: number): number | null =>
    new Date(of, month - 1, day).getDate() === day ? at(of, month - 1, day, time) : null;
  if (year !== null) return ofYear(year);
  const thisYear = new Date(now).getFullYear();
  const first = ofYear(thisYear);
  return first !== null && first > now ? first : ofYear(thisYear + 1);
}

/** By the calendar of this time zone; a time that a clock change skips moves forward with it. */
function at(year: number, month: number, day: number, minutes: number): number {
  return new Date(year, month, day, Math.floor(minutes / 60), minutes % 60).getTime();
}

/** Three hours from now, rounded up to a half hour. */
function laterToday(now: number): number {
  const half = 30 * minute;
  return Math.ceil((now + 180 * minute) / half) * half;
}

export type PresetId = 'laterToday' | 'tomorrow' | 'weekend' | 'nextWeek' | 'nextMonth';

/** The most useful choices, soonest first; those without sense now are left out. */
export function snoozePresets(now: number): { id: PresetId; at: number }[] {
  const later = laterToday(now);
  const weekday = new Date(now).getDay();
  const named = [
    ['tomorrow', 'tomorrow'],
    ['weekend', 'weekend'],
    ['nextWeek', 'next week'],
    ['nextMonth', 'next month'],
  ] as const;
  const presets: { id: PresetId; at: number }[] =
    new Date(later).getDate() === new Date(now).getDate() ? [{ id: 'laterToday', at: later }] : [];
  for (const [id, words] of named) {
    // On Friday the weekend is tomorrow, and on the weekend there is none to wait for.
    if (id === 'weekend' && (weekday === 5 || weekday === 6 || weekday === 0)) continue;
    const when = parseWhen(words, now);
    if (when !== null && !presets.some((preset) => preset.at === when))
      presets.push({ id, at: when });
  }
  return presets;
}

const hasDay = ({ days, date, weekday }: Found): boolean =>
  days !== null || date !== null || weekday !== null;

function setDays(found: Found, days: number): boolean {
  if (hasDay(found)) return false;
  found.days = days;
  return true;
}

function setWeekday(found: Found, weekday: number): boolean {
  if (hasDay(found)) return false;
  found.weekday = weekday;
  return true;
}

function setDate(found: Found, day: number, month: number, year: number | null): boolean {
  if (hasDay(found) || month < 1 || month > 12 || day < 1 || day > 31) return false;
  found.date = { year, month, day };
  return true;
}

function setTime(found: Found, hours: number, minutes = 0): boolean {
  // 'tomorrow morning at 8': the exact time counts, in whichever order.
  if (found.time !== null && found.time !== morning * 60) return minutes === 0 && hours === morning;
  found.time = hours * 60 + minutes;
  return true;
}

function setPlus(found: Found, plus: NonNullable<Found['plus']>): boolean {
  const before = found.plus ?? { months: 0, days: 0, minutes: 0 };
  found.plus = {
    months: before.months + plus.months,
    days: before.days + plus.days,
    minutes: before.minutes + plus.minutes,
  };
  return true;
}

function addSpan(found: Found, amount: string, unit: string): boolean {
  const n = /^\d/.test(amount)
    ? Number(amount.replace(',', '.'))
    : /half|halb/.test(amount)
      ? 0.5
      : 1;
  if (unit.startsWith('mo')) return Number.isInteger(n) && setSpanOfMonths(found, n);
  if (/^[dt]/.test(unit))
    return setPlus(found, { months: 0, days: Math.floor(n), minutes: (n % 1) * 1_440 });
  if (unit.startsWith('w'))
    return setPlus(found, { months: 0, days: Math.floor(n * 7), minutes: 0 });
  return setPlus(found, {
    months: 0,
    days: 0,
    minutes: Math.round(n * (/^[hs]/.test(unit) ? 60 : 1)),
  });
}

/** 'In 2 months' is about 60 days, not the first of a month. */
function setSpanOfMonths(found: Found, months: number): boolean {
  return setPlus(found, { months: 0, days: months * 30, minutes: 0 });
}

const weekdays = [
  ['so', 'su'],
  ['mo'],
  ['di', 'tu'],
  ['mi', 'we'],
  ['do', 'th'],
  ['fr'],
  ['sa', 'sonna'],
];

function weekdayOf(name: string): number {
  if (name === 'sonnabend') return 6;
  return weekdays.findIndex((starts) => starts.some((start) => name.startsWith(start)));
}

const months = [
  'january januar',
  'february februar',
  'march marz maerz mrz',
  'april',
  'may mai',
  'june juni',
  'july juli',
  'august',
  'september sept',
  'october oktober',
  'november',
  'december dezember',
];

/** The number of a month, 1 to 12, by its name or at least its first three letters; 0 for none. */
function monthOf(name: string): number {
  return name.length < 3
    ? 0
    : months.findIndex((names) => names.split(' ').some((one) => one.startsWith(name))) + 1;
}
