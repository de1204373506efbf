import { afterEach, beforeEach, expect, test } from 'vitest';
import { hour, minute } from '../../../../../src/core/time.ts';
import { createWaker } from '../../../../../src/main/desk/areas/triage/snooze.ts';
import { openCache } from '../../../../../src/main/desk/sqlite/cache-file.ts';
import { storeTicket } from '../../../../../src/main/desk/areas/tickets/tickets-table.ts';
import { join } from 'node:path';
import { tempDir } from '../../../../helpers/desk.ts';
import { createFakeClock } from '../../../../helpers/fake-clock.ts';

const start = Date.UTC(2026, 10, 25, 9);
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
let home: ReturnType<typeof tempDir>;
beforeEach(() => {
  home = tempDir();
});
afterEach(() => {
  home.remove();
});

function setUp() {
  const cache = openCache(join(home.dir, 'cache.db')).db;
  const clock = createFakeClock(start);
  const woken: string[][] = [];
  let ahead = 0;
  const snooze = (n: number, until: number | null): void => {
    storeTicket(
      cache,
      {
        id: id(n),
        subject: `Ticket ${n}`,
        status: 'open',
        priority: 'low',
        category: 'other',
        created_at: '2026-11-20T09:00:00Z',
        updated_at: '2026-11-20T09:00:00Z',
        resolved_at: null,
        last_message_at: '2026-11-20T09:00:00Z',
        requester: { id: id(900), name: 'Dana', email: 'd@example.test' },
        assignee_id: null,
        tags: [],
        snoozed_until: until === null ? null : new Date(until).toISOString(),
        version: Date.now(),
        message_count: 1,
        last_message: { preview: 'hello', is_staff: false },
      },
      1,
    );
  };
  const outbox = { open: () => [] } as unknown as Parameters<typeof createWaker>[0]['outbox'];
  const snoozes = { all: () => new Map(), set: () => undefined };
  const faults: unknown[] = [];
  let refusal: Error | null = null;
  const reading = {
    ...cache,
    prepare: ((sql: string) => {
      if (refusal) throw refusal;
      return cache.prepare(sql);
    }) as typeof cache.prepare,
  };
  const waker = createWaker({
    cache: reading,
    outbox,
    snoozes,
    clock,
    now: () => clock.now() + ahead,
    onWake: (ids) => {
      woken.push(ids);
    },
    onFault: (error) => {
      faults.push(error);
    },
  });
  return {
    cache,
    clock,
    woken,
    waker,
    snooze,
    faults,
    refuse: (error: Error | null) => {
      refusal = error;
    },
    setClock: (ms: number) => {
      ahead += ms;
    },
  };
}

test('each snooze ends once, in its turn, and without any the desk waits for nothing', () => {
  const { cache, clock, woken, waker, snooze } = setUp();
  expect(clock.waiting()).toBe(0);
  snooze(1, start + 3 * hour);
  snooze(2, start + 50 * 24 * hour);
  waker.plan();
  clock.advance(3 * hour - 1);
  expect(woken).toEqual([]);
  clock.advance(1);
  expect(woken).toEqual([[id(1)]]);
  // Longer than any timer can wait.
  clock.advance(50 * 24 * hour);
  expect(woken).toEqual([[id(1)], [id(2)]]);
  expect(clock.waiting()).toBe(0);
  waker.stop();
  cache.close();
});

test('a clock that jumps while the machine sleeps is noticed within a minute; one that is set back puts tickets to sleep again', () => {
  const { cache, clock, woken, waker, snooze, setClock } = setUp();
  snooze(1, start + 8 * hour);
  snooze(2, start + 20 * hour);
  waker.plan();
  setClock(10 * hour);
  clock.advance(minute);
  expect(woken).toEqual([[id(1)]]);
  setClock(-10 * hour);
  clock.advance(minute);
  expect(woken).toEqual([[id(1)], [id(1)]]);
  waker.stop();
  clock.advance(30 * hour);
  expect(woken).toHaveLength(2);
  cache.close();
});

test('a database that refuses when a snooze ends keeps it until it can be read again, and ends nothing else', () => {
  const { cache, clock, woken, waker, snooze, faults, refuse } = setUp();
  snooze(1, start + hour);
  waker.plan();
  const held = new Error('database is locked');
  clock.advance(hour - minute);
  refuse(held);
  clock.advance(minute);
  waker.plan();
  expect([woken, faults.includes(held), clock.waiting()]).toEqual([[], true, 1]);
  refuse(null);
  clock.advance(minute);
  expect(woken).toEqual([[id(1)]]);
  waker.stop();
  cache.close();
});
