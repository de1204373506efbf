import { Check, MessagesSquare, PanelRight, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAbility, useStoreOf, useStores } from '../../stores/context.tsx';
import { texts } from '../../texts.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { fullTime, shortTime } from '../../ui/format.ts';
import { Pill } from '../../ui/pill.tsx';
import { useNow } from '../../ui/use-now.ts';
import { priorityTone, statusTone } from '../../ticket-tones.ts';
import { Conversation } from './conversation.tsx';
import { HeaderPresence } from './presence.tsx';

/** The right-hand main pane: header, conversation and, as slots, what needs the agent here and the composer. */
export function ThreadPane({ cards, composer, onToggleDetails }: { cards: ReactNode; composer: ReactNode; onToggleDetails: () => void }) {
  const { thread, ticketId, error } = useStoreOf((s) => s.thread, (state) => state);
  if (ticketId === null) return <main className="thread" aria-label={texts.noTicket[0]}><EmptyState icon={<MessagesSquare size={30} strokeWidth={1.3} />} title={texts.noTicket[0]} hint={texts.noTicket[1]} /></main>;
  if (error && !thread) return <main className="thread" aria-label={texts.noTicket[0]}><EmptyState title={texts.errors[error].sentence} hint={texts.errors[error].remedy} /></main>;
  if (!thread) return <main className="thread" aria-label={texts.loading} aria-busy="true" />;
  return (
    <main className="thread" aria-label={thread.ticket.subject} key={ticketId}>
      <Header onToggleDetails={onToggleDetails} />
      <Conversation />
      {cards}
      {composer}
    </main>
  );
}

function Header({ onToggleDetails }: { onToggleDetails: () => void }) {
  const { thread: store } = useStores();
  const ticket = useStoreOf((s) => s.thread, (state) => state.thread?.ticket ?? null);
  const canReopen = useAbility('reopen');
  const now = useNow();
  if (!ticket) return null;
  const closed = ticket.status === 'closed';
  return (
    <header className="thread-head">
      <div className="thread-title">
        <h2 dir="auto" title={ticket.subject}>{ticket.subject}</h2>
        <div className="thread-under">
          <Pill tone={statusTone(ticket.status)}>{texts.status[ticket.status] ?? ticket.status}</Pill>
          {(ticket.priority === 'urgent' || ticket.priority === 'high') && <Pill tone={priorityTone(ticket.priority)}>{texts.priority[ticket.priority]}</Pill>}
          <span className="quiet"><bdi>{ticket.requester}</bdi>, {texts.opened} <time title={fullTime(ticket.created_at)}>{shortTime(ticket.created_at, now)}</time></span>
          <HeaderPresence ticketId={ticket.id} />
        </div>
      </div>
      {closed
        ? <Button icon={<RotateCcw size={14} />} disabled={!canReopen} title={canReopen ? undefined : texts.cannot.reopen} onClick={() => { void store.reopen(); }}>{texts.reopen}</Button>
        : <Button icon={<Check size={15} />} title="E" onClick={() => { void store.close(); }}>{texts.close}</Button>}
      <IconButton label={texts.details} className="details-toggle" onClick={onToggleDetails}><PanelRight size={16} /></IconButton>
    </header>
  );
}
