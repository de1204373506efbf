import type { TicketLevel1 } from '../../contract/entities.ts';
import type { Api, OwnMessage } from '../api/api.ts';
import { failureOf, type Failure } from '../api/failure.ts';
import { newKey } from './key.ts';
import { createLoader, type Loader } from './load.ts';
import type { Writer } from './writer.ts';

/** A phone draws this many at once; more come when they are asked for. */
const shownAtFirst = 30;
const shownMore = 100;
/** What is fetched behind the page, so that it can be printed whole. */
const printed = 1_000;

/** `earlier`: there are messages before these. */
interface Shown {
  ticket: TicketLevel1;
  messages: OwnMessage[];
  earlier: boolean;
}

export type Conversation = ReturnType<typeof createConversation>;

/** One ticket with its messages, and what its customer writes. */
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
    /** True when it has arrived. */
    async send(): Promise<boolean> {
      const isSent = await writer.send();
      // Shows what was sent; after a lost answer, whether it has arrived; after a refusal, what the
      // ticket has become.
      const { failure, note } = writer.store.getState();
      if (isSent || failure !== null || note === 'arrived-before') void loader.load();
      return isSent;
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
