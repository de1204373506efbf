import { afterEach, describe, expect, test, vi } from 'vitest';
import { de } from '../../../../src/renderer/catalogues/de.ts';
import { en } from '../../../../src/renderer/catalogues/en.ts';
import { setCatalogue } from '../../../../src/renderer/texts.ts';
import { openListModel, ticketId } from '../../../helpers/list-model.ts';

afterEach(() => {
  vi.useRealTimers();
  setCatalogue(en);
});

/** A window in which five tickets were closed, snoozed and changed, and one reopened. */
async function worked() {
  const model = openListModel(6, 'next');
  await model.settle();
  const { actions } = model.window;
  await actions.apply([ticketId(1)], { change: { status: 'closed' } });
  await actions.apply([ticketId(2)], { change: { priority: 'high' } });
  await actions.apply([ticketId(3)], { change: { tags: { add: ['vip'], remove: [] } } });
  await actions.apply([ticketId(4)], { change: { status: 'closed' } });
  await actions.reopen(ticketId(4));
  return model;
}
type Model = Awaited<ReturnType<typeof worked>>;

const told = ({ window }: Model): string[] =>
  window.toasts.state.getState().toasts.map(({ title }) => title);
const press = (model: Model): Promise<void> => model.window.undo.last();

describe('the undo stack', () => {
  test('lasts for the session, long after the last offer on screen, and the last goes first', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const opening = worked();
    await vi.advanceTimersByTimeAsync(100);
    const model = await opening;
    const said: string[] = [];
    await vi.advanceTimersByTimeAsync(8 * 3_600_000);
    const { entries } = model.window.undo.state.getState();
    expect(entries.map(({ isOffered }) => isOffered)).toEqual([false, false, false, false, false]);
    for (let i = 0; i < 6; i += 1) {
      await press(model);
      said.push(told(model).at(-1) ?? '');
    }
    expect(said).toEqual([
      'Ticket closed',
      'Ticket reopened',
      'Undone: Tagged vip',
      'Undone: Set to High priority',
      'Ticket reopened',
      'Nothing to undo',
    ]);
  });

  test('takes one entry a press, however quickly they follow each other', async () => {
    const model = await worked();
    await Promise.all([press(model), press(model), press(model)]);
    expect(model.window.undo.state.getState().entries.map(({ kind }) => kind)).toEqual([
      'close',
      'change',
    ]);
  });

  test('knows a close by its kind, in whichever language it was made', async () => {
    const model = await worked();
    setCatalogue(de);
    await press(model);
    await press(model);
    expect(told(model).slice(-2)).toEqual([de.undo.closed, de.undo.reopened]);
  });

  test('brings back on screen what a close took away', async () => {
    const model = await worked();
    await press(model);
    await press(model);
    expect(model.window.thread.state.getState().ticketId).toBe(ticketId(4));
  });

  test('brings back a ticket that a change took out of the list, and stays where it took none', async () => {
    const model = openListModel(6, 'next');
    await model.settle();
    const { actions, navigation, thread } = model.window;
    navigation.goToTicket(ticketId(2));
    await actions.apply([ticketId(2)], { change: { assignee_id: null } });
    await model.settle();
    expect(thread.state.getState().ticketId).toBe(ticketId(3));
    await press(model);
    expect(thread.state.getState().ticketId).toBe(ticketId(2));
    await model.settle();

    navigation.goToTicket(ticketId(5));
    await actions.apply([ticketId(1)], { change: { priority: 'high' } });
    await model.settle();
    await press(model);
    expect(thread.state.getState().ticketId).toBe(ticketId(5));
  });

  test('a ticket that comes back by it is no news in the list, another one is', async () => {
    const model = openListModel(6, 'next');
    await model.settle();
    const { actions, inbox } = model.window;
    await actions.apply([ticketId(2)], { change: { assignee_id: null } });
    await model.settle();
    await press(model);
    await model.settle();
    expect(inbox.news([ticketId(2), ticketId(4)])).toBe(1);
    inbox.select(ticketId(5));
    expect(inbox.news([ticketId(2)])).toBe(1);
  });

  test('a ticket marked unread is read again, as far as it was then', async () => {
    const model = openListModel(6, 'next');
    await model.settle();
    await model.window.actions.mark(ticketId(2), 'unread');
    expect(model.window.undo.state.getState().entries).toMatchObject([
      { kind: 'unread', title: 'Marked unread' },
    ]);
    await press(model);
    expect(model.read).toEqual([{ ticket_id: ticketId(2), state: 'unread 1' }]);
    expect(told(model).at(-1)).toBe('Undone: Marked unread');
  });
});
