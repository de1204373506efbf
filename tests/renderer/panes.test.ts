import { describe, expect, test } from 'vitest';
import { createDesk } from '../../src/renderer/bridge/client.ts';
import { commands } from '../../src/renderer/keys/commands.ts';
import { createStores, goToTicket, openTicket, showView } from '../../src/renderer/stores.ts';
import { isTicketInSight } from '../../src/renderer/panels.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const row = (n: number) => ({ id: uuid(n), activity_at: 100 - n });

/** A window with room for one pane, and a list of three tickets. */
function smallWindow() {
  const stores = createStores(
    createDesk({
      shell: 'electron',
      on: () => () => undefined,
      call: () => new Promise(() => undefined),
    }),
    (work) => {
      work();
    },
  );
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
    commands.find((command) => command.id === id)?.run(stores);
  };
  const isOffered = (id: string): boolean =>
    commands.find((command) => command.id === id)?.available?.(stores) ?? true;
  return { stores, list, pane, open, run, isOffered };
}

describe('where there is room for one pane', () => {
  test('a step through the list leaves it in front, and what is behind it is not in sight', () => {
    const { stores, pane, open, run, isOffered } = smallWindow();
    goToTicket(stores, uuid(1));
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
    goToTicket(stores, uuid(1));
    run(id);
    expect(pane()).toBe('ticket');
  });

  test('a ticket that is chosen is in front until another view is, or it has gone', () => {
    const { stores, pane } = smallWindow();
    openTicket(stores, uuid(2));
    expect([pane(), isTicketInSight(stores.panels.state.getState())]).toEqual(['ticket', true]);
    showView(stores, 'closed');
    expect(pane()).toBe('list');
    openTicket(stores, uuid(2));
    stores.thread.clear();
    expect(pane()).toBe('list');
  });

  test('the way back leaves a ticket that is not in the list, and keeps one that is', () => {
    const { stores, open } = smallWindow();
    openTicket(stores, uuid(3));
    stores.panels.showPane('list');
    expect(open()).toBe(uuid(3));
    openTicket(stores, uuid(9));
    stores.panels.showPane('list');
    expect([open(), stores.inbox.state.getState().selected]).toEqual([null, null]);
  });

  test('a ticket whose row leaves the list is not behind it any more; in front it stays', () => {
    const { stores, list, open } = smallWindow();
    openTicket(stores, uuid(1));
    list(2, 3);
    expect(open()).toBe(uuid(1));
    stores.panels.showPane('list');
    goToTicket(stores, uuid(2));
    list(3);
    expect(open()).toBeNull();
  });
});

test('where the panes stand beside each other a ticket that is not in the list stays open', () => {
  const { stores, list, open } = smallWindow();
  stores.panels.setRoom('all');
  goToTicket(stores, uuid(1));
  list(2, 3);
  expect(open()).toBe(uuid(1));
});
