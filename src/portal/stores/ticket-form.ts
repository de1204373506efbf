import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { hasSeen } from '../../contract/text.ts';
import { TicketCreate } from '../../contract/wire/api.ts';
import { TicketCategory, TicketPriority } from '../../contract/wire/entities.ts';
import type { NewTicket } from '../api/api.ts';
import type { Failure } from '../api/failure.ts';
import type { Field, Slot } from './slot.ts';
import { excessOf } from './outgoing.ts';
import { serverSettings, ticketMinLength } from './server-settings.ts';

const wordsShown = 80;
const longestSubject = 200;

const Content = z.object({
  subject: z.string(),
  category: TicketCategory,
  priority: TicketPriority,
  message: z.string(),
});
/**
 * A ticket that may have been opened or not. `tried`: its contents, all sent with one `key`.
 * `newest`: the customer's newest ticket before the first try.
 */
const Attempt = z.object({
  key: z.string(),
  tried: z.array(Content),
  newest: z.string().nullable(),
});
export type Attempt = z.infer<typeof Attempt>;
const Unsent = z.object({ ticket: Content, attempt: Attempt.nullable() });
export type UnsentTicket = z.infer<typeof Unsent>;

interface FormState {
  ticket: NewTicket;
  /** Names of the fields that cannot be sent as they are. */
  wrong: ReadonlySet<string>;
  sending: boolean;
  failure: Failure | null;
  /** Characters over the limit. */
  excess: { subject: number; message: number };
  /** False: the browser's storage is full, so the text exists only in the form. */
  kept: boolean;
  /** The tickets that a server without keys has made of one, or none. */
  twins: readonly string[];
}

/** The form of a new ticket, with its attempt, as it is stored in the browser. */
export interface TicketForm {
  store: StoreApi<FormState>;
  attempt: Attempt | null;
  show(ticket: NewTicket): void;
  save(): void;
}

export const emptyTicket: NewTicket = {
  subject: '',
  category: 'account',
  priority: 'medium',
  message: '',
};
const excessIn = ({ subject, message }: NewTicket): FormState['excess'] => ({
  subject: excessOf(subject, longestSubject),
  message: excessOf(message),
});

export function createTicketForm(
  openSlot: (field: Field<UnsentTicket>) => Slot<UnsentTicket>,
): TicketForm {
  const store = createStore<FormState>(() => ({
    ticket: emptyTicket,
    wrong: new Set<string>(),
    sending: false,
    failure: null,
    excess: excessIn(emptyTicket),
    kept: true,
    twins: [],
  }));
  const held = (): UnsentTicket | null => {
    const { ticket } = store.getState();
    const isEmpty = ticket.subject === '' && ticket.message === '' && form.attempt === null;
    return isEmpty ? null : { ticket, attempt: form.attempt };
  };
  function replace(content: UnsentTicket | null): void {
    form.attempt = content?.attempt ?? null;
    store.setState({ failure: null, wrong: new Set() });
    form.show(content?.ticket ?? emptyTicket);
  }
  const form: TicketForm = {
    store,
    attempt: null,
    show(ticket) {
      store.setState({ ticket, excess: excessIn(ticket) });
    },
    save() {
      store.setState({ kept: slot.save(held()) });
    },
  };
  const slot = openSlot({
    schema: Unsent,
    words: ({ ticket }) => (ticket.subject.trim() || ticket.message.trim()).slice(0, wordsShown),
    held,
    replace,
  });
  replace(slot.initial);
  return form;
}

/** The names of the wrong fields. A text that is too long is wrong too; `excess` says by how much. */
export function wrongIn(ticket: NewTicket): ReadonlySet<string> {
  const parsed = TicketCreate.safeParse(ticket);
  if (!parsed.success) return new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  const isLong = hasSeen(parsed.data.message, ticketMinLength(serverSettings.getState()));
  return new Set(isLong ? [] : ['message']);
}
