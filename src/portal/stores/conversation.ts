import { createStore } from 'zustand/vanilla';
import type { MessageLevel1, TicketLevel1 } from '../../contract/entities.ts';
import type { Api } from '../api/client.ts';
import { shortestMessage } from '../api/client.ts';
import type { Failure } from '../api/failure.ts';
import { failureOf } from '../api/failure.ts';
import { newKey } from './key.ts';
import type { Loader } from './load.ts';
import { createLoader } from './load.ts';

/** A phone draws this many at once; more come when they are asked for. */
const shownAtFirst = 30;
const shownMore = 100;

/** `earlier`: there are messages before these. */
interface Shown { ticket: TicketLevel1; messages: MessageLevel1[]; earlier: boolean }

export interface Writing { text: string; sending: boolean; /** The last try to send it. */ failure: Failure | null; tooShort: boolean }

export type Conversation = ReturnType<typeof createConversation>;

/** One ticket with its messages, and what its customer writes. */
export function createConversation(api: Api, id: string) {
  let wanted = shownAtFirst;
  const loader: Loader<Shown> = createLoader(async () => {
    const [ticket, { rows, more }] = await Promise.all([api.ticket(id), api.messages(id, wanted)]);
    return { ticket, messages: rows, earlier: more };
  });
  const writing = createStore<Writing>(() => ({ text: drafts.read(id), sending: false, failure: null, tooShort: false }));
  /** The text that a key stands for: tried again, it must not arrive twice; changed, it is another message. */
  let attempt: { text: string; key: string; known: ReadonlySet<string> } | null = null;
  const closeKey = newKey();

  return {
    id, loader, writing,
    showEarlier(): Promise<void> {
      wanted += shownMore;
      return loader.load();
    },
    type(text: string): void {
      drafts.write(id, text);
      writing.setState({ text, tooShort: false });
    },
    /** True when it has arrived. The text stays until then. */
    async send(): Promise<boolean> {
      const { text, sending } = writing.getState();
      const message = text.trim();
      if (sending) return false;
      if ([...message].length < shortestMessage) { writing.setState({ tooShort: true }); return false; }
      const again = attempt?.text === message ? attempt : null;
      attempt = again ?? { text: message, key: newKey(), known: idsOf(loader.store.getState().value?.messages) };
      writing.setState({ sending: true, failure: null, tooShort: false });
      try {
        // A server of level 1 knows no keys: whether the first try has arrived is read from the conversation.
        if (!again || !(await api.messages(id, wanted)).rows.some((one) => !one.is_staff && one.message === message && !again.known.has(one.id))) await api.write(id, message, attempt.key);
        attempt = null;
        drafts.write(id, '');
        writing.setState({ text: '', sending: false });
        void loader.load();
        return true;
      } catch (error) {
        const failure = failureOf(error);
        writing.setState({ sending: false, failure });
        // Closed meanwhile: the page must show that.
        if (failure.kind === 'closed' || failure.kind === 'not-found') void loader.load();
        return false;
      }
    },
    /** Null when it worked. */
    async close(): Promise<Failure | null> {
      try {
        await api.close(id, closeKey);
        await loader.load();
        return null;
      } catch (error) {
        void loader.load();
        return failureOf(error);
      }
    },
  };
}

function idsOf(messages: readonly MessageLevel1[] = []): ReadonlySet<string> {
  return new Set(messages.map((message) => message.id));
}

/** What is not sent yet survives a reload of this tab, and nothing more. */
const drafts = {
  read: (id: string): string => sessionStorage.getItem(`draft ${id}`) ?? '',
  write(id: string, text: string): void {
    if (text === '') sessionStorage.removeItem(`draft ${id}`);
    else sessionStorage.setItem(`draft ${id}`, text);
  },
};
