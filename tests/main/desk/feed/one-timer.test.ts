import { expect, test } from 'vitest';
import { createOneTimer } from '../../../../src/main/desk/feed/one-timer.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';

function setUp() {
  const clock = createFakeClock(0);
  const timer = createOneTimer(clock);
  const ran: string[] = [];
  const set = (name: string, ms: number): void => {
    timer.set(() => {
      ran.push(`${name}${timer.isSet() ? ', set' : ''}`);
    }, ms);
  };
  return { clock, timer, ran, set };
}

test('setting it cancels the one before', () => {
  const { clock, ran, set } = setUp();
  set('first', 10);
  set('second', 20);
  expect(clock.waiting()).toBe(1);
  clock.advance(30);
  expect(ran).toEqual(['second']);
});

test('it is set until it runs, and can be set again while it runs', () => {
  const { clock, timer, ran, set } = setUp();
  set('first', 10);
  expect(timer.isSet()).toBe(true);
  timer.set(() => {
    expect(timer.isSet()).toBe(false);
    set('next', 10);
  }, 10);
  clock.advance(20);
  expect(ran).toEqual(['next']);
  expect(timer.isSet()).toBe(false);
});

test('one that is cancelled can be set again, one that was stopped cannot', () => {
  const { clock, timer, ran, set } = setUp();
  set('cancelled', 10);
  timer.cancel();
  set('again', 10);
  clock.advance(10);
  set('stopped', 10);
  timer.stop();
  set('after', 10);
  expect([timer.stopped(), timer.isSet(), clock.waiting()]).toEqual([true, false, 0]);
  clock.advance(20);
  expect(ran).toEqual(['again']);
});
