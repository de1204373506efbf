import { describe, expect, test } from 'vitest';
import { canonicalEmail, signInForms } from '../../../src/server/auth/email.ts';
import { cleanName, posesAsStaff } from '../../../src/server/auth/person-name.ts';

describe('an email address has one form', () => {
  test.each([
    ['Dana@Example.test', 'dana@example.test'],
    ['  dana@example.test\n', 'dana@example.test'],
    ['ｄａｎａ＠ｅｘａｍｐｌｅ．ｔｅｓｔ', 'dana@example.test'],
    ['dana+bills@example.test', 'dana+bills@example.test'],
    ["o'neil@example.test", "o'neil@example.test"],
    ['dana@example.test.', 'dana@example.test'],
    ['dana@MÜLLER.test', 'dana@xn--mller-kva.test'],
    ['dana@mu\u0308ller.test', 'dana@xn--mller-kva.test'],
    ['dana@xn--mller-kva.test', 'dana@xn--mller-kva.test'],
    ['müller@example.test', 'müller@example.test'],
    ['mu\u0308ller@example.test', 'müller@example.test'],
    ['иван@example.test', 'иван@example.test'],
    ['用户@example.test', '用户@example.test'],
    ['ユーザー@example.test', 'ユーザー@example.test'],
    ['nguyễn@example.test', 'nguyễn@example.test'],
    ['you@localhost', 'you@localhost'],
    // The whole domain is in Cyrillic letters that look Latin: it shows as what it is.
    ['dana@\u0430\u0440\u0440\u04cf\u0435.test', 'dana@xn--80ak6aa92e.test'],
  ])('%j is %j', (text, email) => {
    expect(canonicalEmail(text)).toBe(email);
  });

  test.each([
    ['nothing before the sign', '@example.test'],
    ['nothing behind it', 'dana@'],
    ['two signs', 'dana@x@example.test'],
    ['a blank', 'da na@example.test'],
    ['a line break', 'dana\n@example.test'],
    ['a header', 'dana@example.test\r\nBcc: x@y.test'],
    ['a zero width space', 'da\u200bna@example.test'],
    ['a soft hyphen', 'da\u00adna@example.test'],
    ['a joiner', 'da\u200dna@example.test'],
    ['a word joiner', 'da\u2060na@example.test'],
    ['a filler', 'da\u3164na@example.test'],
    ['a variation mark', 'dana\ufe0f@example.test'],
    ['a direction mark', 'dana\u200f@example.test'],
    ['an override', '\u202edana@example.test'],
    ['an isolate', 'dana@\u2066example.test'],
    ['a tag', 'dana\u{e0041}@example.test'],
    ['a control', 'dana\u0007@example.test'],
    ['half a character', 'dana\ud800@example.test'],
    ['a Cyrillic letter among Latin ones', 'd\u0430na@example.test'],
    ['a Greek letter among Latin ones', 'dan\u03b1@example.test'],
    ['only Cyrillic letters that look Latin', '\u0441\u0430\u0440\u0430@example.test'],
    ['the same with a digit', '\u0440\u0430\u0443\u0440\u04301@example.test'],
    ['only Greek letters that look Latin', '\u03bf\u03b1@example.test'],
    ['a dotless i', 'm\u0131a@example.test'],
    ['a Latin alpha', 'd\u0251na@example.test'],
    ['Cherokee', '\u13ab\u13a4@example.test'],
    ['a quoted form', '"da na"@example.test'],
    ['a dot at an end', '.dana@example.test'],
    ['two dots', 'da..na@example.test'],
    ['a domain with an empty part', 'dana@example..test'],
    ['a domain that is an address', 'dana@[127.0.0.1]'],
    ['a domain with a path', 'dana@example.test/x'],
    ['too long before the sign', `${'x'.repeat(65)}@example.test`],
    ['too long', `x@${'y'.repeat(250)}.test`],
  ])('%s is refused', (_what, text) => {
    expect(canonicalEmail(text)).toBeNull();
  });

  test('an account that was made before is found by its old form too', () => {
    expect(signInForms('Dana@Müller.test')).toEqual([
      'dana@xn--mller-kva.test',
      'dana@müller.test',
    ]);
    expect(signInForms(' dana@example.test ')).toEqual(['dana@example.test']);
    expect(signInForms('d\u0430na@example.test')).toEqual(['d\u0430na@example.test']);
  });
});

describe('a name is what people see of it', () => {
  test.each([
    ['  Dana   Okafor ', 'Dana Okafor'],
    ['Dana\r\nOkafor', 'Dana Okafor'],
    ['Dana\u2028Okafor\u0085!', 'Dana Okafor !'],
    ['Dana\u0000\u0007 Okafor', 'Dana Okafor'],
    ['Da\u200bna\u00ad\u2060\ufeff', 'Dana'],
    ['\u202eanaD', 'anaD'],
    ['\u2066Dana\u2069\u200f\u061c', 'Dana'],
    ['D\u200dana', 'Dana'],
    ['Dana\u200c', 'Dana'],
    ['\u200dDana', 'Dana'],
    ['Dana\u{e0041}\u{e0042}', 'Dana'],
    ['Dana\u3164\u115f\u2800', 'Dana'],
    ['Dana\ufe0f', 'Dana'],
    ['Jose\u0301', 'José'],
    // Joiners that the script needs, and emoji that they make.
    ['علی\u200cرضا', 'علی\u200cرضا'],
    ['क्\u200dष', 'क्\u200dष'],
    ['Dana 👩🏽\u200d🚀', 'Dana 👩🏽\u200d🚀'],
    ['❤\ufe0f', '❤\ufe0f'],
    ['👨\u200d👩\u200d👧', '👨\u200d👩\u200d👧'],
    ["Siân O'Neil-Łukasz, Jr.", "Siân O'Neil-Łukasz, Jr."],
    ['Иван Петров', 'Иван Петров'],
    ['Иван Smith', 'Иван Smith'],
    ['山田 太郎', '山田 太郎'],
    ['ヤマダAKB太郎', 'ヤマダAKB太郎'],
    ['עֲמִית', 'עֲמִית'.normalize('NFC')],
    ['X Æ A-12', 'X Æ A-12'],
    ['٣ علي', '٣ علي'],
  ])('%j is %j', (text, name) => {
    expect(cleanName(text)).toBe(name);
  });

  test.each([
    ['nothing', ''],
    ['blanks', ' \u00a0\u2003\u3000'],
    ['what has no width', '\u200b\u200d\u2060\ufeff'],
    ['a blank of Braille', '\u2800'],
    ['fillers', '\u3164\u115f\uffa0'],
    ['marks alone', '\u0301\u0301'],
    ['punctuation alone', '---'],
    ['a variation mark', '\ufe0f'],
    ['more than 100 characters', 'x'.repeat(101)],
    ['more marks than any script stacks', `D${'\u0301\u0300'.repeat(30)}ana`],
    ['a Cyrillic letter in a Latin word', 'D\u0430na'],
    ['a Greek one', 'Dan\u03b1'],
    ['a script that nobody writes', '\ud800\udf48ana'],
  ])('%s is no name', (_what, text) => {
    expect(cleanName(text)).toBeNull();
  });

  test('a name of 100 emoji families is as long as one of 100 letters', () => {
    expect(cleanName('👨\u200d👩\u200d👧\u200d👦'.repeat(100))).not.toBeNull();
    expect(cleanName('👨\u200d👩\u200d👧\u200d👦'.repeat(101))).toBeNull();
  });

  test.each([
    'Support',
    'Support Team',
    'SUPPORT  TEAM',
    'S-u-p-p-o-r-t',
    'Süpport Team',
    '\u0405uррort Team',
    'Supp0rt Team',
    'The Support Team',
    'Customer Service',
    'Kundenservice',
    'Acme Helpdesk',
    'Admin',
    'Staffdesk',
    'ＳＵＰＰＯＲＴ',
    '𝐒𝐮𝐩𝐩𝐨𝐫𝐭',
    'Staff ✅',
  ])('%j poses as the desk', (name) => {
    expect(posesAsStaff(name)).toBe(true);
  });
  test.each([
    'Dana Okafor',
    'Ada Min',
    'Helper',
    'Teama Support-Smith',
    'Stafford',
    'Agenta',
    'Rooth',
    'Systema',
    'Иван',
  ])('%j is a person', (name) => {
    expect(posesAsStaff(name)).toBe(false);
  });
});
