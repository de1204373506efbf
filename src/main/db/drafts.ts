import type { Draft, DraftVersion, MessageKind } from '../../contract/bridge.ts';
import { day, minute } from '../../core/time.ts';
import type { ReadDb, WriteDb } from './open.ts';

interface Place { accountId: string; ticketId: string; kind: MessageKind }

/** A version is kept at most this often while someone types, and whenever the text is taken away. */
const versionEveryMs = minute;
/** Versions are kept this long. */
const versionAgeMs = 7 * day;

/** Saves what is in the composer; an empty text removes the draft. `at` in ms. What it replaces stays as a version now and then. */
export function saveDraft(db: WriteDb, draft: Place & { text: string; at: number }): void {
  db.transaction(() => {
    const before = draftOf(db, draft);
    const emptied = draft.text.trim() === '';
    if (before && before.text !== draft.text && (emptied || lastVersionAt(db, draft) <= draft.at - versionEveryMs)) keepVersion(db, draft, before.text, draft.at);
    if (emptied) removeDraft(db, draft.accountId, draft.ticketId, draft.kind);
    else {
      db.prepare(`insert into drafts (account_id, ticket_id, kind, text, saved_at) values (?, ?, ?, ?, ?)
        on conflict do update set text = excluded.text, saved_at = excluded.saved_at`)
        .run(draft.accountId, draft.ticketId, draft.kind, draft.text, draft.at);
    }
  });
}

/** Puts a text back into the composer: before what is there already. */
export function putBack(db: WriteDb, draft: Place & { text: string; at: number }): string {
  const now = draftOf(db, draft)?.text ?? '';
  const text = now.trim() === '' || now === draft.text ? draft.text : `${draft.text}\n\n${now}`;
  saveDraft(db, { ...draft, text });
  return text;
}

export function removeDraft(db: WriteDb, accountId: string, ticketId: string, kind: MessageKind): void {
  db.prepare('delete from drafts where account_id = ? and ticket_id = ? and kind = ?').run(accountId, ticketId, kind);
}

export function draftsOf(db: ReadDb, accountId: string, ticketId: string): Draft[] {
  return db.prepare<[string, string], Draft>('select ticket_id, kind, text, saved_at from drafts where account_id = ? and ticket_id = ?').all(accountId, ticketId);
}

export function ticketsWithDrafts(db: ReadDb, accountId: string): string[] {
  return db.prepare<[string], { ticket_id: string }>('select distinct ticket_id from drafts where account_id = ?').all(accountId).map((row) => row.ticket_id);
}

/** Earlier versions of a draft, newest first. */
export function draftVersions(db: ReadDb, { accountId, ticketId, kind }: Place): DraftVersion[] {
  return db.prepare<[string, string, string], DraftVersion>('select saved_at, text from draft_versions where account_id = ? and ticket_id = ? and kind = ? order by saved_at desc').all(accountId, ticketId, kind);
}

/** A ticket was merged into another one: what was being written goes along, for every account. */
export function moveDrafts(db: WriteDb, fromTicket: string, toTicket: string): void {
  db.transaction(() => {
    const moved = db.prepare<[string], Draft & { account_id: string }>('select account_id, ticket_id, kind, text, saved_at from drafts where ticket_id = ?').all(fromTicket);
    for (const draft of moved) {
      putBack(db, { accountId: draft.account_id, ticketId: toTicket, kind: draft.kind, text: draft.text, at: draft.saved_at });
      removeDraft(db, draft.account_id, fromTicket, draft.kind);
    }
    db.prepare('update or ignore draft_versions set ticket_id = ? where ticket_id = ?').run(toTicket, fromTicket);
  });
}

function draftOf(db: ReadDb, { accountId, ticketId, kind }: Place): Draft | null {
  return draftsOf(db, accountId, ticketId).find((draft) => draft.kind === kind) ?? null;
}

function lastVersionAt(db: ReadDb, { accountId, ticketId, kind }: Place): number {
  return db.prepare<[string, string, string], { at: number | null }>('select max(saved_at) as at from draft_versions where account_id = ? and ticket_id = ? and kind = ?').get(accountId, ticketId, kind)?.at ?? 0;
}

function keepVersion(db: WriteDb, { accountId, ticketId, kind }: Place, text: string, at: number): void {
  db.prepare('insert or replace into draft_versions (account_id, ticket_id, kind, saved_at, text) values (?, ?, ?, ?, ?)').run(accountId, ticketId, kind, at, text);
  db.prepare('delete from draft_versions where saved_at < ?').run(at - versionAgeMs);
}
