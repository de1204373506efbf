import type { NewTicket, WritingApi } from '../api/api.ts';
import { failureOf, type Failure } from '../api/failure.ts';
import type { Field, Slot } from './slot.ts';
import { outgoing, restOf } from './outgoing.ts';
import { serverSettings } from './server-settings.ts';
import { findAllOpened, openTicket } from './ticket-delivery.ts';
import {
  createTicketForm,
  emptyTicket,
  wrongIn,
  type Attempt,
  type TicketForm,
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
  const twins = createTwinSearch(api, store);

  return {
    store,
    set(change: Partial<NewTicket>): void {
      show({ ...store.getState().ticket, ...change });
      store.setState(({ wrong }) => ({
        wrong: new Set([...wrong].filter((field) => !(field in change))),
      }));
      save();
    },
    look: twins.look,
    /** The id of the opened ticket. Null: the reason is in `wrong`, `excess` or `failure`. */
    async send(): Promise<string | null> {
      const { ticket, sending } = store.getState();
      const wrong = wrongIn(ticket);
      store.setState({ wrong });
      if (sending || wrong.size > 0) return null;
      twins.settle(null);
      store.setState({ sending: true, failure: null, twins: [] });
      try {
        const { id, content } = await openTicket(asSent(ticket), api, form);
        twins.settle(form.attempt);
        const rest = removeArrived(content, form);
        if (rest !== '') addTo(id, rest);
        save();
        store.setState({ sending: false });
        void twins.look();
        return id;
      } catch (error) {
        store.setState({ sending: false, ...shownFailure(error) });
        return null;
      }
    },
  };
}

/** A priority that was chosen when the server still asked for it is not sent unseen. */
const asSent = (ticket: NewTicket): NewTicket => ({
  ...ticket,
  priority: serverSettings.getState().asksPriority ? ticket.priority : emptyTicket.priority,
  subject: ticket.subject.trim(),
  message: outgoing(ticket.message),
});

/**
 * Removes the ticket that has arrived from the form, and keeps a subject written since. Returns the
 * text of the message that was written since, which belongs to that ticket.
 */
function removeArrived(arrived: NewTicket, form: TicketForm): string {
  const { ticket } = form.store.getState();
  const subject = restOf(ticket.subject, arrived.subject);
  form.attempt = null;
  form.show(subject === '' ? emptyTicket : { ...ticket, subject, message: '' });
  return restOf(ticket.message, arrived.message);
}

function shownFailure(error: unknown): { failure: Failure; wrong?: ReadonlySet<string> } {
  const failure = failureOf(error);
  return failure.kind === 'invalid' ? { failure, wrong: new Set(failure.fields) } : { failure };
}

interface TwinSearch {
  /** An attempt has arrived; null while the next one is sent. */
  settle(attempt: Attempt | null): void;
  /** Looks whether its ticket exists twice. A later look tries again if this one fails. */
  look(): Promise<void>;
}

/** Finds the second ticket that a server without keys has made of one attempt. */
function createTwinSearch(api: WritingApi, store: TicketForm['store']): TwinSearch {
  /** The latest attempt that has arrived, until its ticket is known to exist twice. */
  let settled: Attempt | null = null;
  return {
    settle(attempt) {
      settled = attempt;
    },
    async look() {
      const mine = settled;
      if (mine === null || api.takesKeys()) return;
      const all = await findAllOpened(mine, api).catch(() => []);
      if (all.length < 2 || settled !== mine) return;
      settled = null;
      store.setState({ twins: all.map(({ id }) => id) });
    },
  };
}
