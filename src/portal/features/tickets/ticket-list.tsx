import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { TicketLevel1 } from '../../../contract/wire/entities.ts';
import { watchChanges } from '../../api/live.ts';
import { useDates, useTexts } from '../../language.ts';
import { usePage } from '../../page.tsx';
import { ticketPath } from '../../router.ts';
import type { TicketDraft } from '../../stores/new-ticket.ts';
import { serverSettings } from '../../stores/server-settings.ts';
import { createTicketList } from '../../stores/ticket-list.ts';
import { isPressing, statusTone } from '../../tones.ts';
import { PriorityBadge } from '../../ui/priority.tsx';
import { Badge, Button, FailureNote, Link, Loading } from '../../ui/parts.tsx';
import { NewTicketDialog } from './new-ticket.tsx';
import { Twins } from './twins.tsx';

/** Characters of an unsent ticket. */
const begunShown = 80;

/** The customer's tickets, newest first, and the ticket that they are writing. */
export function TicketList() {
  const texts = useTexts();
  const { session } = usePage();
  const { loader, showOlder } = useTicketList();
  const { value, failure, loading } = useStore(loader.store);
  const [creating, setCreating] = useState(false);
  const draft = useMemo(() => session.work().newTicket(), [session]);
  const load = (): void => {
    void loader.load();
  };
  const create = (): void => {
    setCreating(true);
  };
  const stopCreating = (): void => {
    setCreating(false);
  };

  return (
    <section className="page" aria-labelledby="tickets-title">
      <div className="page-head">
        <h1 id="tickets-title">{texts.list.title}</h1>
        <Button look="main" onClick={create}>
          {texts.list.create}
        </Button>
      </div>
      {!creating && <Begun draft={draft} onContinue={create} />}
      <Twins />
      {failure && <FailureNote failure={failure} onRetry={load} />}
      {!value && !failure && <Loading text={texts.list.loading} />}
      {value && <Tickets tickets={value.rows} />}
      {value?.more && (
        <Button disabled={loading} onClick={showOlder}>
          {texts.list.older}
        </Button>
      )}
      {creating && <NewTicketDialog draft={draft} onClose={stopCreating} onOpened={load} />}
    </section>
  );
}

/** The list, loaded again whenever one of its tickets changes. */
function useTicketList(): ReturnType<typeof createTicketList> {
  const { api } = usePage();
  const list = useMemo(() => createTicketList(api), [api]);
  const { loader } = list;
  useEffect(() => {
    void loader.load();
    return watchChanges(api, () => {
      void loader.load();
    });
  }, [api, loader]);
  return list;
}

/** Leads back to a ticket that was begun and not sent. */
function Begun({ draft, onContinue }: { draft: TicketDraft; onContinue: () => void }) {
  const texts = useTexts();
  const { ticket } = useStore(draft.store);
  const begun = ticket.subject.trim() || ticket.message.trim();
  if (begun === '') return null;
  return (
    <div className="notice begun">
      <p>
        {texts.list.begun} <b dir="auto">{begun.slice(0, begunShown)}</b>
      </p>
      <Button onClick={onContinue}>{texts.list.goOn}</Button>
    </div>
  );
}

function Tickets({ tickets }: { tickets: readonly TicketLevel1[] }) {
  const texts = useTexts();
  if (tickets.length === 0)
    return (
      <div className="empty">
        <strong>{texts.list.empty}</strong>
        <p>{texts.list.emptyHint}</p>
      </div>
    );
  return (
    <ul className="tickets">
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <TicketRow ticket={ticket} />
        </li>
      ))}
    </ul>
  );
}

function TicketRow({ ticket }: { ticket: TicketLevel1 }) {
  const texts = useTexts();
  const dates = useDates();
  const { asksPriority } = useStore(serverSettings);
  return (
    <Link to={ticketPath(ticket.id)} className="ticket">
      <span className="ticket-subject" dir="auto">
        {ticket.subject}
      </span>
      <span className="ticket-facts">
        <Badge tone={statusTone(ticket.status)}>
          {texts.statuses[ticket.status] ?? ticket.status}
        </Badge>
        {asksPriority && isPressing(ticket.priority) && (
          <PriorityBadge priority={ticket.priority} />
        )}
        <span className="quiet">{texts.categories[ticket.category] ?? ticket.category}</span>
        <time className="quiet" dateTime={ticket.updated_at}>
          {texts.list.updated(dates.short(ticket.last_message_at ?? ticket.updated_at))}
        </time>
      </span>
    </Link>
  );
}
