import { describe, expect, test } from 'vitest';
import {
  bridgeCalls,
  type CallInput,
  type CallOutput,
  type TicketFilter,
  type TicketRow,
} from '../../../../src/contract/bridge.ts';
import {
  comparePositions,
  positionOf,
  readPosition,
  rightBefore,
  sortKey,
  writePosition,
} from '../../../../src/core/ticket-order.ts';
import { createDesk } from '../../../../src/renderer/bridge/client.ts';
import { filterLines } from '../../../../src/renderer/areas/tickets/list/filter-lines.ts';
import { chipsOf, filterFields } from '../../../../src/renderer/areas/tickets/list/filters.ts';
import { seeded } from '../../../../src/server/demo/random.ts';
import { createInbox } from '../../../../src/renderer/areas/tickets/list/inbox.ts';
import { createSelection } from '../../../../src/renderer/areas/triage/selection.ts';
import { follow, spotOf, stepFrom } from '../../../../src/renderer/areas/tickets/spot.ts';
import { createToasts } from '../../../../src/renderer/toasts.ts';
import { liveBridge } from '../../../helpers/live-bridge.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const row = (n: number, at = 100_000 - n): TicketRow => ({
  id: id(n),
  subject: `Ticket ${n}`,
  requester: 'Dana',
  preview: '',
  preview_by: 'customer',
  status: 'open',
  priority: 'medium',
  category: 'other',
  assignee_id: null,
  tags: [],
  activity_at: at,
  snoozed_until: null,
  snooze: null,
  unread: false,
  pending: 0,
  not_sent: false,
  draft: false,
});

type Listed = CallOutput<'tickets.list'>;

/** An inbox on a desk that lists `all` as the real one does. */
function open(count: number, onLeft?: () => void) {
  let all = Array.from({ length: count }, (_, n) => row(n + 1));
  const asked: CallInput<'tickets.list'>[] = [];
  const list = ({
    after,
    at,
    limit,
    sort = 'newest',
    keep = [],
  }: CallInput<'tickets.list'>): CallOutput<'tickets.list'> => {
    const sorted = all.toSorted((a, b) =>
      comparePositions(sort, positionOf(sort, a), positionOf(sort, b)),
    );
    const position = after === null ? null : readPosition(after);
    const first =
      at ??
      (position
        ? sorted.filter((one) => comparePositions(sort, positionOf(sort, one), position) <= 0)
            .length
        : 0);
    const rows = sorted.slice(first, first + limit);
    const last = rows.at(-1);
    return {
      rows,
      first,
      kept: all.filter((one) => keep.includes(one.id)),
      total: all.length,
      next: last && first + limit < all.length ? `${positionOf(sort, last).key}:${last.id}` : null,
    };
  };
  /** As listAgain in the desk. */
  const again = (input: CallInput<'tickets.list'>, last: Listed): Listed => {
    const sort = input.sort ?? 'newest';
    const [start] = last.rows;
    const place =
      input.at && start ? { at: undefined, after: writePosition(rightBefore(sort, start)) } : {};
    const now = list({ ...input, ...place, keep: [] });
    const here = new Set(now.rows.map((one) => one.id));
    const before = [...last.rows, ...last.kept].filter((one) => !here.has(one.id));
    const kept = all.filter((one) =>
      before.some(
        (old) =>
          old.id === one.id &&
          (last.kept.includes(old) || sortKey(sort, old) !== sortKey(sort, one)),
      ),
    );
    return { ...now, kept };
  };
  const bridge = liveBridge(
    {
      shell: 'electron',
      on: () => () => undefined,
      call: (name, input) => {
        if (name !== 'tickets.list') return Promise.resolve({ ok: true, value: [] });
        const parsed = bridgeCalls['tickets.list'].input.parse(input);
        asked.push(parsed);
        return Promise.resolve({ ok: true, value: list(parsed) });
      },
    },
    (name, input, last) =>
      Promise.resolve({
        ok: true,
        value:
          name === 'tickets.list' && last?.ok
            ? again(bridgeCalls['tickets.list'].input.parse(input), last.value as Listed)
            : [],
      }),
  );
  const inbox = createInbox(createDesk(bridge), createToasts(), onLeft);
  const look = async (from: number, to: number): Promise<void> => {
    inbox.look(from, to);
    await settle();
  };
  return {
    inbox,
    asked,
    look,
    changed: bridge.changed,
    change: (next: (rows: TicketRow[]) => TicketRow[]) => {
      all = next(all);
    },
  };
}
const settle = () =>
  new Promise<void>((done) => {
    setTimeout(done, 0);
  });
const shown = ({ inbox }: ReturnType<typeof open>) => {
  const { rows, first, total } = inbox.state.getState();
  return { first, last: first + rows.length - 1, total };
};

describe('a change of view', () => {
  test('takes the selection along where the ticket is in the new list, and ends it where it is not', async () => {
    let left = 0;
    const view = open(20, () => {
      left += 1;
    });
    view.inbox.begin();
    await settle();
    view.inbox.select(id(3));
    view.inbox.show('all');
    await settle();
    expect([view.inbox.state.getState().selected, left]).toEqual([id(3), 0]);
    view.change((rows) => rows.filter((one) => one.id !== id(3)));
    view.inbox.show('closed');
    await settle();
    expect([view.inbox.state.getState().selected, view.inbox.place(), left]).toEqual([null, -1, 1]);
  });

  test('does not end a selection that was made since, nor one that only left its view', async () => {
    let left = 0;
    const view = open(20, () => {
      left += 1;
    });
    await view.changed();
    await settle();
    view.inbox.show('all');
    view.inbox.select(id(99));
    await settle();
    view.inbox.select(id(3));
    view.change((rows) => rows.filter((one) => one.id !== id(3)));
    await view.changed();
    await settle();
    expect([view.inbox.state.getState().selected, left]).toEqual([id(3), 0]);
  });
});

describe('the list', () => {
  test('asks only for what is around what is seen, however far down that is', async () => {
    const view = open(5_000);
    view.inbox.begin();
    await settle();
    for (let from = 0; from < 2_000; from += 100) await view.look(from, from + 12);
    expect(shown(view).first).toBeGreaterThan(1_000);
    const last = view.asked.at(-1);
    expect(last?.after ?? last?.at).not.toBeNull();
    expect(last?.limit).toBeLessThanOrEqual(200);
    expect(shown(view)).toMatchObject({ first: 1_850, total: 5_000 });
    // A jump by the scrollbar.
    await view.look(4_500, 4_512);
    expect(shown(view).first).toBeLessThanOrEqual(4_500);
    expect(shown(view).last).toBeGreaterThanOrEqual(4_512);
    expect(await view.inbox.rowAt(0)).toBe(id(1));
  });

  test('stays at the rows that are seen when new ones come in above', async () => {
    const view = open(1_000);
    view.inbox.begin();
    await settle();
    await view.look(300, 312);
    view.change((rows) => [
      ...Array.from({ length: 500 }, (_, n) => row(5_000 + n, 200_000 + n)),
      ...rows,
    ]);
    await view.changed();
    await settle();
    expect(view.inbox.state.getState().rows.some((one) => one.id === id(301))).toBe(true);
    expect(shown(view)).toMatchObject({ total: 1_500 });
    expect(shown(view).first).toBe(500 + 250);
  });

  test.each([[0], [300]])(
    'a row in sight that moves stays where it is, refreshed, until it is out of sight: from row %d',
    async (from) => {
      const view = open(1_000);
      view.inbox.begin();
      await settle();
      await view.look(from, from + 12);
      const inSight = () => {
        const { rows, first } = view.inbox.state.getState();
        return rows.slice(from - first, from + 13 - first).map((one) => one.id);
      };
      const before = inSight();
      const moved = id(from + 5);
      for (const at of [200_000, 200_001]) {
        view.change((rows) =>
          rows.map((one) => (one.id === moved ? { ...one, activity_at: at, unread: true } : one)),
        );
        await view.changed();
        await settle();
        expect(inSight()).toEqual(before);
      }
      const { rows, total } = view.inbox.state.getState();
      expect(rows.find((one) => one.id === moved)).toMatchObject({
        activity_at: 200_001,
        unread: true,
      });
      expect([new Set(rows.map((one) => one.id)).size, total]).toEqual([rows.length, 1_000]);
      // Out of sight it goes to its place.
      await view.look(from + 40, from + 52);
      await view.changed();
      await settle();
      await view.look(0, 12);
      expect(await view.inbox.rowAt(0)).toBe(moved);
    },
  );

  test('the selected row that moves is gone on from where it stands', async () => {
    const view = open(100);
    view.inbox.begin();
    await settle();
    await view.look(0, 12);
    view.inbox.select(id(5));
    view.change((rows) =>
      rows.map((one) => (one.id === id(5) ? { ...one, activity_at: 200_000 } : one)),
    );
    await view.changed();
    await settle();
    expect([view.inbox.place(), view.inbox.neighbour(1), view.inbox.neighbour(-1)]).toEqual([
      4,
      id(6),
      id(4),
    ]);
  });

  test('an answer for a view that was left is not taken, and a view that comes back is there at once', async () => {
    const view = open(40);
    view.inbox.begin();
    await settle();
    view.inbox.scrolled(770);
    view.inbox.show('closed');
    expect(view.inbox.state.getState()).toMatchObject({ rows: [], loaded: false });
    expect(view.inbox.scrollTop()).toBe(0);
    view.inbox.show('mine');
    expect(view.inbox.state.getState()).toMatchObject({ total: 40, loaded: true });
    expect(view.inbox.scrollTop()).toBe(770);
  });
});

test('whatever arrives, moves, leaves or is scrolled: the rows are those of the view, each once, and in sight none changes its order', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = seeded(seed);
    const pick = (n: number): number => Math.floor(random() * n);
    const view = open(20 + pick(400));
    let listed: string[] = [];
    let newest = 300_000;
    let from = 0;
    const step = (rows: TicketRow[]): TicketRow[] => {
      const one = rows[pick(Math.min(rows.length, 40))];
      const kind = pick(4);
      if (kind === 0 || !one) return [row(10_000 + (newest += 1), newest), ...rows];
      // Closed, snoozed or merged away.
      if (kind === 1) return rows.filter(({ id: other }) => other !== one.id);
      newest += 1;
      return rows.map((other) => (other.id === one.id ? { ...other, activity_at: newest } : other));
    };
    const inSight = (): string[] => {
      const { rows, first } = view.inbox.state.getState();
      return rows.slice(Math.max(0, from - first), from + 13 - first).map(({ id: one }) => one);
    };
    view.inbox.begin();
    await settle();
    for (let n = 0; n < 25; n += 1) {
      if (pick(4) === 0) from = pick(Math.max(1, view.inbox.state.getState().total - 12));
      await view.look(from, from + 12);
      const before = inSight();
      view.change((rows) => {
        const next = step(rows);
        listed = next.map(({ id: one }) => one);
        return next;
      });
      await view.changed();
      await settle();
      const { rows, first, total } = view.inbox.state.getState();
      const ids = rows.map(({ id: one }) => one);
      const about = `seed ${seed}, step ${n}`;
      expect([new Set(ids).size, total], about).toEqual([ids.length, listed.length]);
      expect(
        ids.filter((one) => !listed.includes(one)),
        about,
      ).toEqual([]);
      expect(first + ids.length, about).toBeLessThanOrEqual(total);
      const whole = first === 0 && view.inbox.state.getState().next === null;
      expect(whole ? ids.length : total, about).toBe(total);
      const still = before.filter((one) => listed.includes(one));
      expect(
        ids.filter((one) => still.includes(one)),
        about,
      ).toEqual(still);
    }
  }
});

describe('the place of the selected ticket', () => {
  const rows = [1, 2, 3, 4, 5].map((n) => row(n));
  const at3 = spotOf(id(3), 'newest', rows, 10);

  test.each([
    ['is its row, also when others come in above', [row(9, 999_999), ...rows], id(4), id(2)],
    [
      'stays when the ticket leaves: the row that took it is next',
      rows.filter((one) => one.id !== id(3)),
      id(4),
      id(2),
    ],
    [
      'stays when the ticket moves to the top',
      [row(3, 999_999), ...rows.filter((one) => one.id !== id(3))],
      id(4),
      id(2),
    ],
    [
      'stays when its neighbour leaves as well',
      rows.filter((one) => one.id !== id(3) && one.id !== id(4)),
      id(5),
      id(2),
    ],
  ])('%s', (_, after, next, previous) => {
    const spot = follow(at3, 'newest', after, 10, 15);
    expect(stepFrom(spot, 1, after, 10)).toBe(next);
    expect(stepFrom(spot, -1, after, 10)).toBe(previous);
  });

  test('is known while its rows are not loaded, and at an end there is nothing', () => {
    const far = [row(500), row(501)];
    const spot = follow(at3, 'newest', far, 400, 900);
    expect([stepFrom(spot, 1, far, 400), stepFrom(spot, -1, far, 400)]).toEqual([id(4), id(2)]);
    expect(stepFrom(spotOf(id(5), 'newest', rows, 0), 1, rows, 0)).toBeNull();
  });
});

describe('a selection', () => {
  async function selecting() {
    const view = open(300);
    view.inbox.begin();
    await settle();
    return { view, selection: createSelection(view.inbox, () => id(77)) };
  }

  test('is the open ticket while there is none', async () => {
    const { selection } = await selecting();
    expect(selection.targets()).toEqual([id(77)]);
    expect(selection.target()).toBeNull();
  });

  test('takes one by one and stretches, and gives each back', async () => {
    const { selection, view } = await selecting();
    selection.toggle(id(2));
    selection.extendTo(id(5), view.inbox.state.getState().rows);
    expect(selection.targets()).toEqual([id(2), id(3), id(4), id(5)]);
    selection.toggle(id(3));
    expect(selection.target()).toEqual({ ids: [id(2), id(4), id(5)] });
  });

  test('takes what is loaded first and then all of the view, which is named and not listed', async () => {
    const { selection, view } = await selecting();
    const { rows } = view.inbox.state.getState();
    selection.pickLoaded(rows);
    expect(selection.count()).toBe(rows.length);
    selection.pickLoaded(rows);
    expect(selection.count()).toBe(300);
    selection.toggle(id(9));
    expect(selection.count()).toBe(299);
    expect(selection.has(id(9))).toBe(false);
    expect(selection.target()).toEqual({
      query: { view: 'mine', filter: {}, sort: 'newest' },
      except: [id(9)],
    });
  });
});

describe('the filter', () => {
  const filter: TicketFilter = { priority: ['urgent', 'high'], assignee: [null] };
  const fields = filterFields({
    filter,
    members: [],
    tags: [
      { tag: 'vip', count: 3 },
      { tag: 'Rückerstattung', count: 1 },
    ],
    me: null,
  });
  const find = (typed: string, field?: string) =>
    filterLines(fields, fields.find(({ id: one }) => one === field) ?? null, typed, filter);

  test('is one chip a field, and its last value takes the field away', () => {
    expect(chipsOf({ ...filter, unread: true }, []).map((chip) => chip.text)).toEqual([
      'Unread',
      'Priority: Urgent, High',
      'Assignee: Nobody',
    ]);
    const toggled = (name: string): unknown =>
      fields.flatMap(({ values }) => values).find((value) => value.id === name)?.toggled;
    expect(toggled('priority high')).toEqual({ priority: ['urgent'], assignee: [null] });
    expect(toggled('assignee null')).toEqual({ priority: ['urgent', 'high'] });
    expect(toggled('tag vip')).toEqual({ ...filter, tag: ['vip'] });
  });

  test('lists the fields first, and finds a value in any of them by what is typed', () => {
    const named = (typed: string, field?: string) => find(typed, field).map(({ label }) => label);
    expect(named('')).toEqual(['Unread', 'Priority', 'Status', 'Assignee', 'Tags', 'Category']);
    expect(named('urg')).toEqual(['Priority: Urgent']);
    expect(named('stat')[0]).toBe('Status');
    expect(named('status clo')).toEqual(['Status: Closed']);
    // Folded as everywhere, and a slip forgiven.
    expect(named('RUCKERST')).toEqual(['Tags: Rückerstattung']);
    expect(named('fundnig')).toEqual(['Category: Funding']);
    expect(named('nothing like it')).toEqual([]);
    expect(named('', 'priority')).toEqual(['Urgent', 'High', 'Medium', 'Low']);
    expect(named('lo', 'priority')).toEqual(['Low']);
  });

  test('says of each value whether it is on', () => {
    expect(find('', 'priority').map((line) => line.kind === 'value' && line.isOn)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(find('unread')).toMatchObject([{ kind: 'value', toggled: { ...filter, unread: true } }]);
  });
});
