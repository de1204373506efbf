import {
  AlarmClock,
  AlarmClockOff,
  Check,
  ChevronLeft,
  CloudDownload,
  MessagesSquare,
  PanelRight,
  RotateCcw,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Snooze, TicketDetail } from '../../../../contract/bridge.ts';
import type { BridgeErrorCode } from '../../../../contract/errors.ts';
import { CommandKey, useTooltip } from '../../../keys/key.tsx';
import { goBack } from '../../../panes.ts';
import { useAbility, useStoreOf, usePart } from '../../../stores-context.tsx';
import { snoozeText, texts } from '../../../texts.ts';
import { Button, IconButton } from '../../../kit/button.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { fullTime, shortTimeInText } from '../../../kit/format.ts';
import { PriorityIcon } from '../../../kit/priority-icon.tsx';
import { StatusIcon } from '../../../kit/status-icon.tsx';
import { useNow } from '../../../kit/use-now.ts';
import { Conversation } from './conversation.tsx';
import { HeaderPresence } from '../../presence/presence.tsx';

interface Props {
  cards: ReactNode;
  composer: ReactNode;
  /** Shown while no ticket is open. */ greeting: ReactNode;
  /** Shown where this pane stands alone. */ sync: ReactNode;
  onToggleDetails: () => void;
}

/**
 * The right-hand main pane: header, conversation and, as slots, what needs the agent here and the
 * composer.
 */
export function ThreadPane({ cards, composer, greeting, sync, onToggleDetails }: Props) {
  const { thread, ticketId, error } = useStoreOf(
    (s) => s.thread,
    (state) => state,
  );
  if (ticketId === null)
    return (
      <main className="thread" aria-label={texts.noTicket[0]}>
        <EmptyState
          icon={<MessagesSquare size={30} strokeWidth={1.3} />}
          title={texts.noTicket[0]}
          hint={texts.noTicket[1]}
        >
          {greeting}
        </EmptyState>
      </main>
    );
  if (error && !thread)
    return (
      <main className="thread" aria-label={texts.noTicket[0]}>
        <BackHead sync={sync} />
        <NotHere error={error} />
      </main>
    );
  if (!thread)
    return (
      <main className="thread" aria-label={texts.loading} aria-busy="true">
        <BackHead sync={sync} />
      </main>
    );
  return (
    <main className="thread" aria-label={thread.ticket.subject} key={ticketId}>
      <Header sync={sync} onToggleDetails={onToggleDetails} />
      <Conversation />
      {cards}
      {composer}
    </main>
  );
}

/** A ticket that could not be read or fetched. */
function NotHere({ error }: { error: BridgeErrorCode }) {
  const thread = usePart((s) => s.thread);
  const [title, hint] =
    error === 'unreachable'
      ? texts.notHere
      : [texts.errors[error].sentence, texts.errors[error].remedy];
  if (error === 'ticket-not-found') return <EmptyState title={title} hint={hint} />;
  return (
    <EmptyState icon={<CloudDownload size={28} strokeWidth={1.3} />} title={title} hint={hint}>
      <Button
        onClick={() => {
          thread.again();
        }}
      >
        {texts.retry}
      </Button>
    </EmptyState>
  );
}

/** The way back to the list, where that is not beside this pane. */
function Back() {
  const panels = usePart((s) => s.panels);
  const tip = useTooltip('back');
  return (
    <Button
      look="quiet"
      className="back"
      title={tip}
      aria-label={texts.commands.back}
      icon={<ChevronLeft size={16} aria-hidden="true" />}
      onClick={() => {
        goBack(panels);
      }}
    >
      <span>{texts.back}</span>
    </Button>
  );
}

/** The page's first heading, which is the list's where that stands beside this pane. */
function PageHeading() {
  const isAlone = useStoreOf(
    (s) => s.panels,
    ({ room }) => room === 'one',
  );
  return isAlone && <h1 className="sr-only">{texts.app}</h1>;
}

function BackHead({ sync }: Pick<Props, 'sync'>) {
  return (
    <header className="thread-head thread-head-bare">
      <Back />
      <PageHeading />
      {sync}
    </header>
  );
}

function Header({ sync, onToggleDetails }: Pick<Props, 'sync' | 'onToggleDetails'>) {
  const ticket = useStoreOf(
    (s) => s.thread,
    (state) => state.thread?.ticket ?? null,
  );
  const detailsTip = useTooltip('toggleDetails');
  const areDetailsShown = useStoreOf(
    (s) => s.panels,
    ({ room, detailsToggled }) => (room === 'all') !== detailsToggled,
  );
  if (!ticket) return null;
  const closed = ticket.status === 'closed';
  return (
    <header className="thread-head">
      <Back />
      <PageHeading />
      <div className="thread-title">
        <h2 dir="auto" title={ticket.subject}>
          {ticket.subject}
        </h2>
        <UnderTitle ticket={ticket} sync={sync} />
      </div>
      {!closed &&
        (ticket.snooze?.state === 'asleep' ? <Unsnooze /> : <SnoozeButton id={ticket.id} />)}
      {closed ? <ReopenButton /> : <CloseButton />}
      <IconButton
        label={texts.details}
        title={detailsTip}
        className="details-toggle"
        aria-expanded={areDetailsShown}
        onClick={onToggleDetails}
      >
        <PanelRight size={16} />
      </IconButton>
    </header>
  );
}

function UnderTitle({ ticket, sync }: { ticket: TicketDetail } & Pick<Props, 'sync'>) {
  const now = useNow();
  return (
    <div className="thread-under">
      <span className="thread-state">
        <StatusIcon status={ticket.status} />
        {texts.status[ticket.status] ?? ticket.status}
      </span>
      {(ticket.priority === 'urgent' || ticket.priority === 'high') && (
        <span className="thread-state">
          <PriorityIcon priority={ticket.priority} />
          {texts.priority[ticket.priority]}
        </span>
      )}
      {ticket.snooze && <SnoozeMark snooze={ticket.snooze} now={now} />}
      <span className="quiet">
        <bdi>{ticket.requester}</bdi> · {texts.opened}{' '}
        <time title={fullTime(ticket.created_at)}>{shortTimeInText(ticket.created_at, now)}</time>
      </span>
      <HeaderPresence ticketId={ticket.id} />
      {sync}
    </div>
  );
}

function CloseButton() {
  const thread = usePart((s) => s.thread);
  const tip = useTooltip('close');
  const canReopen = useAbility('reopen');
  return (
    <Button
      icon={<Check size={15} />}
      title={canReopen ? tip : texts.cannot.reopenOnceClosed}
      onClick={() => {
        void thread.close();
      }}
    >
      {texts.close}
      <CommandKey id="close" />
    </Button>
  );
}

function ReopenButton() {
  const thread = usePart((s) => s.thread);
  const tip = useTooltip('reopen');
  const canReopen = useAbility('reopen');
  return (
    <Button
      icon={<RotateCcw size={14} />}
      disabled={!canReopen}
      title={canReopen ? tip : texts.cannot.reopen}
      onClick={() => {
        void thread.reopen();
      }}
    >
      {texts.reopen}
      <CommandKey id="reopen" />
    </Button>
  );
}

function SnoozeButton({ id }: { id: string }) {
  const panels = usePart((s) => s.panels);
  const tip = useTooltip('snooze');
  return (
    <Button
      icon={<AlarmClock size={14} />}
      aria-label={texts.commands.snooze}
      title={tip}
      onClick={() => {
        panels.open({ kind: 'picker', picker: 'snooze', targets: [id] });
      }}
    >
      <span className="btn-label">{texts.commands.snooze}</span>
      <CommandKey id="snooze" />
    </Button>
  );
}

/** Says that the ticket sleeps, or why it has come back. */
function SnoozeMark({ snooze, now }: { snooze: Snooze; now: number }) {
  return (
    <span className={snooze.state === 'woke' ? 'snooze-mark woke' : 'snooze-mark'}>
      <AlarmClock size={12} aria-hidden="true" />
      {snoozeText(snooze, now)}
    </span>
  );
}

function Unsnooze() {
  const actions = usePart((s) => s.actions);
  const tip = useTooltip('unsnooze');
  return (
    <Button
      icon={<AlarmClockOff size={14} />}
      aria-label={texts.commands.unsnooze}
      title={tip}
      onClick={() => {
        void actions.apply(actions.targets(), { change: { snoozed_until: null } });
      }}
    >
      <span className="btn-label">{texts.commands.unsnooze}</span>
      <CommandKey id="unsnooze" />
    </Button>
  );
}
