import type { NewTicket, WritingApi } from '../api/api.ts';
import { failureOf } from '../api/failure.ts';
import type { Field, Slot } from './slot.ts';
import { outgoing, restOf } from './outgoing.ts';
import { findAllOpened, openTicket, type OpenedTicket } from './ticket-delivery.ts';
import {
  createTicketForm,
  emptyTicket,
  wrongIn,
  type Attempt,
  type UnsentTicket,
} from './ticket-form.ts';

export type TicketDraft = ReturnType<typeof createTicketDraft>;

/**
 * The ticket that a customer is writing. It outlives its dialog. `addTo`: takes text that was typed
 * while the ticket was being sent, and now belongs to that ticket.
 */
export function createTicketDraft(
  api: WritingApi,
  openSlot: (field: Field<UnsentTicket>) => Slot<UnsentTicket>,
  addTo: (id: string, text: string) => void,
) {
  const form = createTicketForm(openSlot);
  const { store, show, save } = form;
  /** The latest attempt that has arrived, until its ticket is known to exist twice. */
  let settled: Attempt | null = null;

  /** Looks whether that ticket exists twice. A later look tries again if this one fails. */
  async function look(): Promise<void> {
    const mine = settled;
    if (mine === null || api.takesKeys()) return;
    const all = await findAllOpened(mine, api).catch(() => []);
    if (all.length < 2 || settled !== mine) return;
    settled = null;
    store.setState({ twins: all.map(({ id }) => id) });
  }

  /** Keeps text written since: of the message for that ticket, of the subject in the form. */
  function arrived({ id, content }: OpenedTicket): void {
    const { ticket } = store.getState();
    const subject = restOf(ticket.subject, content.subject);
    const rest = restOf(ticket.message, content.message);
    settled = form.attempt;
    form.attempt = null;
    show(subject === '' ? emptyTicket : { ...ticket, subject, message: '' });
    if (rest !== '') addTo(id, rest);
    save();
  }

  return {
    store,
    set(change: Partial<NewTicket>): void {
      show({ ...store.getState().ticket, ...change });
      store.setState(({ wrong }) => ({
        wrong: new Set([...wrong].filter((field) => !(field in change))),
      }));
      save();
    },
    look,
    /** The id of the opened ticket. Null: the reason is in `wrong`, `excess` or `failure`. */
    async send(): Promise<string | null> {
      const { ticket, sending } = store.getState();
      const wrong = wrongIn(ticket);
      store.setState({ wrong });
      if (sending || wrong.size > 0) return null;
      settled = null;
      store.setState({ sending: true, failure: null, twins: [] });
      const content = {
        ...ticket,
        subject: ticket.subject.trim(),
        message: outgoing(ticket.message),
      };
      try {
        const opened = await openTicket(content, api, form);
        arrived(opened);
        store.setState({ sending: false });
        void look();
        return opened.id;
      } catch (error) {
        const failure = failureOf(error);
        const refused = failure.kind === 'invalid' ? { wrong: new Set(failure.fields) } : {};
        store.setState({ sending: false, failure, ...refused });
        return null;
      }
    },
  };
}
