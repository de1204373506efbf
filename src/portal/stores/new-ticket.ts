import { z } from 'zod';
import { createStore } from 'zustand/vanilla';
import { TicketCreate } from '../../contract/api.ts';
import { TicketCategory, TicketPriority, type TicketLevel1 } from '../../contract/entities.ts';
import type { NewTicket, WritingApi } from '../api/api.ts';
import { failureOf, isRefusal, type Failure } from '../api/failure.ts';
import { newKey } from './key.ts';
import type { Field, Slot } from './kept.ts';
import { excessOf, outgoing, restOf, sameText } from './outgoing.ts';

/** How far back a ticket is looked for; one that was just opened is among the newest. */
const lookedThrough = 20;
const wordsShown = 80;
const longestSubject = 200;

const Content = z.object({
  subject: z.string(),
  category: TicketCategory,
  priority: TicketPriority,
  message: z.string(),
});
/**
 * As with a message: one key for each content that was tried. `newest` is the ticket that was the
 * newest before.
 */
const Attempt = z.object({
  key: z.string(),
  tried: z.array(Content),
  newest: z.string().nullable(),
});
type Attempt = z.infer<typeof Attempt>;
const Unsent = z.object({ ticket: Content, attempt: Attempt.nullable() });
export type UnsentTicket = z.infer<typeof Unsent>;

export interface TicketForm {
  ticket: NewTicket;
  wrong: ReadonlySet<string>;
  sending: boolean;
  failure: Failure | null;
  /** Characters over the limit. */
  excess: { subject: number; message: number };
  /** False: this browser has no room, so the text is in the form alone. */
  kept: boolean;
}

/** A ticket that has been opened: the one that was sent, or one of the tries before. */
interface Opened {
  id: string;
  content: NewTicket;
}

export type TicketDraft = ReturnType<typeof createTicketDraft>;

const empty: NewTicket = { subject: '', category: 'account', priority: 'medium', message: '' };
const excessIn = ({ subject, message }: NewTicket): TicketForm['excess'] => ({
  subject: excessOf(subject, longestSubject),
  message: excessOf(message),
});

/**
 * The ticket that a customer is writing. It outlives its dialog. `addTo`: what was typed behind a
 * message that has gone belongs to its ticket.
 */
export function createTicketDraft(
  api: WritingApi,
  openSlot: (field: Field<UnsentTicket>) => Slot<UnsentTicket>,
  addTo: (id: string, text: string) => void,
) {
  const store = createStore<TicketForm>(() => ({
    ticket: empty,
    wrong: new Set<string>(),
    sending: false,
    failure: null,
    excess: excessIn(empty),
    kept: true,
  }));
  let attempt: Attempt | null = null;

  const held = (): UnsentTicket | null => {
    const { ticket } = store.getState();
    return ticket.subject === '' && ticket.message === '' && attempt === null
      ? null
      : { ticket, attempt };
  };
  const slot = openSlot({
    schema: Unsent,
    words: ({ ticket }) => (ticket.subject.trim() || ticket.message.trim()).slice(0, wordsShown),
    held,
    replace,
  });
  replace(slot.initial);

  function replace(content: UnsentTicket | null): void {
    attempt = content?.attempt ?? null;
    store.setState({ failure: null, wrong: new Set() });
    show(content?.ticket ?? empty);
  }

  function show(ticket: NewTicket): void {
    store.setState({ ticket, excess: excessIn(ticket) });
  }
  function save(): void {
    store.setState({ kept: slot.save(held()) });
  }

  /** The ticket of this attempt that is there. */
  async function found({ tried, newest }: Attempt): Promise<Opened | null> {
    const { rows } = await api.tickets(lookedThrough);
    const known = rows.findIndex((row) => row.id === newest);
    for (const row of known < 0 ? rows : rows.slice(0, known)) {
      const content = await contentOf(row, tried);
      if (content) return { id: row.id, content };
    }
    return null;
  }

  async function contentOf(
    row: TicketLevel1,
    tried: readonly NewTicket[],
  ): Promise<NewTicket | null> {
    const likely = tried.filter(({ subject }) => sameText(subject, row.subject));
    if (likely.length === 0) return null;
    const { rows } = await api.messages(row.id, lookedThrough);
    return likely.find(({ message }) => rows.some((one) => sameText(one.message, message))) ?? null;
  }

  async function deliver(content: NewTicket): Promise<Opened> {
    if (attempt !== null && !api.takesKeys()) {
      const earlier = await found(attempt);
      if (earlier && isSameTicket(content, earlier.content)) return earlier;
      if (earlier) attempt = null;
    }
    attempt ??= { key: newKey(), tried: [], newest: (await api.tickets(1)).rows[0]?.id ?? null };
    const mine = { ...attempt, tried: [...attempt.tried, content] };
    attempt = mine;
    save();
    try {
      const { id } = await api.open(content, mine.key);
      return { id, content };
    } catch (error) {
      return settle(content, mine, error);
    }
  }

  async function settle(content: NewTicket, mine: Attempt, error: unknown): Promise<Opened> {
    const failure = failureOf(error);
    if (failure.kind === 'key-used') {
      const earlier = await found(mine);
      if (earlier && isSameTicket(content, earlier.content)) return earlier;
      // Removed at a sign-out, or gone on with in another tab.
      if (attempt !== mine) throw error;
      attempt = null;
      return deliver(content);
    }
    if (isRefusal(failure) && attempt === mine) {
      attempt = null;
      save();
    }
    throw error;
  }

  /**
   * What was written since it was sent stays: of the message it belongs to that ticket, of the
   * subject to the form.
   */
  function arrived({ id, content }: Opened): void {
    const { ticket } = store.getState();
    const subject = restOf(ticket.subject, content.subject);
    const rest = restOf(ticket.message, content.message);
    attempt = null;
    show(subject === '' ? empty : { ...ticket, subject, message: '' });
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
    /**
     * The id of the ticket, once it is there. Null: errors stand in `wrong`, `excess` or `failure`.
     */
    async send(): Promise<string | null> {
      const { ticket, sending } = store.getState();
      const wrong = wrongIn(ticket);
      store.setState({ wrong });
      if (sending || wrong.size > 0) return null;
      store.setState({ sending: true, failure: null });
      try {
        const opened = await deliver({
          ...ticket,
          subject: ticket.subject.trim(),
          message: outgoing(ticket.message),
        });
        arrived(opened);
        store.setState({ sending: false });
        return opened.id;
      } catch (error) {
        const failure = failureOf(error);
        store.setState({
          sending: false,
          failure,
          ...(failure.kind === 'invalid' ? { wrong: new Set(failure.fields) } : {}),
        });
        return null;
      }
    },
  };
}

/** Else the form has been written anew since, and is another ticket. */
function isSameTicket(now: NewTicket, earlier: NewTicket): boolean {
  return (
    sameText(now.subject, earlier.subject) || restOf(now.message, earlier.message) !== now.message
  );
}

/** Field by field; a long text is wrong too, and its words are in `excess`. */
function wrongIn(ticket: NewTicket): ReadonlySet<string> {
  const parsed = TicketCreate.safeParse(ticket);
  return new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0])));
}
