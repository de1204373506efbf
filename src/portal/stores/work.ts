import type { Api, WritingApi } from '../api/api.ts';
import { ApiFailure } from '../api/failure.ts';
import type { Kept } from './kept.ts';
import { createTicketDraft, type TicketDraft } from './new-ticket.ts';
import { createWriter, type Writer } from './writer.ts';

/**
 * What one account is writing: it outlives the part of the page that shows it, and a sign-in that
 * has ended.
 */
export interface Work {
  writer(ticketId: string): Writer;
  newTicket(): TicketDraft;
  /** Anything typed and not sent, in whichever tab. */
  unsent(): { place: string; words: string }[];
}

/** Where a new ticket is kept; tickets are kept by their ids. */
const placeOfNew = 'new';

/** Whose work it is, and whether they are still the one who is signed in. */
export interface Account {
  id: string;
  isSignedIn(): boolean;
}

/** What a page of an older version has kept in this tab, by ticket and for whoever signs in. */
export interface TextBefore {
  take(ticketId: string): string | null;
  clear(): void;
}

export function createWork(
  everybodys: Api,
  kept: Kept,
  account: Account,
  textBefore: TextBefore,
): Work {
  const { id: accountId } = account;
  const api = apiOf(account, everybodys);
  const writers = new Map<string, Writer>();
  let draft: TicketDraft | null = null;

  function writer(id: string): Writer {
    const known = writers.get(id);
    if (known) return known;
    const made = createWriter(api, id, (field) => kept.slot(accountId, id, field));
    writers.set(id, made);
    const old = textBefore.take(id);
    if (old !== null) made.add(old);
    return made;
  }
  return {
    writer,
    newTicket() {
      draft ??= createTicketDraft(
        api,
        (field) => kept.slot(accountId, placeOfNew, field),
        (id, text) => {
          writer(id).add(text);
        },
      );
      return draft;
    },
    unsent: () => kept.unsent(accountId),
  };
}

/** What takes several calls must not go on as somebody else who has signed in between them. */
function apiOf(account: Account, api: Api): WritingApi {
  const asked =
    <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> =>
      account.isSignedIn() ? call(...args) : Promise.reject(new ApiFailure({ kind: 'signed-out' }));
  return {
    takesKeys: api.takesKeys,
    tickets: asked(api.tickets),
    messages: asked(api.messages),
    open: asked(api.open),
    write: asked(api.write),
  };
}
