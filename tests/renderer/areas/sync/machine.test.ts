import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchMachine } from '../../../../src/renderer/areas/sync/machine.ts';

const page = Object.assign(new EventTarget(), { hidden: false });
const network = new EventTarget();
let noticed: number;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  page.hidden = false;
  noticed = 0;
  stop = watchMachine({ page, network }, () => {
    noticed += 1;
  });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const sleep = (ms: number): void => {
  vi.setSystemTime(Date.now() + ms);
};

test.each(['online', 'offline'])('the network that is %s is noticed at once', (name) => {
  network.dispatchEvent(new Event(name));
  expect(noticed).toBe(1);
});

test('a window that is seen again looks at once, one that is hidden does not', () => {
  page.hidden = true;
  page.dispatchEvent(new Event('visibilitychange'));
  expect(noticed).toBe(0);
  page.hidden = false;
  page.dispatchEvent(new Event('visibilitychange'));
  expect(noticed).toBe(1);
});

test('a machine that wakes is noticed with the next look, and only once', () => {
  vi.advanceTimersByTime(60_000);
  expect(noticed).toBe(0);
  sleep(3_600_000);
  vi.advanceTimersByTime(5_000);
  expect(noticed).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(noticed).toBe(1);
});

test('slow timers of a hidden page are no sleep, and its return is told once', () => {
  page.hidden = true;
  sleep(3_600_000);
  vi.advanceTimersByTime(5_000);
  expect(noticed).toBe(0);
  page.hidden = false;
  page.dispatchEvent(new Event('visibilitychange'));
  vi.advanceTimersByTime(5_000);
  expect(noticed).toBe(1);
});

test('once stopped it notices nothing', () => {
  stop();
  network.dispatchEvent(new Event('online'));
  page.dispatchEvent(new Event('visibilitychange'));
  sleep(3_600_000);
  vi.advanceTimersByTime(5_000);
  expect(noticed).toBe(0);
});
