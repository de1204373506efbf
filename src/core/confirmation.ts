import type { MessageLevel1, Ticket, TicketLevel1 } from '../contract/wire/entities.ts';
import { assertNever } from './assert-never.ts';
import type { Operation, OperationIntent } from './operation.ts';
import { hasTag } from './tags.ts';
import { parseWireTime } from './time.ts';

/** A message as a response, a thread or a row of the feed shows it. */
export interface Shown extends Pick<
  MessageLevel1,
  'id' | 'ticket_id' | 'user_id' | 'staff_id' | 'message' | 'is_internal'
> {
  client_id?: string | null;
}

/** The knowledge of this desk by which a message or a ticket is judged. */
export interface Witness {
  me: string;
  /**
   * `key`: the server returns the operation's id with its result; `text`: a level-1 server knows no
   * ids.
   */
  namedBy: 'key' | 'text';
  /**
   * The ticket that a ticket's conversation continues in, after any number of merges; null if it
   * was not merged.
   */
  mergedInto: (ticketId: string) => string | null;
  /** The message is another one: it was there before, or confirms another operation. */
  isTaken: (messageId: string) => boolean;
}

/** Why a message is not the result of an operation. */
export type Mismatch =
  | 'no-message'
  | 'other-key'
  | 'other-ticket'
  | 'other-kind'
  | 'other-author'
  | 'other-text'
  | 'taken'
  | 'other-effect'
  | 'older-state';

type MessageIntent = Extract<OperationIntent, { kind: 'reply' | 'note' }>;
type Judged = Pick<Operation, 'id' | 'ticketId' | 'intent'>;

/**
 * Decides whether a message is the result of an operation, wherever it was read: in a response, in
 * the feed or in a thread. Operation, ticket, kind, author and text must match; null if they do.
 */
export function whyNotMessage(
  operation: Judged,
  message: Shown,
  witness: Witness,
): Mismatch | null {
  const { intent } = operation;
  if (intent.kind !== 'reply' && intent.kind !== 'note') return 'no-message';
  if (witness.namedBy === 'key' && !namesKey(operation, message)) return 'other-key';
  if (!namesTicket(operation, message.ticket_id, witness)) return 'other-ticket';
  if (!isOfKind(intent, message)) return 'other-kind';
  if (!isMine(message, witness.me)) return 'other-author';
  if (!sameText(intent.text, message.message)) return 'other-text';
  return witness.isTaken(message.id) ? 'taken' : null;
}

const namesKey = (operation: Judged, { client_id: key }: Shown): boolean => key === operation.id;

function namesTicket({ ticketId }: Judged, shown: string, { mergedInto }: Witness): boolean {
  return shown === ticketId || shown === mergedInto(ticketId);
}

const isOfKind = (intent: MessageIntent, message: Shown): boolean =>
  message.is_internal === (intent.kind === 'note');

/** A level-1 server may put the author into `user_id`, even for staff. */
export function isMine(
  { staff_id: staff, user_id: user }: Pick<Shown, 'staff_id' | 'user_id'>,
  me: string,
): boolean {
  return staff === me || (staff === null && user === me);
}

/**
 * True if a reader sees the same text. A server may change what no reader sees: surrounding blanks,
 * line ends, control characters, the form of accents. A truncated or another text differs visibly.
 */
export const sameText = (a: string, b: string): boolean => seenOf(a) === seenOf(b);

const seenOf = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, '');

/**
 * Decides whether a ticket is the result of an operation: it must have the same id and show the
 * requested values. `notBefore`: the version known when the operation was made; a response is
 * stored with the effect, so its version is higher.
 */
export function whyNotTicket(
  operation: Judged,
  ticket: Ticket | TicketLevel1,
  notBefore: number | null,
): Mismatch | null {
  const { intent } = operation;
  if (ticket.id !== operation.ticketId) return 'other-ticket';
  if (!showsEffect(intent, ticket)) return 'other-effect';
  if (notBefore !== null && 'version' in ticket && ticket.version <= notBefore)
    return 'older-state';
  return null;
}

function showsEffect(intent: Judged['intent'], ticket: Ticket | TicketLevel1): boolean {
  switch (intent.kind) {
    case 'close':
      return ticket.status === 'closed';
    case 'reopen':
      return ticket.status === 'open';
    case 'change':
      return 'version' in ticket && showsChange(intent, ticket);
    case 'reply':
    case 'note':
    case 'unreadable':
      return false;
    default:
      return assertNever(intent);
  }
}

function showsChange(
  { change }: Extract<OperationIntent, { kind: 'change' }>,
  ticket: Ticket,
): boolean {
  const { tags, ...fields } = change;
  const set = Object.entries(fields).filter(([, value]) => value !== undefined) as [
    keyof typeof fields,
    string | null,
  ][];
  return (
    set.every(([field, value]) => sameValue(field, value, ticket[field])) &&
    (tags === undefined || showsTags(tags, ticket.tags))
  );
}

function sameValue(field: string, wanted: string | null, shown: string | null): boolean {
  if (wanted === null || shown === null) return wanted === shown;
  if (field === 'snoozed_until') return parseWireTime(wanted) === parseWireTime(shown);
  return field === 'subject' ? sameText(wanted, shown) : wanted === shown;
}

/**
 * A server keeps the first spelling of a tag. Removals come first, so that a tag in both lists
 * stays.
 */
function showsTags(
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
  shown: readonly string[],
): boolean {
  return (
    add.every((tag) => hasTag(shown, tag)) &&
    remove.every((tag) => hasTag(add, tag) || !hasTag(shown, tag))
  );
}
