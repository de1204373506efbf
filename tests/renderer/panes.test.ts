import { describe, expect, test } from 'vitest';
import { isTicketInSight } from '../../src/renderer/panels.ts';
import { quietWindow } from '../helpers/quiet-window.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const row = (n: number) => ({ id: uuid(n), activity_at: 100 - n });

/** A window with room for one pane, and a list of three tickets. */
function smallWindow() {
  const stores = quietWindow();
  stores.panels.setRoom('one');
  const list = (...numbers: number[]): void => {
    stores.inbox.state.setState({
      rows: numbers.map(row) as never,
      total: numbers.length,
      loaded: true,
    });
  };
  list(1, 2, 3);
  const pane = () => stores.panels.state.getState().pane;
  const open = () => stores.thread.state.getState().ticketId;
  const run = (id: string): void => {
    stores.commands.find((command) => command.id === id)?.run();
  };
  const isOffered = (id: string): boolean =>
    stores.commands.find((command) => command.id === id)?.available?.() ?? true;
  return { stores, list, pane, open, run, isOffered };
}

describe('where there is room for one pane', () => {
  test('a step through the list leaves it in front, and what is behind it is not in sight', () => {
    const { stores, pane, open, run, isOffered } = smallWindow();
    stores.navigation.goToTicket(uuid(1));
    run('next');
    expect([pane(), open(), isTicketInSight(stores.panels.state.getState())]).toEqual([
      'list',
      uuid(2),
      false,
    ]);
    expect(isOffered('back')).toBe(false);
    run('toggleDetails');
    expect(stores.panels.state.getState().detailsToggled).toBe(false);
  });

  test.each(['reply', 'note'])('%s brings the ticket to the front', (id) => {
    const { stores, pane, run } = smallWindow();
    stores.navigation.goToTicket(uuid(1));
    run(id);
    expect(pane()).toBe('ticket');
  });

  test('a ticket that is chosen is in front until another view is, or it has gone', () => {
    const { stores, pane } = smallWindow();
    stores.navigation.openTicket(uuid(2));
    expect([pane(), isTicketInSight(stores.panels.state.getState())]).toEqual(['ticket', true]);
    stores.navigation.showView('closed');
    expect(pane()).toBe('list');
    stores.navigation.openTicket(uuid(2));
    stores.thread.clear();
    expect(pane()).toBe('list');
  });

  test('the way back leaves a ticket that is not in the list, and keeps one that is', () => {
    const { stores, open } = smallWindow();
    stores.navigation.openTicket(uuid(3));
    stores.panels.showPane('list');
    expect(open()).toBe(uuid(3));
    stores.navigation.openTicket(uuid(9));
    stores.panels.showPane('list');
    expect([open(), stores.inbox.state.getState().selected]).toEqual([null, null]);
  });

  test('a ticket whose row leaves the list is not behind it any more; in front it stays', () => {
    const { stores, list, open } = smallWindow();
    stores.navigation.openTicket(uuid(1));
    list(2, 3);
    expect(open()).toBe(uuid(1));
    stores.panels.showPane('list');
    stores.navigation.goToTicket(uuid(2));
    list(3);
    expect(open()).toBeNull();
  });
});

test('where the panes stand beside each other a ticket that is not in the list stays open', () => {
  const { stores, list, open } = smallWindow();
  stores.panels.setRoom('all');
  stores.navigation.goToTicket(uuid(1));
  list(2, 3);
  expect(open()).toBe(uuid(1));
});
