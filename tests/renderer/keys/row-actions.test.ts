import { expect, test } from 'vitest';
import { asleep, me, openListModel, ticketId } from '../../helpers/list-model.ts';

async function opened() {
  const model = openListModel(6, 'next');
  await model.settle();
  model.window.navigation.goToTicket(ticketId(1));
  await model.settle();
  return model;
}
type Model = Awaited<ReturnType<typeof opened>>;

const rowOf = ({ window }: Model, n: number) => {
  const row = window.inbox.state.getState().rows.find(({ id }) => id === ticketId(n));
  if (!row) throw new Error(`no row ${n}`);
  return row;
};
async function choose(model: Model, n: number, id: string): Promise<void> {
  model.window
    .rowActions(rowOf(model, n))
    .find((action) => action.id === id)
    ?.run();
  await model.settle();
}
const selected = ({ window }: Model) => window.inbox.state.getState().selected;

test('the menu of a row acts on that row, and the open ticket stays open', async () => {
  const model = await opened();
  await choose(model, 3, 'close');
  expect([model.acted, selected(model)]).toEqual([[[ticketId(3)]], ticketId(1)]);
  await choose(model, 4, 'priority');
  expect(model.window.panels.state.getState().panel).toMatchObject({
    picker: 'priority',
    targets: [ticketId(4)],
  });
  await model.window.undo.last();
  await model.settle();
  expect(rowOf(model, 3).status).toBe('open');
});

test('of the open ticket it does what the key does', async () => {
  const model = await opened();
  await choose(model, 1, 'close');
  expect([model.acted, selected(model)]).toEqual([[[ticketId(1)]], ticketId(2)]);
});

test('of a row of the selection it acts on all of that, of another row on that one alone', async () => {
  const model = await opened();
  model.window.selection.add([ticketId(3), ticketId(4)]);
  await choose(model, 6, 'close');
  expect([model.acted, model.window.selection.count()]).toEqual([[[ticketId(6)]], 2]);
  await choose(model, 4, 'close');
  expect(model.acted.at(-1)).toEqual([ticketId(3), ticketId(4)]);
});

test('offers what the ticket is not already, with the key that does it', async () => {
  const model = await opened();
  const offered = (change: object) =>
    model.window
      .rowActions({ ...rowOf(model, 5), ...change })
      .filter(({ id }) => ['close', 'reopen', 'mark', 'unsnooze'].includes(id))
      .map(({ id, command }) => [id, command]);
  expect(offered({})).toEqual([
    ['close', 'close'],
    ['mark', 'markUnread'],
  ]);
  const snooze = { state: 'asleep', until: Date.parse(asleep.snoozed_until) };
  expect(offered({ status: 'closed', unread: true, snooze })).toEqual([
    ['unsnooze', 'unsnooze'],
    ['reopen', 'reopen'],
    ['mark', null],
  ]);
  await choose(model, 5, 'assignToMe');
  expect(rowOf(model, 5).assignee_id).toBe(me);
});
