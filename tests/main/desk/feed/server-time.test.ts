import { beforeEach, describe, expect, test } from 'vitest';
import { day, hour, minute } from '../../../../src/core/time.ts';
import { createApiClient } from '../../../../src/main/desk/feed/api-client.ts';
import { createServerTime, type ServerTime } from '../../../../src/main/desk/feed/server-time.ts';
import type { Transport, WireAnswer } from '../../../../src/main/desk/feed/transport.ts';
import { createFakeClock, type FakeClock } from '../../../helpers/fake-clock.ts';

const start = Date.UTC(2026, 2, 27, 9);
let clock: FakeClock;
let time: ServerTime;
beforeEach(() => {
  // The computer is 8 days ahead of the server.
  clock = createFakeClock(start + 8 * day);
  time = createServerTime(clock);
});
const serverIs = (): number => start + clock.monotonic();
const agree = (times = 3): void => {
  for (let n = 0; n < times; n += 1) {
    time.heard(serverIs());
    clock.advance(30 * 1000);
  }
};

describe('the server time', () => {
  test('is guessed by this machine and trusted by nobody before two answers agree', () => {
    expect([time.now(), time.trusted(), time.settled(), time.atLeast()]).toEqual([
      start + 8 * day,
      null,
      null,
      0,
    ]);
    time.heard(serverIs());
    expect([time.now(), time.trusted(), time.atLeast()]).toEqual([start, null, 0]);
    time.heard(serverIs());
    expect([time.trusted(), time.settled(), time.atLeast()]).toEqual([start, null, start]);
  });

  test('is settled once it was agreed upon for a minute', () => {
    agree(2);
    expect(time.settled()).toBeNull();
    clock.advance(minute);
    time.heard(serverIs());
    expect(time.settled()).toBe(serverIs());
  });

  test.each([
    ['2100', Date.UTC(2100, 0, 1)],
    ['1970', 0],
    ['an hour ahead', start + hour],
    ['an hour behind', start - hour],
    ['eight days ahead', start + 8 * day],
  ])('one answer that says %s changes nothing', (_what, wrong) => {
    agree();
    time.heard(wrong + clock.monotonic());
    expect([time.now(), time.trusted(), time.atLeast()]).toEqual([
      serverIs(),
      serverIs(),
      serverIs(),
    ]);
    agree(1);
    time.heard(wrong + clock.monotonic());
    time.heard(wrong + clock.monotonic());
    expect(time.trusted()).toBe(serverIs());
  });

  test('of a first answer that was wrong gives way to two that agree', () => {
    time.heard(Date.UTC(2100, 0, 1));
    expect([time.trusted(), time.atLeast()]).toEqual([null, 0]);
    time.heard(serverIs());
    time.heard(serverIs());
    expect(time.trusted()).toBe(start);
  });

  test.each([
    ['before', [true, false, false]],
    ['after', [false, true, false]],
  ])('is what the API says itself, not what two headers say that come %s it', (_what, order) => {
    for (const says of order)
      time.heard(says ? serverIs() : Date.UTC(2100, 0, 1) + clock.monotonic(), says);
    time.heard(Date.UTC(2100, 0, 1) + clock.monotonic());
    expect([time.now(), time.trusted()]).toEqual([start, null]);
    time.heard(serverIs());
    expect(time.trusted()).toBe(start);
  });

  test('is not what headers go on saying, where the API says it itself; its own word is believed again once others agree with it', () => {
    time.heard(serverIs(), true);
    agree();
    for (let n = 0; n < 10; n += 1) {
      time.heard(Date.UTC(2100, 0, 1));
      clock.advance(10_000);
    }
    expect(time.trusted()).toBe(serverIs());
    const slept = 8 * hour;
    time.heard(serverIs() + slept, true);
    clock.advance(10_000);
    time.heard(serverIs() + slept);
    clock.advance(10_000);
    time.heard(serverIs() + slept);
    expect(time.trusted()).toBe(serverIs() + slept);
  });

  test('follows a machine that slept: three answers over 20 seconds are believed, two are not', () => {
    agree();
    const slept = 8 * hour;
    time.heard(serverIs() + slept);
    clock.advance(10_000);
    time.heard(serverIs() + slept);
    expect(time.trusted()).toBe(serverIs());
    clock.advance(10_000);
    time.heard(serverIs() + slept);
    expect(time.trusted()).toBe(serverIs() + slept);
    // What is removed by it waits until it was agreed upon for as long as the first.
    clock.advance(minute);
    time.heard(serverIs() + slept);
    expect(time.settled()).toBe(serverIs() + slept);
  });

  test('cannot be walked away by small steps', () => {
    agree();
    for (let n = 0; n < 100; n += 1) time.heard(serverIs() + n * 5_000);
    expect(Math.abs((time.trusted() ?? 0) - serverIs())).toBeLessThan(40_000);
  });

  test('goes on from where an earlier process knew it, and this machine carries it no further', () => {
    time.remember(start - day);
    expect(time.atLeast()).toBe(start - day);
    clock.advance(hour);
    expect([time.atLeast(), time.trusted()]).toEqual([start - day + hour, null]);
    agree(2);
    expect(time.atLeast()).toBe(serverIs());
  });

  test('says when it can be relied on, once', () => {
    let told = 0;
    const end = time.onTrusted(() => {
      told += 1;
    });
    agree(5);
    expect(told).toBe(1);
    end();
  });
});

describe('what is heard', () => {
  const json = (body: object, headers: Record<string, string> = {}): WireAnswer => ({
    status: 200,
    headers: {
      'content-type': 'application/json',
      date: new Date(start).toUTCString(),
      ...headers,
    },
    body: JSON.stringify(body),
  });
  const capabilities = {
    level: 2,
    features: [],
    server_time: new Date(start).toISOString(),
    min_message_length: { customer: 5, staff: 1 },
  };
  async function ask(
    answer: WireAnswer,
    route: 'capabilities' | 'staff' | 'faqCategories' = 'staff',
    token?: string,
  ): Promise<ServerTime> {
    const transport: Transport = () => Promise.resolve(answer);
    await createApiClient('http://support.test', time, transport)
      .request(route as 'staff', token === undefined ? {} : { token })
      .catch(() => undefined);
    return time;
  }

  test('is an answer of the API to somebody who is signed in, and what capabilities say', async () => {
    expect((await ask(json({ staff: [] }), 'staff', 't')).now()).toBe(start);
    time = createServerTime(clock);
    expect((await ask(json(capabilities), 'capabilities')).trusted()).toBe(start);
  });

  test.each<[string, WireAnswer, string | undefined]>([
    [
      'a page of a Wi-Fi',
      {
        status: 200,
        headers: { 'content-type': 'text/html', date: 'Fri, 01 Jan 2100 00:00:00 GMT' },
        body: '<!doctype html>',
      },
      't',
    ],
    [
      'its JSON',
      json({ login_url: 'http://portal.test/' }, { date: 'Fri, 01 Jan 2100 00:00:00 GMT' }),
      't',
    ],
    [
      "a gateway's error",
      { ...json({ detail: 'later' }, { date: 'Fri, 01 Jan 2100 00:00:00 GMT' }), status: 503 },
      't',
    ],
    ['an answer that a cache has kept', json({ staff: [] }, { age: '3600' }), 't'],
    ['an answer to nobody', json({ staff: [] }), undefined],
    ['a date that is none', json({ staff: [] }, { date: 'yesterday' }), 't'],
    ['no date', { ...json({ staff: [] }), headers: { 'content-type': 'application/json' } }, 't'],
  ])('is not %s', async (_what, answer, token) => {
    expect([(await ask(answer, 'staff', token)).now(), time.atLeast()]).toEqual([clock.now(), 0]);
  });
});
