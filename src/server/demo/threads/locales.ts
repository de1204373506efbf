import type { Language } from './scenario.ts';

/** How a language writes amounts and dates, and where its customers live. */
export interface Locale {
  tag: string;
  money: readonly ((amount: string) => string)[];
  /** Separators of thousands and decimals. */
  marks: readonly [string, string];
  banks: readonly string[];
  cities: readonly string[];
}

const dollars = (a: string) => `$${a}`;
const euros = (a: string) => `${a} €`;

export const locales: Record<Language, Locale> = {
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
