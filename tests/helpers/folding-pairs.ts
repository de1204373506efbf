/** What is written, what is typed for it, and whether the one is the other. */
export interface Pair { script: string; written: string; typed: string; same: boolean }

const nfd = (text: string): string => text.normalize('NFD');

/** The same wherever texts are compared. */
const same: [script: string, written: string, typed: string][] = [
  ['Latin', 'REFUND', 'refund'], ['Latin', 'Straße', 'STRASSE'], ['Latin', 'GROẞ', 'gross'], ['Latin', 'Überweisung', 'uberweisung'], ['Latin', nfd('Käufer'), 'KÄUFER'],
  ['Latin', 'Đường', 'duong'], ['Latin', 'Nguyễn', nfd('NGUYỄN')], ['Latin', 'Tiếng Việt', 'tieng viet'], ['Latin', 'Ørsted', 'orsted'], ['Latin', 'Ærø', 'aero'], ['Latin', 'Åse', 'ase'],
  ['Latin', 'Łódź', 'lodz'], ['Latin', 'İstanbul', 'istanbul'], ['Latin', 'ISPARTA', 'ısparta'], ['Latin', 'ışık', 'ISIK'], ['Latin', 'Þór', 'thor'], ['Latin', 'œuvre', 'oeuvre'], ['Latin', 'Əliyev', 'aliyev'],
  ['Latin', 'eﬃcient ﬂow', 'efficient flow'], ['Latin', 'Ｒｅｆｕｎｄ', 'refund'], ['Latin', 're\u00ADfund', 'refund'], ['Latin', 'pass\u200Bword', 'password'], ['Latin', '\u202Eabc\u202C\u2066def\u2069', 'abcdef'],
  ['Latin', '\uFEFFdata\u2060base', 'database'], ['Latin', 'O\u2019Brien', "o'brien"], ['Latin', 'bank\u2011trace', 'bank-trace'], ['Latin', 'Søren\u00A0Kierkegaard', 'soren kierkegaard'], ['Latin', 'Ⅻ', 'xii'],
  ['Greek', 'Ωράριο', 'ωραριο'], ['Greek', 'ΟΔΟΣ', 'οδός'], ['Greek', 'λόγος', 'ΛΟΓΟΣ'], ['Greek', 'ᾳ', 'α'], ['Greek', nfd('ΐ'), 'ι'],
  ['Cyrillic', 'Ещё', 'еще'], ['Cyrillic', 'ВОЗВРАТ', 'возврат'], ['Cyrillic', 'за\u0301мок', 'замок'], ['Cyrillic', nfd('мой'), 'МОЙ'], ['Cyrillic', 'м\u2019ята', "м'ята"],
  ['Arabic', 'رَصِيدُ', 'رصيد'], ['Arabic', 'رصيد', 'رَصِيدُ'], ['Arabic', 'أحمد', 'احمد'], ['Arabic', 'إلى', 'الي'], ['Arabic', 'آب', 'اب'], ['Arabic', 'مـــرحبا', 'مرحبا'], ['Arabic', 'ﻣﺮﺣﺒﺎ', 'مرحبا'],
  ['Arabic', 'مؤسسة', 'موسسه'], ['Arabic', 'کتاب', 'كتاب'], ['Arabic', 'فارسی', 'فارسي'], ['Arabic', 'می\u200Cخواهم', 'میخواهم'], ['Arabic', '٧٧٠١', '7701'], ['Arabic', '۷۷۰۱', '7701'],
  ['Hebrew', 'שָׁלוֹם', 'שלום'], ['Hebrew', 'יִתְרָה', 'יתרה'], ['Hebrew', 'צה״ל', 'צה"ל'], ['Hebrew', 'חֶשְׁבּוֹן', 'חשבון'],
  ['Devanagari', 'ज़रूरत', 'जरूरत'], ['Devanagari', 'भुगतान', nfd('भुगतान')], ['Devanagari', 'क्\u200Dष', 'क्ष'], ['Devanagari', '७७०१', '7701'], ['Bengali', 'টাকা', nfd('টাকা')], ['Tamil', 'பணம்', nfd('பணம்')],
  ['Thai', 'ถอนเงิน', 'ถอนเงิน'], ['Thai', '๗๗๐๑', '7701'], ['Thai', 'ถอน\u200Bเงิน', 'ถอนเงิน'], ['Lao', 'ໜັງສື', 'ຫນັງສື'], ['Khmer', 'ប្រាក់\u200Bកម្ចី', 'ប្រាក់កម្ចី'], ['Burmese', 'ငွေ', 'ငွေ'],
  ['Han', '出金', '出金'], ['Han', '⾦', '金'], ['Han', '㍿', '株式会社'], ['Kana', 'パスワード', 'ﾊﾟｽﾜｰﾄﾞ'], ['Kana', 'パスワード', 'ぱすわーど'], ['Kana', nfd('がぎ'), 'ガギ'],
  ['Hangul', nfd('비밀번호'), '비밀번호'], ['Hangul', '환불', nfd('환불')], ['Armenian', 'ԵՐԵՎԱՆ', 'երեվան'], ['Georgian', 'ᲗᲑᲘᲚᲘᲡᲘ', 'თბილისი'], ['Ethiopic', 'ሰላም', 'ሰላም'], ['Cherokee', 'ᏣᎳᎩ', 'ꮳꮃꭹ'],
  ['Figures', '７７０１', '7701'], ['Figures', 'x²', 'x2'], ['Emoji', '🦜', '🦜'], ['Emoji', '❤\uFE0F', '❤'], ['Emoji', '👍🏽', '👍'], ['Emoji', '🇩🇪', '🇩🇪'], ['Emoji', '👩🏽\u200D💻', '👩\u200D💻'],
];

/** As unlike wherever texts are compared. */
const unlike: [script: string, written: string, typed: string][] = [
  ['Latin', 'refund', 'refuse'], ['Latin', 'Müller', 'Mueller'], ['Greek', 'λόγος', 'λάγος'], ['Cyrillic', 'мой', 'мои'], ['Cyrillic', 'Київ', 'Киів'], ['Arabic', 'رصيد', 'رصاد'], ['Hebrew', 'שלום', 'שלים'],
  ['Devanagari', 'किताब', 'कीताब'], ['Devanagari', 'कल', 'काल'], ['Bengali', 'টাকা', 'টাকি'], ['Tamil', 'பணம்', 'பணி'], ['Tamil', 'கல', 'கலி'], ['Thai', 'มา', 'มี'], ['Thai', 'เงิน', 'เงิด'], ['Lao', 'ສື', 'ສີ'], ['Khmer', 'កី', 'កុ'], ['Burmese', 'ငွေ', 'ငွာ'],
  ['Kana', 'か', 'が'], ['Kana', 'きつて', 'きって'], ['Han', '出金', '入金'], ['Hangul', '환불', '환별'], ['Emoji', '🦜', '🦉'], ['Emoji', '🇩🇪', '🇫🇷'], ['Figures', '7701', '7702'], ['Georgian', 'თბილისი', 'თბილისა'],
];

export const pairs: readonly Pair[] = [
  ...same.map(([script, written, typed]) => ({ script, written, typed, same: true })),
  ...unlike.map(([script, written, typed]) => ({ script, written, typed, same: false })),
];
