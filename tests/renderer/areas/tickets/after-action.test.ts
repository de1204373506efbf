import { describe, expect, test } from 'vitest';
import { seeded } from '../../../../src/server/demo/random.ts';
import { alex, asleep, me, openListModel, rowOf, ticketId } from '../../../helpers/list-model.ts';

type Model = ReturnType<typeof openListModel>;
type After = 'next' | 'stay';

async function opened(count: number, after: After, at = 3): Promise<Model> {
  const model = openListModel(count, after);
  await model.settle();
  model.window.navigation.goToTicket(ticketId(at));
  await model.settle();
  return model;
}
const press = ({ window }: Model, id: string): void => {
  window.commands.find((command) => command.id === id)?.run();
};
const state = ({ window }: Model) => window.inbox.state.getState();
const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

const apply = (change: object) => (model: Model) =>
  model.window.actions.apply([ticketId(3)], { change });
const write = (finish: 'close' | 'wait') => async (model: Model) => {
  model.window.composer.type(ticketId(3), 'reply', 'Done.');
  await model.window.sending.send(finish);
};
/** Each way to take the open ticket out of Mine. */
const ways: [string, (model: Model) => unknown][] = [
  [
    'the key that closes',
    (model) => {
      press(model, 'close');
    },
  ],
  ['the Close button', ({ window }) => window.thread.close()],
  ['a picker that closes', apply({ status: 'closed' })],
  ['a status', apply({ status: 'resolved' })],
  ['a status in the details', ({ window }) => window.thread.change({ status: 'resolved' })],
  ['a snooze', apply(asleep)],
  ['a colleague as assignee', apply({ assignee_id: alex })],
  ['Reply and close', write('close')],
  ['Send and snooze', write('wait')],
];

describe('after an action that takes the ticket out of the view', () => {
  test.each(ways)('the agent is at the next one: %s', async (_, act) => {
    const model = await opened(6, 'next');
    await act(model);
    await model.settle();
    expect([state(model).selected, model.window.thread.state.getState().ticketId]).toEqual([
      ticketId(4),
      ticketId(4),
    ]);
    expect([state(model).total, state(model).rows.length, state(model).left]).toEqual([5, 5, null]);
  });

  test.each(ways)('or stays, with its row until they move on: %s', async (_, act) => {
    const model = await opened(6, 'stay');
    await act(model);
    await model.settle();
    expect([state(model).selected, model.window.thread.state.getState().ticketId]).toEqual([
      ticketId(3),
      ticketId(3),
    ]);
    expect([state(model).total, state(model).left?.row.id, state(model).left?.spot.place]).toEqual([
      5,
      ticketId(3),
      2,
    ]);
    press(model, 'next');
    expect([state(model).selected, state(model).left]).toEqual([ticketId(4), null]);
  });

  test('a bulk change leads past all that it is on', async () => {
    const model = await opened(6, 'next');
    model.window.selection.add([ticketId(3), ticketId(4), ticketId(5)]);
    press(model, 'close');
    await model.settle();
    expect(state(model).selected).toBe(ticketId(6));
  });

  test('a close that is undone brings the ticket back on screen and into the list', async () => {
    for (const after of ['next', 'stay'] as const) {
      const model = await opened(6, after);
      press(model, 'close');
      await model.settle();
      await model.window.undo.last();
      await model.settle();
      expect([state(model).selected, state(model).left, state(model).total]).toEqual([
        ticketId(3),
        null,
        6,
      ]);
    }
  });
});

describe('the agent stays at the ticket', () => {
  test('that is still in the view, and where another one is changed', async () => {
    const model = await opened(6, 'next');
    await model.window.actions.apply([ticketId(3)], { change: { priority: 'high' } });
    await model.window.actions.apply([ticketId(5)], { change: { status: 'closed' } });
    await model.settle();
    expect([state(model).selected, state(model).total]).toEqual([ticketId(3), 5]);
  });

  test('that is reopened, also out of Closed', async () => {
    const model = await opened(6, 'next');
    model.arrive((rows) => rows.map((one) => ({ ...one, status: 'closed' })));
    model.window.navigation.showView('closed');
    await model.settle();
    await model.window.thread.reopen();
    await model.settle();
    expect(model.window.thread.state.getState().ticketId).toBe(ticketId(3));
  });

  test('to which they went while the reply to another one was on its way', async () => {
    const model = await opened(6, 'next');
    model.window.composer.type(ticketId(3), 'reply', 'Done.');
    const sent = model.window.sending.send('close');
    model.window.navigation.goToTicket(ticketId(6));
    await sent;
    await model.settle();
    expect(state(model).selected).toBe(ticketId(6));
  });
});

test('a row that leaves is shown leaving, at its place, and is for no key', async () => {
  const model = await opened(6, 'next');
  press(model, 'close');
  await model.settle();
  expect(state(model).leaving.map(({ row, spot }) => [row.id, spot.place])).toEqual([
    [ticketId(3), 2],
  ]);
  expect(model.window.inbox.neighbour(-1)).toBe(ticketId(2));
  // Undone meanwhile, it is a row again and does not move away.
  await model.window.undo.last();
  await model.settle();
  expect([state(model).leaving, ids(state(model).rows)[2]]).toEqual([[], ticketId(3)]);
  press(model, 'close');
  await model.settle();
  model.window.inbox.moved([ticketId(3)]);
  expect(state(model).leaving).toEqual([]);
});

const acts: ((model: Model, open: string, pick: (n: number) => number) => unknown)[] = [
  (model) => {
    press(model, 'close');
  },
  (model) => {
    press(model, 'next');
  },
  (model) => {
    press(model, 'previous');
  },
  (model) => {
    press(model, 'reopen');
  },
  (model) => {
    press(model, 'assignToMe');
  },
  ({ window }, open) => window.actions.apply([open], { change: asleep }),
  ({ window }, open) => window.actions.apply([open], { change: { assignee_id: alex } }),
  ({ window }, open) => window.actions.apply([open], { change: { status: 'resolved' } }),
  ({ window }, _open, pick) => window.thread.change({ priority: pick(2) === 0 ? 'urgent' : 'low' }),
  ({ window }) => window.undo.last(),
  ({ window }, open, pick) => {
    window.composer.type(open, 'reply', 'Done.');
    return window.sending.send([null, 'close' as const, 'wait' as const][pick(3)] ?? null);
  },
  (model, _open, pick) => {
    const { rows } = state(model);
    model.window.selection.add(ids(rows.slice(pick(rows.length), pick(rows.length) + 4)));
    if (model.window.selection.count() > 0) press(model, 'close');
  },
  ({ window }, _open, pick) => {
    window.navigation.showView(
      (['mine', 'open', 'closed', 'snoozed', 'all'] as const)[pick(5)] ?? 'all',
    );
  },
];

/** Somebody else, or a customer. */
function arrival(model: Model, pick: (n: number) => number, at: number): void {
  const kind = pick(4);
  model.arrive((rows) => {
    const one = rows[pick(Math.min(30, rows.length))];
    if (kind === 0 || !one) return [rowOf(10_000 + at, 300_000 + at), ...rows];
    const changed = {
      ...one,
      ...(kind === 1 ? { status: 'closed' } : kind === 2 ? { assignee_id: alex } : {}),
      activity_at: kind === 3 ? 300_000 + at : one.activity_at,
    };
    return rows.map((other) => (other === one ? changed : other));
  });
}

test.each(['next', 'stay'] as const)(
  'whatever arrives, is sent, closed, snoozed, reopened, assigned, bulk-changed or taken back: a row is shown until its leaving is, the count equals the rows, and no action is on a ticket out of sight: %s',
  async (after) => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const random = seeded(seed);
      const pick = (n: number): number => Math.floor(random() * n);
      const model = await opened(8 + pick(30), after, 1 + pick(8));
      const { inbox, thread } = model.window;
      for (let n = 0; n < 40; n += 1) {
        const about = `${after}, seed ${seed}, step ${n}`;
        inbox.look(0, 12);
        const was = state(model);
        const seen = ids(was.rows.slice(0, 13));
        const inSight = new Set([
          ...ids(was.rows),
          was.left?.row.id,
          thread.state.getState().ticketId,
        ]);
        model.acted.length = 0;
        const open = thread.state.getState().ticketId;
        if (pick(3) === 0) arrival(model, pick, n);
        else if (open !== null) await acts[pick(acts.length)]?.(model, open ?? '', pick);
        else press(model, 'next');
        await model.settle();
        const now = state(model);
        const listed = model.inView();
        // The count, and the rows that it counts.
        expect([now.total, ids(now.rows).toSorted()], about).toEqual([
          listed.length,
          ids(listed).toSorted(),
        ]);
        // A row that was seen is there, is held as left, or is shown leaving.
        const isSameView = was.view === now.view;
        const shown = new Set([
          ...ids(now.rows),
          now.left?.row.id,
          ...ids(now.leaving.map(({ row }) => row)),
        ]);
        expect(isSameView ? seen.filter((one) => !shown.has(one)) : [], about).toEqual([]);
        // A row that leaves is neither counted nor reached.
        const gone = [
          ...now.leaving.map(({ row }) => row.id),
          ...(now.left ? [now.left.row.id] : []),
        ];
        expect(
          gone.filter((one) => ids(now.rows).includes(one)),
          about,
        ).toEqual([]);
        const near = [inbox.neighbour(1), inbox.neighbour(-1)];
        expect(
          near.filter((one) => one !== null && !ids(now.rows).includes(one)),
          about,
        ).toEqual([]);
        expect([null, now.selected], about).toContain(now.left?.row.id ?? null);
        expect(
          model.acted.flat().filter((one) => !inSight.has(one)),
          about,
        ).toEqual([]);
        inbox.moved(now.leaving.map(({ row }) => row.id));
      }
    }
  },
  60_000,
);

test('a ticket that the agent takes leaves Unassigned as any other', async () => {
  const model = openListModel(6, 'next');
  model.arrive((rows) => rows.map((one) => ({ ...one, assignee_id: null })));
  await model.settle();
  model.window.navigation.showView('unassigned');
  await model.settle();
  model.window.navigation.goToTicket(ticketId(2));
  press(model, 'assignToMe');
  await model.settle();
  expect([state(model).selected, model.inView().some((one) => one.assignee_id === me)]).toEqual([
    ticketId(3),
    false,
  ]);
});
