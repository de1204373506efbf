import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { watchChanges } from '../../api/live.ts';
import { useDates, useTexts } from '../../language.ts';
import { usePage } from '../../page.tsx';
import { ticketPath } from '../../router.ts';
import { createTicketList } from '../../stores/ticket-list.ts';
import { priorityTone, statusTone } from '../../tones.ts';
import { Badge, Button, FailureNote, Link, Loading } from '../../ui/parts.tsx';
import { NewTicketDialog } from './new-ticket.tsx';

/** Characters of a ticket that is not sent yet. */
const begunShown = 80;

/** The customer's tickets, newest first. */
export function TicketList() {
  const texts = useTexts();
  const dates = useDates();
  const { api, session } = usePage();
  const list = useMemo(() => createTicketList(api), [api]);
  const { loader } = list;
  const { value, failure, loading } = useStore(loader.store);
  const tickets = value?.rows;
  const [creating, setCreating] = useState(false);
  const draft = useMemo(() => session.work().newTicket(), [session]);
  const { ticket: unsent } = useStore(draft.store);
  const begun = unsent.subject.trim() || unsent.message.trim();

  useEffect(() => {
    void loader.load();
    return watchChanges(api, () => {
      void loader.load();
    });
  }, [api, loader]);

  return (
    <section className="page" aria-labelledby="tickets-title">
      <div className="page-head">
        <h1 id="tickets-title">{texts.list.title}</h1>
        <Button
          look="main"
          onClick={() => {
            setCreating(true);
          }}
        >
          {texts.list.create}
        </Button>
      </div>
      {begun !== '' && !creating && (
        <div className="notice begun">
          <p>
            {texts.list.begun} <b dir="auto">{begun.slice(0, begunShown)}</b>
          </p>
          <Button
            onClick={() => {
              setCreating(true);
            }}
          >
            {texts.list.goOn}
          </Button>
        </div>
      )}
      {failure && (
        <FailureNote
          failure={failure}
          onRetry={() => {
            void loader.load();
          }}
        />
      )}
      {!tickets && !failure && <Loading text={texts.list.loading} />}
      {tickets?.length === 0 && (
        <div className="empty">
          <strong>{texts.list.empty}</strong>
          <p>{texts.list.emptyHint}</p>
        </div>
      )}
      {tickets && tickets.length > 0 && (
        <ul className="tickets">
          {tickets.map((ticket) => (
            <li key={ticket.id}>
              <Link to={ticketPath(ticket.id)} className="ticket">
                <span className="ticket-subject" dir="auto">
                  {ticket.subject}
                </span>
                <span className="ticket-facts">
                  <Badge tone={statusTone(ticket.status)}>
                    {texts.statuses[ticket.status] ?? ticket.status}
                  </Badge>
                  {priorityTone(ticket.priority) !== 'grey' && (
                    <Badge tone={priorityTone(ticket.priority)}>
                      {texts.priorities[ticket.priority] ?? ticket.priority}
                    </Badge>
                  )}
                  <span className="quiet">
                    {texts.categories[ticket.category] ?? ticket.category}
                  </span>
                  <time className="quiet" dateTime={ticket.updated_at}>
                    {texts.list.updated(dates.short(ticket.last_message_at ?? ticket.updated_at))}
                  </time>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {value?.more && (
        <Button disabled={loading} onClick={list.showOlder}>
          {texts.list.older}
        </Button>
      )}
      {creating && (
        <NewTicketDialog
          draft={draft}
          onClose={() => {
            setCreating(false);
          }}
          onOpened={() => {
            void loader.load();
          }}
        />
      )}
    </section>
  );
}
