import { between, chance, pick, type Random } from '../random.ts';
import { locales, type Locale } from './locales.ts';
import type { Language } from './scenario.ts';
import {
  browsers,
  codes,
  companies,
  computers,
  devices,
  domains,
  instruments,
  shares,
} from './slot-words.ts';

const day = 86_400_000;

/** The values of the slots in one thread: they stand for one customer and one problem. */
export interface Slots {
  /** Replaces `{name}` slots. `now`: the time of the message; dates such as `{later}` follow it. */
  fill: (text: string, now: number) => string;
  /** Begins a new problem: other amounts and references, the same bank and devices. */
  renew: () => void;
}

/** The names of the people who speak in a thread. */
export interface Names {
  agent: string;
  mate: string;
  given: string;
  family: string;
  full: string;
}

interface Thread {
  random: Random;
  locale: Locale;
  /** The time of its first message. */
  start: number;
}
/** Makes a value for each slot. */
type Fillers = Record<string, (now: number) => string>;

/** These slots keep their value for the whole thread. */
const lasting = new Set([
  'bank',
  'city',
  'device',
  'computer',
  'browser',
  'company',
  'domain',
  'version',
  'last4',
  'account',
]);

/** Slot values for one thread that began at `start`. */
export function createSlots(
  random: Random,
  language: Language,
  start: number,
  names: Names,
): Slots {
  const thread = { random, locale: locales[language], start };
  const prices = createPrices(thread);
  const fillers: Fillers = {
    ...amounts(thread),
    ...numbers(thread),
    ...prices.fillers,
    ...dates(thread),
    ...references(thread),
    ...things(thread),
    agent: () => names.agent,
    mate: () => names.mate,
    given: () => names.given,
    family: () => names.family,
    full: () => names.full,
  };
  const known = new Map<string, string>();

  return {
    fill: (text, now) =>
      text.replaceAll(/\{(\w+)\}/g, (slot, name: string) => {
        const old = known.get(name);
        if (old !== undefined) return old;
        const filler = fillers[name];
        if (!filler) return slot;
        const value = filler(now);
        // Each message has its own time; everything else keeps its value.
        if (name !== 'now' && name !== 'today') known.set(name, value);
        return value;
      }),
    renew() {
      prices.renew();
      for (const name of known.keys()) if (!lasting.has(name)) known.delete(name);
    },
  };
}

function amounts({ random, locale }: Thread): Fillers {
  const money = pick(random, locale.money);
  const paid = (low: number, high: number, round: readonly number[]): string => {
    const step = pick(random, round);
    const steps = Math.round((low * (high / low) ** random()) / step);
    return money(decimal(Math.max(step, steps * step), locale.marks));
  };
  return {
    amount: () => paid(150, 24_000, [0.01, 50, 50, 100, 250, 500]),
    small: () => paid(1.2, 60, [0.01, 0.01, 0.5, 1]),
    fee: () => paid(4, 90, [0.99, 1, 5]),
  };
}

const quantities = [
  5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100, 120, 150, 200, 250, 300, 500,
];

function numbers({ random, locale }: Thread): Fillers {
  return {
    n: () => String(between(random, 3, 9)),
    qty: () => String(pick(random, quantities)),
    count: () => decimal(between(random, 1_100, 96_000), locale.marks).slice(0, -3),
    percent: () => String(between(random, 3, 48)),
    pct: () => String(between(random, 51, 97)),
    ms: () => String(between(random, 180, 9_400)),
  };
}

/** The price of an instrument, and a lower one for `{price2}`. */
function createPrices({ random, locale }: Thread): { fillers: Fillers; renew: () => void } {
  const draw = (): number => between(random, 90, 48_000) / 100;
  const unit = (): number => (price < 20 ? 4 : 2);
  let price = 0;
  return {
    fillers: {
      price() {
        price = draw();
        return decimal(price, locale.marks);
      },
      price2() {
        if (price === 0) price = draw();
        return decimal(price * (1 - between(random, 2, 11) / (unit() * 25)), locale.marks);
      },
    },
    renew() {
      price = 0;
    },
  };
}

function dates({ random, locale: { tag }, start }: Thread): Fillers {
  const date = (time: number): string => say(tag, { day: 'numeric', month: 'long' }, time);
  const weekday = (time: number): string => say(tag, { weekday: 'long' }, time);
  const before = (now: number, low: number, high: number): number =>
    Math.min(start, now) - between(random, low, high) * day;
  return {
    date: (now) => date(before(now, 1, 11)),
    earlier: (now) => date(before(now, 14, 60)),
    today: (now) => date(now),
    later: (now) => date(skipWeekend(now + between(random, 2, 6) * day)),
    startday: () => weekday(start),
    day: () => weekday(start - between(random, 1, 5) * day),
    soon: (now) => weekday(skipWeekend(now + between(random, 1, 4) * day)),
    month: () => say(tag, { month: 'long' }, start - between(random, 32, 110) * day),
    year: () => String(new Date(start).getUTCFullYear() - 1),
    since: () => String(new Date(start).getUTCFullYear() - between(random, 2, 8)),
    time: () =>
      `${String(between(random, 7, 20)).padStart(2, '0')}:` +
      `${digits(random, 1).replace(/[6-9]/, '4')}${digits(random, 1)}`,
    now: (now) => new Date(now - between(random, 1, 6) * 60_000).toISOString().slice(11, 16),
  };
}

function references({ random, start }: Thread): Fillers {
  return {
    last4: () => digits(random, 4),
    account: () => `SD-${between(random, 10, 99)}${digits(random, 4)}`,
    wref: () => `W-${between(random, 10_400, 98_900)}`,
    dref: () => `D-${between(random, 10_400, 98_900)}`,
    trace: () => `TR-${between(random, 1_000, 9_999)}-${pick(random, ['A', 'B', 'K', 'M', 'X'])}`,
    order: () => `#${between(random, 4_100_000, 9_899_999)}`,
    invoice: () => `INV-${new Date(start).getUTCFullYear()}-${digits(random, 5)}`,
    bug: () => `DESK-${between(random, 1_020, 4_980)}`,
    code: () => pick(random, codes),
    requestId: () =>
      Array.from({ length: 4 }, () =>
        Math.floor(random() * 65_536)
          .toString(16)
          .padStart(4, '0'),
      ).join(''),
  };
}

function things({ random, locale }: Thread): Fillers {
  return {
    bank: () => pick(random, locale.banks),
    city: () => pick(random, locale.cities),
    instrument: () => pick(random, instruments),
    share: () => pick(random, shares),
    device: () => pick(random, devices),
    computer: () => pick(random, computers),
    browser: () =>
      pick(random, browsers) + (chance(random, 0.45) ? ` ${between(random, 118, 142)}` : ''),
    version: () => `${between(random, 5, 7)}.${between(random, 0, 14)}.${between(random, 0, 6)}`,
    company: () => pick(random, companies),
    domain: () => pick(random, domains),
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();
function say(tag: string, options: Intl.DateTimeFormatOptions, time: number): string {
  const key = `${tag}${Object.keys(options).join('')}`;
  let format = formats.get(key);
  if (!format)
    formats.set(key, (format = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' })));
  return format.format(time);
}

function decimal(value: number, [thousands, point]: readonly [string, string]): string {
  const [whole = '0', cents = '00'] = value.toFixed(2).split('.');
  return `${whole.replaceAll(/\B(?=(\d{3})+$)/g, thousands)}${point}${cents}`;
}

const digits = (random: Random, count: number) =>
  Array.from({ length: count }, () => between(random, 0, 9)).join('');
const skipWeekend = (time: number) =>
  time + (new Date(time).getUTCDay() === 6 ? 2 * day : new Date(time).getUTCDay() === 0 ? day : 0);
