import type { Draft, MessageKind } from '../../contract/bridge.ts';
import type { ReadDb, WriteDb } from './open.ts';

/** Saves what is in the composer; an empty text removes the draft. `at` in ms by this machine's clock. */
export function saveDraft(db: WriteDb, accountId: string, draft: { ticketId: string; kind: MessageKind; text: string; at: number }): void {
  if (draft.text.trim() === '') {
    removeDraft(db, accountId, draft.ticketId, draft.kind);
    return;
  }
  db.prepare(`insert into drafts (account_id, ticket_id, kind, text, saved_at) values (?, ?, ?, ?, ?)
    on conflict do update set text = excluded.text, saved_at = excluded.saved_at`)
    .run(accountId, draft.ticketId, draft.kind, draft.text, draft.at);
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
