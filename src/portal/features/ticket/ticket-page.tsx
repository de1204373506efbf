import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { TicketLevel1 } from '../../../contract/wire/entities.ts';
import type { Failure } from '../../api/failure.ts';
import { watchChanges } from '../../api/live.ts';
import { useDates, useTexts } from '../../language.ts';
import { usePage } from '../../page.tsx';
import { home, navigate, route, ticketPath } from '../../router.ts';
import { createConversation, type Conversation } from '../../stores/conversation.ts';
import { serverSettings } from '../../stores/server-settings.ts';
import { tell } from '../../stores/toasts.ts';
import { statusTone } from '../../tones.ts';
import { PriorityBadge } from '../../ui/priority.tsx';
import { Badge, Button, Dialog, FailureNote, Link, Loading } from '../../ui/parts.tsx';
import { Twins } from '../tickets/twins.tsx';
import { Messages } from './messages.tsx';
import { Writer } from './writer.tsx';

/** Time to read 'Ticket closed successfully' before the list is shown. */
const readMs = 1_500;

/** One ticket: its conversation, the form for a message, and its details. */
export function TicketPage({ id }: { id: string }) {
  const conversation = useConversation(id);
  const { value, failure } = useStore(conversation.loader.store);
  const load = (): void => {
    void conversation.loader.load();
  };
  if (!value) return <NotLoaded failure={failure} onRetry={load} />;
  const { ticket, messages, earlier } = value;
  const closed = ticket.status === 'closed';
  return (
    <section className="page page-ticket" aria-labelledby="ticket-subject">
      <Head ticket={ticket}>{!closed && <CloseTicket conversation={conversation} />}</Head>
      <Details ticket={ticket} />
      <div className="conversation">
        <Twins of={id} />
        {failure && <FailureNote failure={failure} onRetry={load} />}
        <Messages
          conversation={conversation}
          messages={messages}
          onEarlier={earlier ? conversation.showEarlier : null}
        />
        <Writer conversation={conversation} closed={closed} />
      </div>
    </section>
  );
}

/** The conversation, loaded again whenever it changes. */
function useConversation(id: string): Conversation {
  const { api, session } = usePage();
  const conversation = useMemo(
    () => createConversation(api, id, session.work().writer(id)),
    [api, id, session],
  );
  useEffect(() => {
    void conversation.loader.load();
    return watchChanges(api, () => {
      void conversation.loader.load();
    });
  }, [api, conversation]);
  return conversation;
}

function NotLoaded({ failure, onRetry }: { failure: Failure | null; onRetry: () => void }) {
  const texts = useTexts();
  return (
    <section className="page">
      <BackLink />
      {failure ? (
        <FailureNote whole failure={failure} onRetry={onRetry} />
      ) : (
        <Loading text={texts.ticket.loading} />
      )}
    </section>
  );
}

function BackLink() {
  const texts = useTexts();
  return (
    <Link to={home} className="back">
      {texts.ticket.back}
    </Link>
  );
}

function Head({ ticket, children }: { ticket: TicketLevel1; children: ReactNode }) {
  const texts = useTexts();
  return (
    <div className="ticket-head">
      <BackLink />
      <div className="page-head">
        <h1 id="ticket-subject" dir="auto">
          {ticket.subject}
        </h1>
        {children}
      </div>
      <p className="ticket-facts">
        <span className="narrow">
          <StatusBadge ticket={ticket} />
        </span>
        <span className="quiet">{texts.ticket.number(ticket.id.slice(0, 8))}</span>
      </p>
    </div>
  );
}

function StatusBadge({ ticket: { status } }: { ticket: TicketLevel1 }) {
  const texts = useTexts();
  return <Badge tone={statusTone(status)}>{texts.statuses[status] ?? status}</Badge>;
}

function CloseTicket({ conversation }: { conversation: Conversation }) {
  const texts = useTexts();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);

  async function close(): Promise<void> {
    setBusy(true);
    const failure = await conversation.close();
    setBusy(false);
    setAsking(false);
    if (failure && failure.kind !== 'not-found')
      tell('bad', texts.failures[failure.kind].join('. '));
    else showClosed(conversation.id, texts.ticket.closed);
  }
  return (
    <>
      <Button
        onClick={() => {
          setAsking(true);
        }}
      >
        {texts.ticket.close}
      </Button>
      {asking && (
        <CloseDialog
          busy={busy}
          onCancel={() => {
            setAsking(false);
          }}
          onClose={() => {
            void close();
          }}
        />
      )}
    </>
  );
}

/** Says that the ticket is closed, then shows the list. */
function showClosed(id: string, text: string): void {
  tell('good', text);
  // Not if the customer has gone to another page meanwhile.
  setTimeout(() => {
    if (route.getState().path === ticketPath(id)) navigate(home);
  }, readMs);
}

function CloseDialog({
  busy,
  onCancel,
  onClose,
}: {
  busy: boolean;
  onCancel: () => void;
  onClose: () => void;
}) {
  const texts = useTexts();
  return (
    <Dialog title={texts.ticket.closeAsk} onClose={onCancel}>
      <p>{texts.ticket.closeHint}</p>
      <div className="dialog-end">
        <Button onClick={onCancel}>{texts.ticket.cancel}</Button>
        <Button look="danger" disabled={busy} onClick={onClose}>
          {busy ? texts.ticket.closing : texts.ticket.closeYes}
        </Button>
      </div>
    </Dialog>
  );
}

function Details({ ticket }: { ticket: TicketLevel1 }) {
  const texts = useTexts();
  const { asksPriority } = useStore(serverSettings);
  return (
    <aside className="side" aria-label={texts.ticket.details}>
      <h2>{texts.ticket.details}</h2>
      <dl>
        <Fact name={texts.ticket.category}>
          <Badge tone="grey">{texts.categories[ticket.category] ?? ticket.category}</Badge>
        </Fact>
        <Fact name={texts.ticket.status}>
          <StatusBadge ticket={ticket} />
        </Fact>
        {asksPriority && (
          <Fact name={texts.ticket.priority}>
            <PriorityBadge priority={ticket.priority} />
          </Fact>
        )}
        <Fact name={texts.ticket.created}>
          <FullTime at={ticket.created_at} />
        </Fact>
        <Fact name={texts.ticket.updated}>
          <FullTime at={ticket.updated_at} />
        </Fact>
      </dl>
      <Phone />
    </aside>
  );
}

function Phone() {
  const texts = useTexts();
  const { phone } = useStore(serverSettings);
  if (phone === null) return null;
  return (
    <div className="urgent">
      <strong>{texts.ticket.help}</strong>
      <p>
        {texts.ticket.helpHint} <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>
      </p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function FullTime({ at }: { at: string }) {
  const dates = useDates();
  return <time dateTime={at}>{dates.full(at)}</time>;
}
