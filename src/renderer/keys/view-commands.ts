import type { ViewId } from '../../contract/bridge.ts';
import type { Outbox } from '../areas/outbox/outbox-store.ts';
import type { Navigation } from '../navigation.ts';
import type { Command, CommandId } from './command.ts';
import { focusList } from './open-ticket.ts';

const ids: Record<ViewId, CommandId> = {
  mine: 'goMine',
  unassigned: 'goUnassigned',
  open: 'goOpen',
  urgent: 'goUrgent',
  waiting: 'goWaiting',
  snoozed: 'goSnoozed',
  closed: 'goClosed',
  all: 'goAll',
  drafts: 'goDrafts',
};
// Object.entries forgets that the keys are views.
const views = Object.entries(ids) as [ViewId, CommandId][];

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
      key: null,
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
      run: () => {
        outbox.show('waiting');
      },
    },
  ];
}
