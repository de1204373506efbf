import { between, chance, pick, type Random } from '../random.ts';
import type { Language } from './scenario.ts';

const day = 86_400_000;

/** What a thread's slots are filled from: the words that stand for one customer, one problem. */
export interface Slots {
  /**
   * Replaces `{name}` slots. `now` is the time of the message, which dates such as `{later}` are
   * counted from.
   */
  fill: (text: string, now: number) => string;
  /** A new problem in the same thread: other amounts and references, the same bank and devices. */
  renew: () => void;
}

interface Locale {
  tag: string;
  money: readonly ((amount: string) => string)[];
  /** Separators of thousands and decimals. */
  marks: readonly [string, string];
  banks: readonly string[];
  cities: readonly string[];
}

const dollars = (a: string) => `$${a}`;
const euros = (a: string) => `${a} €`;

const locales: Record<Language, Locale> = {
  en: {
    tag: 'en-GB',
    marks: [',', '.'],
    money: [dollars, dollars, (a) => `£${a}`, (a) => `€${a}`, (a) => `USD ${a}`, (a) => `${a} EUR`],
    banks: [
      'Chase',
      'Barclays',
      'Monzo',
      'Wells Fargo',
      'HSBC',
      'Lloyds',
      'Bank of America',
      'Revolut',
      'TD Bank',
      'Santander',
      'Starling',
      'Citibank',
      'NatWest',
      'AIB',
      'ANZ',
      'DBS',
      'Wise',
      'First Direct',
      'Westpac',
      'GTBank',
      'Standard Bank',
    ],
    cities: [
      'Leeds',
      'Chicago',
      'Dublin',
      'Toronto',
      'Lagos',
      'Singapore',
      'Manchester',
      'Austin',
      'Sydney',
      'Cape Town',
      'Mumbai',
      'Glasgow',
      'Boston',
      'Auckland',
      'Dubai',
      'Riga',
      'Tallinn',
      'Lisbon',
      'Seattle',
      'Nairobi',
    ],
  },
  de: {
    tag: 'de-DE',
    marks: ['.', ','],
    money: [euros],
    banks: [
      'Sparkasse',
      'Commerzbank',
      'ING',
      'DKB',
      'N26',
      'Volksbank',
      'Postbank',
      'Raiffeisenbank',
    ],
    cities: ['Hamburg', 'Leipzig', 'Wien', 'Köln', 'Graz', 'München', 'Zürich'],
  },
  es: {
    tag: 'es-ES',
    marks: ['.', ','],
    money: [euros],
    banks: ['BBVA', 'CaixaBank', 'Sabadell', 'Santander', 'Bankinter', 'Banorte'],
    cities: ['Sevilla', 'Valencia', 'Bilbao', 'Bogotá', 'Ciudad de México', 'Zaragoza'],
  },
  fr: {
    tag: 'fr-FR',
    marks: ['\u202f', ','],
    money: [euros],
    banks: [
      'BNP Paribas',
      'Crédit Agricole',
      'Boursorama',
      'La Banque Postale',
      'Société Générale',
      'Crédit Mutuel',
    ],
    cities: ['Lyon', 'Nantes', 'Lille', 'Bruxelles', 'Genève', 'Montréal', 'Toulouse'],
  },
  pt: {
    tag: 'pt-PT',
    marks: ['.', ','],
    money: [euros, (a) => `R$ ${a}`],
    banks: ['Itaú', 'Bradesco', 'Nubank', 'Millennium bcp', 'Caixa Geral'],
    cities: ['Porto', 'São Paulo', 'Braga', 'Curitiba', 'Coimbra'],
  },
  ja: {
    tag: 'ja-JP',
    marks: [',', '.'],
    money: [(a) => `${a.replace(/\.\d\d$/, '00')}円`],
    banks: ['三菱UFJ銀行', '三井住友銀行', 'みずほ銀行', '楽天銀行', 'ゆうちょ銀行'],
    cities: ['東京', '大阪', '福岡', '札幌', '名古屋'],
  },
  ar: {
    tag: 'ar-EG-u-nu-latn',
    marks: [',', '.'],
    money: [(a) => `${a} دولار`, (a) => `${a} درهم`],
    banks: ['بنك الراجحي', 'بنك مصر', 'البنك العربي', 'بنك الإمارات دبي الوطني'],
    cities: ['القاهرة', 'دبي', 'عمّان', 'الرياض', 'بيروت'],
  },
  hi: {
    tag: 'hi-IN-u-nu-latn',
    marks: [',', '.'],
    money: [(a) => `₹${a}`],
    banks: ['SBI', 'HDFC Bank', 'ICICI Bank', 'Axis Bank', 'PNB'],
    cities: ['दिल्ली', 'जयपुर', 'लखनऊ', 'पुणे', 'भोपाल'],
  },
  vi: {
    tag: 'vi-VN',
    marks: ['.', ','],
    money: [(a) => `${a} USD`],
    banks: ['Vietcombank', 'Techcombank', 'BIDV', 'VPBank', 'ACB'],
    cities: ['Hà Nội', 'Đà Nẵng', 'TP. Hồ Chí Minh', 'Huế', 'Cần Thơ'],
  },
  pl: {
    tag: 'pl-PL',
    marks: [' ', ','],
    money: [(a) => `${a} zł`, (a) => `${a} EUR`],
    banks: ['PKO BP', 'mBank', 'ING', 'Pekao', 'Alior Bank'],
    cities: ['Kraków', 'Gdańsk', 'Łódź', 'Wrocław', 'Poznań'],
  },
  uk: {
    tag: 'uk-UA',
    marks: [' ', ','],
    money: [(a) => `${a} USD`, (a) => `${a} €`],
    banks: ['ПриватБанк', 'monobank', 'ПУМБ', 'Райффайзен Банк', 'Ощадбанк'],
    cities: ['Київ', 'Львів', 'Одеса', 'Харків', 'Дніпро'],
  },
  th: {
    tag: 'th-TH-u-ca-gregory-nu-latn',
    marks: [',', '.'],
    money: [(a) => `${a} บาท`],
    banks: ['ธนาคารกสิกรไทย', 'ธนาคารกรุงเทพ', 'ธนาคารไทยพาณิชย์', 'ธนาคารกรุงไทย'],
    cities: ['กรุงเทพฯ', 'เชียงใหม่', 'ภูเก็ต', 'ขอนแก่น'],
  },
  zh: {
    tag: 'zh-CN',
    marks: [',', '.'],
    money: [(a) => `${a} 美元`, (a) => `${a} 港元`],
    banks: ['招商银行', '中国银行', '汇丰银行', '工商银行', '中银香港'],
    cities: ['上海', '香港', '深圳', '杭州', '成都'],
  },
};

const instruments = [
  'AAPL',
  'MSFT',
  'NVDA',
  'TSLA',
  'AMZN',
  'SAP',
  'ASML',
  'Shell',
  'Siemens',
  'EUR/USD',
  'GBP/USD',
  'gold',
  'Brent',
  'DAX 40',
  'S&P 500 ETF',
  'Nasdaq 100 mini',
  'VWCE',
  'BTC',
  'ETH',
  'Novo Nordisk',
  'Toyota',
  'Rio Tinto',
  'Airbus',
  'AMD',
  'Coca-Cola',
  'natural gas',
  'Tesco',
  'Nestlé',
  'silver',
  'copper',
];
const shares = [
  'AAPL',
  'MSFT',
  'NVDA',
  'TSLA',
  'AMZN',
  'SAP',
  'ASML',
  'Shell',
  'Siemens',
  'VWCE',
  'Novo Nordisk',
  'Toyota',
  'Rio Tinto',
  'Airbus',
  'AMD',
  'Coca-Cola',
  'Tesco',
  'Nestlé',
  'Unilever',
  'BP',
  'Microchip',
  'Vestas',
  'Orsted',
  'Adyen',
  'Johnson & Johnson',
  'Realty Income',
  'Vodafone',
  'Allianz',
  'TotalEnergies',
  'Ford',
];
const devices = [
  'iPhone 15',
  'iPhone 13 mini',
  'iPhone 16 Pro',
  'Pixel 8',
  'Pixel 9a',
  'Galaxy S23',
  'Galaxy A54',
  'Galaxy S25',
  'Xiaomi 14',
  'OnePlus 12',
  'Fairphone 5',
  'iPad Air',
  'Motorola Edge 50',
  'Nothing Phone (2)',
];
const computers = [
  'MacBook Air',
  'ThinkPad with Windows 11',
  'Windows 10 desktop',
  'Mac mini',
  'Surface Laptop',
  'Dell XPS',
  'Ubuntu laptop',
  'Chromebook',
];
const browsers = ['Chrome', 'Firefox', 'Safari', 'Edge', 'Brave', 'Opera', 'Vivaldi'];
const codes = [
  'E-1042',
  'E-2207',
  'E-3310',
  'E-4015',
  'PAY-51',
  'PAY-65',
  'PAY-91',
  'RJ-17',
  'RJ-23',
  'RJ-40',
  'LIM-08',
  'AUTH-409',
];
const companies = [
  'Northgate Holdings',
  'Bluefin Capital',
  'Haddon & Sons',
  'Larkspur Consulting',
  'Oakline Ltd',
  'Meridian Partners',
  'Greyfield GmbH',
  'Pemberton Trust',
];
const domains = ['example.com', 'example.org', 'example.net'];

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

/**
 * Slots stay the same in one thread, whatever else is new: the customer's bank, city and machines.
 */
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

/** Those who speak in a thread, by their names. */
export interface Names {
  agent: string;
  mate: string;
  given: string;
  family: string;
  full: string;
}

/** Slot values for one thread that began at `start`. */
export function createSlots(
  random: Random,
  language: Language,
  start: number,
  names: Names,
): Slots {
  const locale = locales[language];
  const money = pick(random, locale.money);
  const known = new Map<string, string>();
  let price = 0;
  const paid = (low: number, high: number, round: readonly number[]) => {
    const step = pick(random, round);
    return money(
      decimal(
        Math.max(step, Math.round((low * (high / low) ** random()) / step) * step),
        locale.marks,
      ),
    );
  };
  const unit = () => (price < 20 ? 4 : 2);

  const make: Record<string, (now: number) => string> = {
    amount: () => paid(150, 24_000, [0.01, 50, 50, 100, 250, 500]),
    small: () => paid(1.2, 60, [0.01, 0.01, 0.5, 1]),
    fee: () => paid(4, 90, [0.99, 1, 5]),
    bank: () => pick(random, locale.banks),
    city: () => pick(random, locale.cities),
    date: (now) =>
      say(
        locale.tag,
        { day: 'numeric', month: 'long' },
        Math.min(start, now) - between(random, 1, 11) * day,
      ),
    earlier: (now) =>
      say(
        locale.tag,
        { day: 'numeric', month: 'long' },
        Math.min(start, now) - between(random, 14, 60) * day,
      ),
    today: (now) => say(locale.tag, { day: 'numeric', month: 'long' }, now),
    later: (now) =>
      say(
        locale.tag,
        { day: 'numeric', month: 'long' },
        skipWeekend(now + between(random, 2, 6) * day),
      ),
    startday: () => say(locale.tag, { weekday: 'long' }, start),
    day: () => say(locale.tag, { weekday: 'long' }, start - between(random, 1, 5) * day),
    soon: (now) =>
      say(locale.tag, { weekday: 'long' }, skipWeekend(now + between(random, 1, 4) * day)),
    month: () => say(locale.tag, { month: 'long' }, start - between(random, 32, 110) * day),
    year: () => String(new Date(start).getUTCFullYear() - 1),
    since: () => String(new Date(start).getUTCFullYear() - between(random, 2, 8)),
    time: () =>
      `${String(between(random, 7, 20)).padStart(2, '0')}:` +
      `${digits(random, 1).replace(/[6-9]/, '4')}${digits(random, 1)}`,
    now: (now) => new Date(now - between(random, 1, 6) * 60_000).toISOString().slice(11, 16),
    n: () => String(between(random, 3, 9)),
    qty: () =>
      String(
        pick(
          random,
          [5, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 80, 100, 120, 150, 200, 250, 300, 500],
        ),
      ),
    count: () => decimal(between(random, 1_100, 96_000), locale.marks).slice(0, -3),
    percent: () => String(between(random, 3, 48)),
    pct: () => String(between(random, 51, 97)),
    ms: () => String(between(random, 180, 9_400)),
    last4: () => digits(random, 4),
    account: () => `SD-${between(random, 10, 99)}${digits(random, 4)}`,
    wref: () => `W-${between(random, 10_400, 98_900)}`,
    dref: () => `D-${between(random, 10_400, 98_900)}`,
    trace: () => `TR-${between(random, 1_000, 9_999)}-${pick(random, ['A', 'B', 'K', 'M', 'X'])}`,
    order: () => `#${between(random, 4_100_000, 9_899_999)}`,
    invoice: () => `INV-${new Date(start).getUTCFullYear()}-${digits(random, 5)}`,
    bug: () => `DESK-${between(random, 1_020, 4_980)}`,
    code: () => pick(random, codes),
    instrument: () => pick(random, instruments),
    share: () => pick(random, shares),
    price: () => {
      price = between(random, 90, 48_000) / 100;
      return decimal(price, locale.marks);
    },
    price2: () => {
      if (price === 0) price = between(random, 90, 48_000) / 100;
      return decimal(price * (1 - between(random, 2, 11) / (unit() * 25)), locale.marks);
    },
    device: () => pick(random, devices),
    computer: () => pick(random, computers),
    browser: () =>
      pick(random, browsers) + (chance(random, 0.45) ? ` ${between(random, 118, 142)}` : ''),
    version: () => `${between(random, 5, 7)}.${between(random, 0, 14)}.${between(random, 0, 6)}`,
    company: () => pick(random, companies),
    domain: () => pick(random, domains),
    requestId: () =>
      Array.from({ length: 4 }, () =>
        Math.floor(random() * 65_536)
          .toString(16)
          .padStart(4, '0'),
      ).join(''),
  };

  const fill = (text: string, now: number): string =>
    text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      if (
        name === 'agent' ||
        name === 'mate' ||
        name === 'given' ||
        name === 'family' ||
        name === 'full'
      )
        return names[name];
      const old = known.get(name);
      if (old !== undefined) return old;
      const maker = make[name];
      if (!maker) return whole;
      const value = maker(now);
      // Each message has its own clock; all else is said once.
      if (name !== 'now' && name !== 'today') known.set(name, value);
      return value;
    });
  const renew = (): void => {
    price = 0;
    for (const name of known.keys()) if (!lasting.has(name)) known.delete(name);
  };
  return { fill, renew };
}
