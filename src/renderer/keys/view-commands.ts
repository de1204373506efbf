import type { ViewId } from '../../contract/bridge.ts';
import { showView } from '../stores.ts';
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
  'needs-you': 'goNeedsYou',
};
// Object.entries forgets that the keys are views.
const views = Object.entries(ids) as [ViewId, CommandId][];

/** To each view, and to the outbox. */
export const viewCommands: readonly Command[] = [
  ...views.map(([view, id]): Command => ({
    id,
    group: 'views',
    scope: 'everywhere',
    key: null,
    run: (stores) => {
      showView(stores, view);
      focusList();
    },
  })),
  {
    id: 'openOutbox',
    group: 'views',
    scope: 'everywhere',
    key: 'O',
    run: (stores) => {
      stores.outbox.show('waiting');
    },
  },
];
