import type { TicketLevel1 } from '../../contract/wire/entities.ts';
import type { Api, OwnMessage } from '../api/api.ts';
import { failureOf, type Failure } from '../api/failure.ts';
import { newKey } from './key.ts';
import { createLoader, type Loader } from './load.ts';
import type { Writer } from './writer.ts';

/** As many as a phone draws without delay; the customer can ask for more. */
const shownAtFirst = 30;
const shownMore = 100;
/** Fetched in the background, so that the complete conversation can be printed. */
const printed = 1_000;

/** `earlier`: there are messages before `messages`. */
interface Shown {
  ticket: TicketLevel1;
  messages: OwnMessage[];
  earlier: boolean;
}

export type Conversation = ReturnType<typeof createConversation>;

/** One ticket with its messages, and the message that its customer is writing. */
export function createConversation(api: Api, id: string, writer: Writer) {
  let wanted = shownAtFirst;
  const loader: Loader<Shown> = createLoader(async () => {
    const [ticket, { rows, more }] = await Promise.all([api.ticket(id), api.messages(id, wanted)]);
    return { ticket, messages: rows, earlier: more };
  });
  const forPrint = createLoader(() => api.messages(id, printed));
  loader.store.subscribe(({ value }, { value: before }) => {
    if (value === null || value === before) return;
    writer.seen(value.messages);
    if (value.earlier && forPrint.store.getState().value === null) void forPrint.load();
  });
  const closeKey = newKey();

  return {
    id,
    loader,
    writer,
    forPrint,
    showEarlier(): Promise<void> {
      wanted += shownMore;
      return loader.load();
    },
    /** True if the text in the field has arrived. */
    async send(): Promise<boolean> {
      const isSent = await writer.send();
      // Shows the sent message; after a lost response, whether it has arrived; after a refusal, the
      // present state of the ticket.
      const { failure, note } = writer.store.getState();
      if (isSent || failure !== null || note === 'arrived-before') void loader.load();
      return isSent;
    },
    /** Null if it worked. */
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
