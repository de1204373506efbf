import type { SearchPlan } from '../../core/search-query.ts';
import type { ReadDb } from './open.ts';

export interface TextHit {
  ticket_id: string;
  /** null: the match is in the ticket's subject, requester or tags. */
  message_id: string | null;
  snippet: string;
  /** Milliseconds, for newest first. */
  at: number;
}

// Rows are read newest first and cut here: the index is walked backwards by its time-derived key, so nothing is sorted.
const scan = 400;

/** Matching messages and tickets, newest first. `\u0001` and `\u0002` stand around each highlighted part. */
export function searchText(db: ReadDb, plan: SearchPlan): TextHit[] {
  switch (plan.kind) {
    case 'none': return [];
    case 'words': return [...ticketWords(db, plan.match), ...messageWords(db, plan.match)];
    case 'parts': return [...ticketParts(db, plan.parts), ...messageParts(db, plan.parts)];
  }
}

function messageWords(db: ReadDb, match: string): TextHit[] {
  return db.prepare<[string, number], TextHit>(`
    select m.ticket_id, m.id as message_id, m.created_at as at, snippet(message_search, 0, char(1), char(2), '…', 9) as snippet
    from message_search join messages m on m.key = message_search.rowid
    where message_search match ? order by message_search.rowid desc limit ?`).all(match, scan);
}

interface TicketMatch { ticket_id: string; at: number; subject: string; name: string; email: string; tags: string }

function ticketWords(db: ReadDb, match: string): TextHit[] {
  const marked = (column: number): string => `highlight(ticket_search, ${column}, char(1), char(2))`;
  const found = db.prepare<[string, number], TicketMatch>(`
    select t.id as ticket_id, t.activity_at as at, ${marked(0)} as subject, ${marked(1)} as name, ${marked(2)} as email, ${marked(3)} as tags
    from ticket_search join tickets t on t.key = ticket_search.rowid
    where ticket_search match ? order by ticket_search.rowid desc limit ?`).all(match, scan);
  return found.map(({ ticket_id, at, subject, name, email, tags }) => {
    const shown = [subject, name, email, readableTags(tags)].filter((text) => text.includes('\u0001'));
    return { ticket_id, at, message_id: null, snippet: shown.join(' · ') };
  });
}

/** The tags column is a JSON list, which nobody wants to read. */
function readableTags(json: string): string {
  return json.slice(1, -1).replaceAll('","', ', ').replaceAll('"', '');
}

function messageParts(db: ReadDb, parts: readonly string[]): TextHit[] {
  const where = parts.map(() => `text like ? escape '\\'`).join(' and ');
  const rows = db.prepare<unknown[], { ticket_id: string; message_id: string; at: number; text: string }>(
    `select ticket_id, id as message_id, created_at as at, text from messages where ${where} order by key desc limit ?`,
  ).all(...parts.map(likePattern), scan);
  return rows.map(({ text, ...row }) => ({ ...row, snippet: excerpt(text, parts) }));
}

function ticketParts(db: ReadDb, parts: readonly string[]): TextHit[] {
  const where = parts.map(() => `(subject || ' ' || requester_name) like ? escape '\\'`).join(' and ');
  const rows = db.prepare<unknown[], { ticket_id: string; at: number; text: string }>(
    `select id as ticket_id, activity_at as at, subject as text from tickets where ${where} order by key desc limit ?`,
  ).all(...parts.map(likePattern), scan);
  return rows.map(({ text, ...row }) => ({ ...row, message_id: null, snippet: excerpt(text, parts) }));
}

/** A part of a text for `like`, with `\\` as its escape. */
export function likePattern(part: string): string {
  return `%${part.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
}

/** Some text around the first part that is found, that part highlighted. */
function excerpt(text: string, parts: readonly string[]): string {
  const at = parts.map((part) => ({ part, i: text.indexOf(part) })).find(({ i }) => i >= 0);
  if (!at) return text.slice(0, 80);
  const from = Math.max(0, at.i - 24);
  const end = at.i + at.part.length;
  return `${from > 0 ? '…' : ''}${text.slice(from, at.i)}\u0001${at.part}\u0002${text.slice(end, end + 48)}`;
}
