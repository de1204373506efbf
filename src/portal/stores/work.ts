import type { Api, WritingApi } from '../api/api.ts';
import { ApiFailure } from '../api/failure.ts';
import type { Kept } from './kept.ts';
import { createTicketDraft, type TicketDraft } from './new-ticket.ts';
import { createWriter, type Writer } from './writer.ts';

/**
 * The unsent texts of one account. They outlive the part of the page that shows them, and the end of
 * a sign-in.
 */
export interface Work {
  writer(ticketId: string): Writer;
  newTicket(): TicketDraft;
  /** All texts not sent yet, in every tab. */
  unsent(): UnsentText[];
}

/** `words`: the beginning of the text. */
export interface UnsentText {
  place: string;
  words: string;
}

/** The place of the new ticket; the place of a message is the id of its ticket. */
const placeOfNew = 'new';

/** The account that the texts belong to. */
export interface Account {
  id: string;
  isSignedIn(): boolean;
}

/** The texts that an older version of the page has stored in this tab, by ticket, for any account. */
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

/** Sending takes several calls; none may be made for another account that has signed in since. */
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
