import { beforeEach, describe, expect, test } from 'vitest';
import type { PresenceView } from '../../../../../src/contract/bridge.ts';
import { createPresence } from '../../../../../src/main/desk/areas/presence/presence.ts';
import { createFakeClock } from '../../../../helpers/fake-clock.ts';

const me = 'm';
const ticket = 't1';
const other = 't2';
let clock: ReturnType<typeof createFakeClock>;
let said: string[];
let views: PresenceView[];
let connected: boolean;
let fails: boolean;
let presence: ReturnType<typeof createPresence>;

beforeEach(() => {
  clock = createFakeClock(1_000_000);
  said = [];
  views = [];
  connected = true;
  fails = false;
  presence = createPresence({
    clock,
    me,
    connected: () => connected,
    onView: (view) => {
      views.push(view);
    },
    say: (ticketId, state) => {
      said.push(`${ticketId} ${state}`);
      return fails ? Promise.reject(new Error('429')) : Promise.resolve();
    },
  });
  presence.connection();
});
/** Lets time pass in small steps, so that each word has its answer before the next timer. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 200) {
    clock.advance(Math.min(200, left));
    for (let i = 0; i < 6; i += 1) await Promise.resolve();
  }
}

describe('what colleagues hear', () => {
  test('news at once, the same again before they forget it, and the ticket that was left first', async () => {
    presence.tell({ ticket_id: ticket, replying: false });
    await pass(200);
    expect(said).toEqual(['t1 viewing']);
    presence.tell({ ticket_id: ticket, replying: true });
    await pass(600);
    expect(said.slice(1)).toEqual(['t1 replying']);
    await pass(24_000);
    expect(said.slice(2)).toEqual(['t1 replying', 't1 replying']);
    presence.tell({ ticket_id: other, replying: false });
    await pass(600);
    expect(said.slice(-2)).toEqual(['t1 away', 't2 viewing']);
  });

  test('running through a list says only where it stops', async () => {
    presence.tell({ ticket_id: ticket, replying: false });
    await pass(200);
    for (let n = 0; n < 10; n += 1) presence.tell({ ticket_id: `passed ${n}`, replying: false });
    presence.tell({ ticket_id: other, replying: false });
    await pass(1_000);
    expect(said).toEqual(['t1 viewing', 't1 away', 't2 viewing']);
  });

  test('nothing while offline, and where the agent is as soon as that ends', async () => {
    connected = false;
    presence.connection();
    presence.tell({ ticket_id: ticket, replying: true });
    await pass(60_000);
    expect(said).toEqual([]);
    connected = true;
    presence.connection();
    await pass(600);
    expect(said).toEqual(['t1 replying']);
  });

  test('away when the window says so, and when it has said nothing for five minutes; then no word more', async () => {
    presence.tell({ ticket_id: ticket, replying: false });
    await pass(600);
    presence.tell({ ticket_id: null, replying: false });
    await pass(600);
    expect(said).toEqual(['t1 viewing', 't1 away']);
    presence.tell({ ticket_id: ticket, replying: false });
    await pass(5 * 60_000 + 1_000);
    expect(said.at(-1)).toBe('t1 away');
    const before = said.length;
    await pass(10 * 60_000);
    expect(said).toHaveLength(before);
    expect(clock.waiting()).toBe(0);
  });

  test('a word that fails stops nothing', async () => {
    fails = true;
    presence.tell({ ticket_id: ticket, replying: false });
    await pass(12_000);
    expect(said).toEqual(['t1 viewing', 't1 viewing']);
  });
});

describe('what is known of colleagues', () => {
  const hear = (staff_id: string, state: 'viewing' | 'replying' | 'away', ticket_id = ticket) => {
    presence.heard({ ticket_id, staff_id, state });
  };

  test('each is dropped 25 s after their last word, and at once when they go', () => {
    hear('alex', 'viewing');
    hear('jonas', 'replying');
    expect(presence.view().people.map((p) => [p.staff_id, p.state])).toEqual([
      ['alex', 'viewing'],
      ['jonas', 'replying'],
    ]);
    clock.advance(20_000);
    hear('alex', 'viewing');
    clock.advance(5_000);
    expect(presence.view().people.map((p) => p.staff_id)).toEqual(['alex']);
    expect(views.at(-1)?.people).toHaveLength(1);
    hear('alex', 'away');
    expect(presence.view().people).toEqual([]);
    expect(clock.waiting()).toBe(0);
  });

  test('a repeat is no news, and my own doings are none of a colleague', () => {
    const before = views.length;
    hear('alex', 'viewing');
    hear('alex', 'viewing');
    hear(me, 'replying');
    expect(views).toHaveLength(before + 1);
  });

  test('is unknown while offline and begins anew after that', () => {
    hear('alex', 'replying');
    connected = false;
    presence.connection();
    expect(views.at(-1)).toEqual({ known: false, people: [] });
    connected = true;
    presence.connection();
    expect(presence.view()).toEqual({ known: true, people: [] });
  });

  test('stopped, it says and hears nothing more', async () => {
    presence.tell({ ticket_id: ticket, replying: false });
    presence.stop();
    hear('alex', 'viewing');
    await pass(60_000);
    expect([said, presence.view().people]).toEqual([[], []]);
  });
});
