import { describe, expect, test } from 'vitest';
import type { Settings } from '../../src/contract/bridge.ts';
import { languageOf } from '../../src/core/language.ts';
import { noticeText } from '../../src/core/notice-words.ts';
import {
  noticesFor,
  type NewMessage,
  type NoticeSettings,
  type Situation,
} from '../../src/core/notification.ts';
import { isQuiet } from '../../src/core/quiet-hours.ts';

const all: Settings['notices']['reply']['mine'] = ['banner', 'sound', 'badge'];
const off = { on: false, from: '00:00', to: '00:00' };
const never: NoticeSettings['quiet_hours'] = {
  on: false,
  days: [off, off, off, off, off, off, off],
  breaks: [],
};
const settings: NoticeSettings = {
  notices: {
    reply: { mine: all, unassigned: ['banner'], others: [] },
    mention: { mine: all, unassigned: all, others: all },
    assigned: { mine: ['banner', 'badge'], unassigned: [], others: [] },
  },
  quiet_hours: never,
};
const message = (ticketId: string, extra: Partial<NewMessage> = {}): NewMessage => ({
  ticketId,
  fromCustomer: true,
  internal: false,
  author: 'Dana',
  text: 'hello',
  mentions: [],
  ...extra,
});
const at = (
  assigneeId: string | null,
  extra: Partial<Situation> = {},
  urgent = false,
): Situation => ({
  ticketOf: (id) => ({ id, subject: 'S', assigneeId, urgent }),
  me: 'me',
  front: null,
  unseen: new Map(),
  settings,
  now: new Date(2026, 10, 25, 12, 0),
  ...extra,
});
const channels = (messages: NewMessage[], situation: Situation, assigned: string[] = []) =>
  noticesFor(messages, assigned, situation).map((notice) => [notice.event, notice.channels]);

describe('what is told', () => {
  test('is one notice a ticket, by whose it is', () => {
    const batch = [message('a', { text: 'one' }), message('a', { text: 'two' }), message('b')];
    expect(
      noticesFor(batch, [], at('me')).map(({ ticketId, text, count }) => [ticketId, text, count]),
    ).toEqual([
      ['a', 'two', 2],
      ['b', 'hello', 1],
    ]);
    expect(channels([message('a')], at('me'))).toEqual([['reply', all]]);
    expect(channels([message('a')], at(null))).toEqual([['reply', ['banner']]]);
    expect(channels([message('a')], at('alex'))).toEqual([['reply', []]]);
  });
  test('is nothing of staff, of notes that name somebody else, of the ticket in front or of one that is gone', () => {
    expect(
      noticesFor(
        [
          message('a', { fromCustomer: false }),
          message('a', { fromCustomer: false, internal: true, mentions: ['alex'] }),
        ],
        [],
        at(null),
      ),
    ).toEqual([]);
    expect(noticesFor([message('a')], ['a'], at('me', { front: 'a' }))).toEqual([]);
    expect(noticesFor([message('a')], [], at('me', { ticketOf: () => null }))).toEqual([]);
  });
  test('counts what earlier notices of the ticket said and nobody has seen', () => {
    expect(
      noticesFor([message('a')], [], at('me', { unseen: new Map([['a', 3]]) }))[0]?.count,
    ).toBe(4);
  });
  test('names the most pressing event: a mention, then an assignment, then a reply', () => {
    const note = message('a', {
      fromCustomer: false,
      internal: true,
      mentions: ['me'],
      author: 'Alex',
      text: 'look',
    });
    expect(noticesFor([note, message('a')], ['a'], at('me'))).toMatchObject([
      { event: 'mention', author: 'Alex', text: 'look', count: 2 },
    ]);
    expect(noticesFor([message('a')], ['a'], at('me'))).toMatchObject([
      { event: 'assigned', channels: ['banner', 'badge'] },
    ]);
  });
  test('leaves only the number on the icon in quiet hours, unless what happened may break them', () => {
    const day = { on: true, from: '00:00', to: '00:00' };
    const quiet = (breaks: NoticeSettings['quiet_hours']['breaks']): Partial<Situation> => ({
      settings: {
        ...settings,
        quiet_hours: { on: true, days: [day, day, day, day, day, day, day], breaks },
      },
    });
    const note = message('a', { fromCustomer: false, internal: true, mentions: ['me'] });
    expect(channels([message('a')], at('me', quiet(['mention'])))).toEqual([['reply', ['badge']]]);
    expect(channels([note], at('me', quiet(['mention'])))).toEqual([['mention', all]]);
    expect(channels([note], at('me', quiet(['urgent'])))).toEqual([['mention', ['badge']]]);
    expect(channels([message('a')], at('me', quiet(['urgent']), true))).toEqual([['reply', all]]);
  });
});

describe('quiet hours', () => {
  const night = { on: true, from: '22:00', to: '07:30' };
  const lunch = { on: true, from: '12:00', to: '13:00' };
  const whole = { on: true, from: '00:00', to: '00:00' };
  // Monday has a night, Tuesday nothing, Wednesday lunch, Sunday the whole day.
  const quiet = { ...never, on: true, days: [night, off, lunch, off, off, off, whole] };
  // 23 November 2026 is a Monday.
  test.each([
    [23, '21:59', false],
    [23, '22:00', true],
    [24, '00:00', true],
    [24, '07:29', true],
    [24, '07:30', false],
    [24, '23:00', false],
    [25, '11:59', false],
    [25, '12:00', true],
    [25, '12:59', true],
    [25, '13:00', false],
    [28, '23:59', false],
    [29, '00:00', true],
    [29, '23:59', true],
    [23, '00:00', false],
    [30, '00:00', false],
  ])('on 2026-11-%i at %s: %s', (date, time, expected) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    expect(isQuiet(quiet, new Date(2026, 10, date, hours, minutes))).toBe(expected);
  });
  test('are none while they are switched off', () => {
    expect(isQuiet({ ...quiet, on: false }, new Date(2026, 10, 29, 12, 0))).toBe(false);
  });
});

test('a banner says who and what in the language of the agent, and neither where text is hidden', () => {
  const [notice] = noticesFor(
    [message('a', { text: 'one' }), message('a', { text: 'two' })],
    [],
    at('me'),
  );
  if (!notice) throw new Error('no notice');
  expect(noticeText(notice, 'en', false)).toEqual({
    title: 'Dana (2 new messages)',
    body: 'S\ntwo',
  });
  expect(noticeText(notice, 'de', false)).toEqual({
    title: 'Dana (2 neue Nachrichten)',
    body: 'S\ntwo',
  });
  for (const language of ['en', 'de'] as const)
    for (const part of Object.values(noticeText(notice, language, true)))
      expect(part).not.toMatch(/Dana|two|\bS\b/);
});

test("the language is the agent's choice, else the first of the system's that Staffdesk speaks", () => {
  expect([
    languageOf('de', ['en-US']),
    languageOf('system', ['fr-FR', 'de-AT', 'en-GB']),
    languageOf('system', ['en-US', 'de']),
    languageOf('system', ['ja']),
    languageOf('system', []),
  ]).toEqual(['de', 'de', 'en', 'en', 'en']);
});
