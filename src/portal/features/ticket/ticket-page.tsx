import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { TicketLevel1 } from '../../../contract/entities.ts';
import { watchChanges } from '../../api/live.ts';
import { useDates, useTexts } from '../../language.ts';
import { usePage } from '../../page.tsx';
import { home, navigate, route, ticketPath } from '../../router.ts';
import { createConversation, type Conversation } from '../../stores/conversation.ts';
import { tell } from '../../stores/toasts.ts';
import { priorityTone, statusTone } from '../../tones.ts';
import { Badge, Button, Dialog, FailureNote, Link, Loading } from '../../ui/parts.tsx';
import { Messages } from './messages.tsx';
import { Writer } from './writer.tsx';

/** How long 'Ticket closed successfully' is read before the list comes. */
const readMs = 1_500;

/** One ticket: its conversation, where its customer writes, and its details. */
export function TicketPage({ id }: { id: string }) {
  const texts = useTexts();
  const { api, session } = usePage();
  const conversation = useMemo(
    () => createConversation(api, id, session.work().writer(id)),
    [api, id, session],
  );
  const { value, failure } = useStore(conversation.loader.store);

  useEffect(() => {
    void conversation.loader.load();
    return watchChanges(api, () => {
      void conversation.loader.load();
    });
  }, [api, conversation]);

  if (!value)
    return (
      <section className="page">
        <Link to={home} className="back">
          {texts.ticket.back}
        </Link>
        {failure ? (
          <FailureNote
            whole
            failure={failure}
            onRetry={() => {
              void conversation.loader.load();
            }}
          />
        ) : (
          <Loading text={texts.ticket.loading} />
        )}
      </section>
    );
  const { ticket, messages, earlier } = value;
  const closed = ticket.status === 'closed';
  return (
    <section className="page page-ticket" aria-labelledby="ticket-subject">
      <div className="ticket-head">
        <Link to={home} className="back">
          {texts.ticket.back}
        </Link>
        <div className="page-head">
          <h1 id="ticket-subject" dir="auto">
            {ticket.subject}
          </h1>
          {!closed && <CloseTicket conversation={conversation} />}
        </div>
        <p className="ticket-facts">
          <Badge tone={statusTone(ticket.status)}>
            {texts.statuses[ticket.status] ?? ticket.status}
          </Badge>
          <span className="quiet">{texts.ticket.number(ticket.id.slice(0, 8))}</span>
        </p>
      </div>
      <div className="conversation">
        {failure && (
          <FailureNote
            failure={failure}
            onRetry={() => {
              void conversation.loader.load();
            }}
          />
        )}
        <Messages
          conversation={conversation}
          messages={messages}
          onEarlier={earlier ? conversation.showEarlier : null}
        />
        <Writer conversation={conversation} closed={closed} />
      </div>
      <Details ticket={ticket} />
    </section>
  );
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
    if (failure && failure.kind !== 'not-found') {
      tell('bad', texts.failures[failure.kind].join('. '));
      return;
    }
    tell('good', texts.ticket.closed);
    // Not if the customer has gone elsewhere meanwhile.
    setTimeout(() => {
      if (route.getState().path === ticketPath(conversation.id)) navigate(home);
    }, readMs);
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
        <Dialog
          title={texts.ticket.closeAsk}
          onClose={() => {
            setAsking(false);
          }}
        >
          <p>{texts.ticket.closeHint}</p>
          <div className="dialog-end">
            <Button
              onClick={() => {
                setAsking(false);
              }}
            >
              {texts.ticket.cancel}
            </Button>
            <Button
              look="danger"
              disabled={busy}
              onClick={() => {
                void close();
              }}
            >
              {busy ? texts.ticket.closing : texts.ticket.closeYes}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Details({ ticket }: { ticket: TicketLevel1 }) {
  const texts = useTexts();
  const dates = useDates();
  return (
    <aside className="side" aria-label={texts.ticket.details}>
      <h2>{texts.ticket.details}</h2>
      <dl>
        <div>
          <dt>{texts.ticket.category}</dt>
          <dd>
            <Badge tone="grey">{texts.categories[ticket.category] ?? ticket.category}</Badge>
          </dd>
        </div>
        <div>
          <dt>{texts.ticket.status}</dt>
          <dd>
            <Badge tone={statusTone(ticket.status)}>
              {texts.statuses[ticket.status] ?? ticket.status}
            </Badge>
          </dd>
        </div>
        <div>
          <dt>{texts.ticket.priority}</dt>
          <dd>
            <Badge tone={priorityTone(ticket.priority)}>
              {texts.priorities[ticket.priority] ?? ticket.priority}
            </Badge>
          </dd>
        </div>
        <div>
          <dt>{texts.ticket.created}</dt>
          <dd>
            <time dateTime={ticket.created_at}>{dates.full(ticket.created_at)}</time>
          </dd>
        </div>
        <div>
          <dt>{texts.ticket.updated}</dt>
          <dd>
            <time dateTime={ticket.updated_at}>{dates.full(ticket.updated_at)}</time>
          </dd>
        </div>
      </dl>
      <div className="urgent">
        <strong>{texts.ticket.help}</strong>
        <p>
          {texts.ticket.helpHint}
          <br />
          <a href={`tel:${texts.ticket.phone.replace(/[^+\d]/g, '')}`}>{texts.ticket.phone}</a>
        </p>
      </div>
    </aside>
  );
}
