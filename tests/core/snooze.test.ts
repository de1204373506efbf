import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseWhen, snoozePresets } from '../../src/core/snooze-words.ts';

const zone = process.env['TZ'];
beforeAll(() => {
  process.env['TZ'] = 'Europe/Berlin';
});
afterAll(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

/** Local time, to the minute. */
function read(text: string, now: number): string | null {
  const at = parseWhen(text, now);
  if (at === null) return null;
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
/** A Wednesday afternoon. */
const wednesday = (): number => new Date(2026, 10, 25, 15, 10).getTime();

describe('plain words are a time', () => {
  test.each([
    ['tomorrow 9', '2026-11-26 09:00'],
    ['tomorrow', '2026-11-26 09:00'],
    ['Tomorrow at 14:30', '2026-11-26 14:30'],
    ['tmr 8am', '2026-11-26 08:00'],
    ['tomorrow morning', '2026-11-26 09:00'],
    ['tomorrow morning at 8', '2026-11-26 08:00'],
    ['in 3 h', '2026-11-25 18:10'],
    ['2h', '2026-11-25 17:10'],
    ['3 hours', '2026-11-25 18:10'],
    ['in 90 min', '2026-11-25 16:40'],
    ['1.5h', '2026-11-25 16:40'],
    ['1h 30m', '2026-11-25 16:40'],
    ['1h30m', '2026-11-25 16:40'],
    ['in an hour', '2026-11-25 16:10'],
    ['half an hour', '2026-11-25 15:40'],
    ['in 2 days', '2026-11-27 15:10'],
    ['2d', '2026-11-27 15:10'],
    ['in 2 days at 9', '2026-11-27 09:00'],
    ['in a week', '2026-12-02 15:10'],
    ['2 weeks', '2026-12-09 15:10'],
    ['fri', '2026-11-27 09:00'],
    ['friday 17', '2026-11-27 17:00'],
    ['next friday', '2026-11-27 09:00'],
    ['mon 14:30', '2026-11-30 14:30'],
    ['wed', '2026-12-02 09:00'],
    ['wed 17:00', '2026-11-25 17:00'],
    ['wed 9', '2026-12-02 09:00'],
    ['saturday morning', '2026-11-28 09:00'],
    ['next week', '2026-11-30 09:00'],
    ['next week fri', '2026-12-04 09:00'],
    ['fri next week 10:00', '2026-12-04 10:00'],
    ['this weekend', '2026-11-28 09:00'],
    ['next month', '2026-12-01 09:00'],
    ['25 dec', '2026-12-25 09:00'],
    ['dec 25', '2026-12-25 09:00'],
    ['25th of december 8pm', '2026-12-25 20:00'],
    ['December 25, 2027', '2027-12-25 09:00'],
    ['2026-12-25 7:15', '2026-12-25 07:15'],
    ['1 jan', '2027-01-01 09:00'],
    ['3 march', '2027-03-03 09:00'],
    ['25 nov', '2027-11-25 09:00'],
    ['9', '2026-11-26 09:00'],
    ['at 17', '2026-11-25 17:00'],
    ['5pm', '2026-11-25 17:00'],
    ['12 am', '2026-11-26 00:00'],
    ['noon', '2026-11-26 12:00'],
    ['tonight', '2026-11-25 18:00'],
    ['today', '2026-11-25 18:30'],
    ['today 16:00', '2026-11-25 16:00'],
    ['eod', '2026-11-25 17:00'],
    ['day after tomorrow', '2026-11-27 09:00'],
    ['morgen 9', '2026-11-26 09:00'],
    ['Morgen früh', '2026-11-26 09:00'],
    ['morgen um 14 Uhr', '2026-11-26 14:00'],
    ['übermorgen', '2026-11-27 09:00'],
    ['uebermorgen 8:30', '2026-11-27 08:30'],
    ['heute abend', '2026-11-25 18:00'],
    ['Montag', '2026-11-30 09:00'],
    ['Montag morgen', '2026-11-30 09:00'],
    ['am Freitag um 9.30 Uhr', '2026-11-27 09:30'],
    ['do', '2026-11-26 09:00'],
    ['Sonnabend', '2026-11-28 09:00'],
    ['sonntag', '2026-11-29 09:00'],
    ['in 3 Stunden', '2026-11-25 18:10'],
    ['in einer Stunde', '2026-11-25 16:10'],
    ['in einer halben Stunde', '2026-11-25 15:40'],
    ['in 2 Tagen', '2026-11-27 15:10'],
    ['1,5 Std', '2026-11-25 16:40'],
    ['in 2 Wochen', '2026-12-09 15:10'],
    ['nächste Woche', '2026-11-30 09:00'],
    ['nächsten Montag', '2026-11-30 09:00'],
    ['nächsten Monat', '2026-12-01 09:00'],
    ['Wochenende', '2026-11-28 09:00'],
    ['25. Dez', '2026-12-25 09:00'],
    ['25.12.', '2026-12-25 09:00'],
    ['25.12. 9 Uhr', '2026-12-25 09:00'],
    ['am 3. März', '2027-03-03 09:00'],
    ['24.12.2027 um 8', '2027-12-24 08:00'],
    ['mittags', '2026-11-26 12:00'],
  ])('%s is %s', (text, at) => {
    expect(read(text, wednesday())).toBe(at);
  });

  test.each([
    '',
    '   ',
    'soon',
    'asap',
    'tomorrow yesterday',
    'today 9',
    '2020-01-01',
    '31 feb',
    '30.2.',
    '25:00',
    '99',
    '13pm',
    'fri mon',
    'in',
    'at',
    '0 h',
    'x'.repeat(500),
    'in 5000 weeks',
  ])('"%s" is none', (text) => {
    expect(parseWhen(text, wednesday())).toBeNull();
  });
});

test('a day keeps its hour over a change of the clocks, and hours are counted', () => {
  const beforeSpring = new Date(2027, 2, 27, 12, 0).getTime();
  expect(read('tomorrow 9', beforeSpring)).toBe('2027-03-28 09:00');
  expect((parseWhen('tomorrow 9', beforeSpring) ?? 0) - beforeSpring).toBe(20 * 3_600_000);
  expect(read('in 24 h', beforeSpring)).toBe('2027-03-28 13:00');
  expect(read('in 1 day', beforeSpring)).toBe('2027-03-28 12:00');
  // Half past two does not exist that night.
  expect(read('tomorrow 2:30', beforeSpring)).toBe('2027-03-28 03:30');
  const beforeAutumn = new Date(2026, 9, 24, 12, 0).getTime();
  expect((parseWhen('tomorrow 9', beforeAutumn) ?? 0) - beforeAutumn).toBe(22 * 3_600_000);
});

test('the presets fit the hour and the day', () => {
  const ids = (now: number): string[] => snoozePresets(now).map((preset) => preset.id);
  expect(ids(wednesday())).toEqual(['laterToday', 'tomorrow', 'weekend', 'nextWeek', 'nextMonth']);
  expect(ids(new Date(2026, 10, 25, 22, 30).getTime())).toEqual([
    'tomorrow',
    'weekend',
    'nextWeek',
    'nextMonth',
  ]);
  expect(ids(new Date(2026, 10, 27, 10, 0).getTime())).not.toContain('weekend');
  // On a Sunday next week begins tomorrow: said once.
  expect(ids(new Date(2026, 10, 29, 10, 0).getTime())).toEqual([
    'laterToday',
    'tomorrow',
    'nextMonth',
  ]);
  for (const { at } of snoozePresets(wednesday())) expect(at).toBeGreaterThan(wednesday());
});
