import {
  AlarmClock,
  Check,
  Flag,
  Inbox,
  Layers,
  PenLine,
  Reply,
  Send,
  User,
  UserX,
} from 'lucide-react';
import { memo } from 'react';
import type { ViewId } from '../../../../contract/bridge.ts';
import { CommandKey } from '../../../keys/key.tsx';
import { goToView } from '../../../keys/view-commands.ts';
import { useStoreOf, usePart } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { SavedViewsList } from './saved-views.tsx';
import { useIsShown } from './use-is-shown.ts';
import { formatCount } from '../../../kit/format.ts';

const icons: Record<ViewId, typeof Inbox> = {
  mine: User,
  unassigned: UserX,
  open: Inbox,
  urgent: Flag,
  waiting: Reply,
  snoozed: AlarmClock,
  closed: Check,
  all: Layers,
  drafts: PenLine,
};
const main: ViewId[] = [
  'mine',
  'unassigned',
  'waiting',
  'urgent',
  'open',
  'snoozed',
  'closed',
  'all',
];

/** The views with their live counts. */
export function Views() {
  return (
    <nav aria-label={texts.viewsLabel} className="views">
      {main.map((view) => (
        <ViewButton key={view} view={view} />
      ))}
      <h2 className="rail-group">{texts.yours}</h2>
      <ViewButton view="drafts" />
      <OutboxButton />
      <SavedViewsList />
    </nav>
  );
}

const ViewButton = memo(function ViewButton({ view }: { view: ViewId }) {
  const navigation = usePart((s) => s.navigation);
  const on = useIsShown((list) => list.view === view && list.saved === null);
  const counts = useStoreOf(
    (s) => s.inbox,
    (state) => state.counts.find((c) => c.view === view),
  );
  const Icon = icons[view];
  const count = counts?.count ?? 0;
  const unread = counts?.unread ?? 0;
  return (
    <button
      type="button"
      className={on ? 'view on' : 'view'}
      aria-current={on ? 'page' : undefined}
      title={tipOf(texts.views[view], count)}
      onClick={() => {
        navigation.showView(view);
      }}
    >
      <Icon size={15} strokeWidth={1.8} aria-hidden="true" />
      <span>{texts.views[view]}</span>
      {unread > 0 && view !== 'all' && view !== 'closed' && (
        <i className="unread-dot" title={`${unread} ${texts.unreadMark}`} />
      )}
      {count > 0 && <b>{formatCount(count)}</b>}
      <span className="view-key">
        <CommandKey id={goToView[view]} />
      </span>
    </button>
  );
});

/** The name of a view and its count, which stand close together where the rail is folded. */
function tipOf(name: string, count: number): string {
  return count > 0 ? `${name}: ${formatCount(count)}` : name;
}

/**
 * Not a list of tickets, but where the agent looks for what has not been sent. Counts what was
 * stopped, in red; else the messages to send.
 */
function OutboxButton() {
  const outbox = usePart((s) => s.outbox);
  const shown = useStoreOf(
    (s) => s.outbox,
    (state) => state.shown,
  );
  const stopped = useStoreOf(
    (s) => s.outbox,
    (state) => state.items.filter((item) => item.state === 'not-sent').length,
  );
  const messages = useStoreOf(
    (s) => s.outbox,
    (state) => state.items.filter(({ kind }) => kind === 'reply' || kind === 'note').length,
  );
  const count = stopped > 0 ? stopped : messages;
  return (
    <button
      type="button"
      className={`view ${shown ? 'on' : ''} ${stopped > 0 ? 'alert' : ''}`}
      aria-current={shown ? 'page' : undefined}
      title={tipOf(texts.outbox, count)}
      onClick={() => {
        outbox.show('waiting');
      }}
    >
      <Send size={15} strokeWidth={1.8} aria-hidden="true" />
      <span>{texts.outbox}</span>
      {count > 0 && <b>{formatCount(count)}</b>}
    </button>
  );
}
