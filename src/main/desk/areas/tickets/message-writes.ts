import type { Message } from '../../../../contract/wire/entities.ts';
import { previewOf } from '../../../../core/overlay.ts';
import { parseWireMicros, parseWireTime } from '../../../../core/time.ts';
import type { WriteDb } from '../../sqlite/connection.ts';
import { awaitMessageIndex, unindexMessages } from '../search/search-index.ts';
import { freeKey } from './tickets-table.ts';
import { carryUnread } from './unread.ts';

/** A customer's message that a merge has put into another ticket. `at` in ms. */
export interface Moved {
  from: string;
  into: string;
  at: number;
}

/**
 * Stores messages, each once; returns those that were not here before. Moves their tickets'
 * previews and last customer times forward, and what is unread of one that a merge has moved,
 * where nobody else wants to do that.
 */
export function storeMessages(
  db: WriteDb,
  messages: readonly Message[],
  generation: number,
  onMoved = (moved: Moved): void => {
    carryUnread(db, moved);
  },
): Message[] {
  const fresh: Message[] = [];
  const talk = new Map<string, Talk>();
  for (const message of messages) {
    const micros = parseWireMicros(message.created_at);
    if (!storeMessage(db, message, micros, generation, onMoved)) continue;
    fresh.push(message);
    if (!message.is_internal)
      talk.set(
        message.ticket_id,
        furthered(talk.get(message.ticket_id), message, Math.floor(micros / 1_000)),
      );
  }
  for (const [ticketId, one] of talk) moveTicket(db, ticketId, one);
  return fresh;
}

const insertMessage = `
  insert or ignore into messages
    (key, id, ticket_id, user_id, staff_id, author_name, text, is_internal, created_at, client_id,
     mentions, generation)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

function storeMessage(
  db: WriteDb,
  message: Message,
  micros: number,
  generation: number,
  onMoved: (moved: Moved) => void,
): boolean {
  const insert = db.prepare(insertMessage);
  const tryAt = (key: number): boolean =>
    insert.run(
      key,
      message.id,
      message.ticket_id,
      message.user_id,
      message.staff_id,
      message.author_name,
      message.message,
      Number(message.is_internal),
      Math.floor(micros / 1_000),
      message.client_id,
      mentionsOf(message),
      generation,
    ).changes > 0;
  let key = micros;
  // Ignored: the message is here, or another one has its microsecond.
  if (!tryAt(key)) {
    if (renewMessage(db, message, generation, onMoved)) return false;
    key = freeKey(db, 'messages', micros);
    tryAt(key);
  }
  awaitMessageIndex(db, key);
  return true;
}

const mentionsOf = ({ mentions }: Message): string =>
  mentions.length === 0 ? '[]' : JSON.stringify(mentions);

interface KnownMessage {
  key: number;
  text: string;
  staff_id: string | null;
  ticket_id: string;
  created_at: number;
  generation: number;
}

/**
 * A merge moves messages to another ticket, a reply can be turned into a note, and a name is known
 * only since a server has been upgraded.
 */
const updateMessage = `
  update messages
  set generation = max(generation, ?), ticket_id = ?, is_internal = ?, author_name = ?,
    client_id = coalesce(?, client_id), mentions = ?
  where key = ?`;

/**
 * Updates the fields that can change of a message that is here; false when it is not here. One that
 * an earlier full sync has under this id with another time is removed: that copy was wrong, and
 * half of each would be a third message.
 */
function renewMessage(
  db: WriteDb,
  message: Message,
  generation: number,
  onMoved: (moved: Moved) => void,
): boolean {
  const known = db
    .prepare<[string], KnownMessage>(
      'select key, text, staff_id, ticket_id, created_at, generation from messages where id = ?',
    )
    .get(message.id);
  if (!known) return false;
  if (known.generation < generation && known.created_at !== parseWireTime(message.created_at)) {
    removeMessage(db, message.id);
    return false;
  }
  if (known.ticket_id !== message.ticket_id && !message.is_staff && !message.is_internal)
    onMoved({ from: known.ticket_id, into: message.ticket_id, at: known.created_at });
  db.prepare(updateMessage).run(
    generation,
    message.ticket_id,
    Number(message.is_internal),
    message.author_name,
    message.client_id,
    mentionsOf(message),
    known.key,
  );
  if (known.staff_id !== message.staff_id) changeAuthor(db, known.key, message);
  if (known.text !== message.message) replaceText(db, known.key, message.message);
  return true;
}

/**
 * In a statement of its own, since these are in an index and hardly ever change: on level 1 only
 * the complete thread shows which side an author is on.
 */
function changeAuthor(db: WriteDb, key: number, { user_id, staff_id }: Message): void {
  db.prepare('update messages set user_id = ?, staff_id = ? where key = ?').run(
    user_id,
    staff_id,
    key,
  );
}

function replaceText(db: WriteDb, key: number, text: string): void {
  unindexMessages(db, 'key = ?', key);
  db.prepare('update messages set text = ? where key = ?').run(text, key);
  awaitMessageIndex(db, key);
}

/**
 * The effect of new public messages on their ticket: the last of them, and when (ms) the customer
 * wrote last.
 */
interface Talk {
  last: Message;
  lastAt: number;
  customerAt: number | null;
}

function furthered(talk: Talk | undefined, message: Message, at: number): Talk {
  const newest = talk === undefined || at >= talk.lastAt ? { last: message, lastAt: at } : talk;
  const before = talk?.customerAt ?? null;
  return {
    last: newest.last,
    lastAt: newest.lastAt,
    customerAt: message.is_staff ? before : Math.max(before ?? 0, at),
  };
}

interface Shown {
  activity_at: number;
  preview_is_staff: number | null;
}

/**
 * One statement a ticket, and one that touches no index where the ticket came with its last
 * message.
 */
function moveTicket(db: WriteDb, ticketId: string, { last, lastAt, customerAt }: Talk): void {
  if (customerAt !== null)
    db.prepare(
      'update tickets set last_customer_at = max(coalesce(last_customer_at, 0), ?) where id = ?',
    ).run(customerAt, ticketId);
  const shown = db
    .prepare<[string], Shown>('select activity_at, preview_is_staff from tickets where id = ?')
    .get(ticketId);
  if (!shown || shown.activity_at > lastAt) return;
  const staff = Number(last.is_staff);
  if (shown.activity_at === lastAt && shown.preview_is_staff === staff)
    db.prepare('update tickets set preview = ?, preview_staff_id = ? where id = ?').run(
      previewOf(last.message),
      last.staff_id,
      ticketId,
    );
  else
    db.prepare(
      'update tickets set activity_at = ?, preview = ?, preview_is_staff = ?, preview_staff_id = ? where id = ?',
    ).run(lastAt, previewOf(last.message), staff, last.staff_id, ticketId);
}

/** A message that is here belongs to this full sync too; false when it is not here. */
export function keepMessage(db: WriteDb, id: string, generation: number): boolean {
  return (
    db
      .prepare('update messages set generation = max(generation, ?) where id = ?')
      .run(generation, id).changes > 0
  );
}

export function removeMessage(db: WriteDb, id: string): void {
  unindexMessages(db, 'id = ?', id);
  db.prepare('delete from messages where id = ?').run(id);
}
