import type { ViewId } from '../../contract/bridge.ts';
import type { Outbox, OutboxTab } from '../areas/outbox/outbox-store.ts';
import type { Navigation } from '../navigation.ts';
import type { Command, CommandId } from './command.ts';
import { focusList } from './open-ticket.ts';

/** The command that leads to a view. */
export const goToView: Record<ViewId, CommandId> = {
  mine: 'goMine',
  unassigned: 'goUnassigned',
  waiting: 'goWaiting',
  urgent: 'goUrgent',
  open: 'goOpen',
  snoozed: 'goSnoozed',
  closed: 'goClosed',
  all: 'goAll',
  drafts: 'goDrafts',
};
const letters: Record<ViewId, string> = {
  mine: 'M',
  unassigned: 'U',
  waiting: 'N',
  urgent: 'R',
  open: 'O',
  snoozed: 'S',
  closed: 'C',
  all: 'A',
  drafts: 'D',
};
// Object.entries forgets that the keys are views.
const views = Object.entries(goToView) as [ViewId, CommandId][];

interface ViewParts {
  navigation: Navigation;
  outbox: Outbox;
}

/** To each view, and to the outbox. */
export function viewCommands({ navigation, outbox }: ViewParts): Command[] {
  return [
    ...views.map(([view, id]): Command => ({
      id,
      group: 'views',
      scope: 'everywhere',
      key: `G ${letters[view]}`,
      run: () => {
        navigation.showView(view);
        focusList();
      },
    })),
    {
      id: 'openOutbox',
      group: 'views',
      scope: 'everywhere',
      key: 'O',
      fixedKey: 'G X',
      run: () => {
        outbox.show('waiting');
      },
    },
    outboxCommand('openSent', 'sent', outbox),
    outboxCommand('openDiscarded', 'bin', outbox),
  ];
}

function outboxCommand(id: CommandId, tab: OutboxTab, outbox: Outbox): Command {
  return {
    id,
    group: 'views',
    scope: 'everywhere',
    key: null,
    run: () => {
      outbox.show(tab);
    },
  };
}
