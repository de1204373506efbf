import {
  SendActions,
  type Draft,
  type DraftVersion,
  type MessageKind,
} from '../../../../contract/bridge.ts';
import { joinActions } from '../../../../core/send-actions.ts';
import { writtenText } from '../../../../contract/text.ts';
import { isBlank, isSameWritten } from '../../../../core/text.ts';
import { minute } from '../../../../core/time.ts';
import type { ReadDb, WriteDb } from '../../sqlite/connection.ts';

interface Place {
  accountId: string;
  ticketId: string;
  kind: MessageKind;
}
interface Content {
  text: string;
  actions: SendActions;
  at: number;
}
/**
 * `replaces`: when the draft that the writer knows was saved, null where they know of none. Left
 * out: nobody says.
 */
interface Known {
  replaces?: number | null | undefined;
}
interface Row extends Omit<Draft, 'actions'> {
  actions: string;
}

const columns = 'ticket_id, kind, text, saved_at, actions';

/**
 * A version is kept at most this often while someone types, and whenever the text is taken away.
 * How long: outbox/retention-table.ts.
 */
const versionEveryMs = minute;

/**
 * Saves what is in the composer; an empty text removes the draft. `at` in ms. The text that it
 * replaces stays as a version now and then, and always where it was written elsewhere. Returns
 * when it was saved, which names this state of the draft; null: there is none.
 */
export function saveDraft(db: WriteDb, draft: Place & Content & Known): number | null {
  return db.transaction(() => {
    const before = draftOf(db, draft);
    const emptied = isBlank(draft.text);
    const fromElsewhere = draft.replaces !== undefined && before?.saved_at !== draft.replaces;
    if (
      before &&
      before.text !== draft.text &&
      (emptied || fromElsewhere || isTimeForVersion(db, draft))
    )
      keepVersion(db, draft, before.text, draft.at);
    if (emptied) {
      removeDraft(db, draft.accountId, draft.ticketId, draft.kind);
      return null;
    }
    return writeDraft(db, draft, before);
  });
}

/** Returns when it was saved. */
function writeDraft(db: WriteDb, draft: Place & Content, before: Draft | null): number {
  // Two states never have one name, whatever the clock says.
  const savedAt = Math.max(draft.at, (before?.saved_at ?? 0) + 1);
  db.prepare(`insert into drafts (account_id, ${columns}) values (?, ?, ?, ?, ?, ?)
      on conflict do update set text = excluded.text, saved_at = excluded.saved_at, actions = excluded.actions`).run(
    draft.accountId,
    draft.ticketId,
    draft.kind,
    draft.text,
    savedAt,
    JSON.stringify(draft.actions),
  );
  return savedAt;
}

/**
 * Puts an earlier text in the place of the draft, whose own text becomes a version. The changes
 * that go with it stay.
 */
export function restoreVersion(
  db: WriteDb,
  draft: Place & Omit<Content, 'actions'>,
): Pick<Draft, 'text' | 'actions'> & { saved_at: number } {
  return db.transaction(() => {
    const before = draftOf(db, draft);
    if (before && before.text !== draft.text) keepVersion(db, draft, before.text, draft.at);
    const { text } = draft;
    const actions = before?.actions ?? {};
    return { text, actions, saved_at: writeDraft(db, { ...draft, actions }, before) };
  });
}

/**
 * Saves what is still in the composer of a ticket that was merged, at the ticket that took it over:
 * in the place of what came from there before, and in front of what was written here. Emptied
 * there, nothing is taken away here.
 */
export function saveMovedDraft(db: WriteDb, draft: Place & Content): number | null {
  return db.transaction(() => {
    const before = draftOf(db, draft);
    if (isBlank(draft.text)) return before?.saved_at ?? null;
    const text = withRest(draft.text, before?.text ?? '');
    return saveDraft(db, {
      ...draft,
      text,
      actions: joinActions(draft.actions, before?.actions ?? {}),
    });
  });
}

/**
 * A text and behind it what is there already, but for the paragraphs that the text begins with
 * itself.
 */
function withRest(text: string, there: string): string {
  if (isBlank(there)) return text;
  for (let end = there.length; end > 0; end = there.lastIndexOf('\n\n', end - 1)) {
    const head = there.slice(0, end);
    if (!isBlank(head) && writtenText(text).startsWith(writtenText(head)))
      return text + there.slice(end);
  }
  return `${text}\n\n${there}`;
}

/**
 * Removes the draft that a message was sent from. One that was written elsewhere stays: nobody has
 * sent it.
 */
export function removeSentDraft(
  db: WriteDb,
  { text, replaces, ...place }: Place & Known & { text: string },
): void {
  const draft = draftOf(db, place);
  if (draft && (isSameWritten(draft.text, text) || draft.saved_at === replaces))
    removeDraft(db, place.accountId, place.ticketId, place.kind);
}

/**
 * Puts a text back into the composer, before what is there already, with the changes that were to
 * go with it.
 */
export function putBack(
  db: WriteDb,
  draft: Place & Content,
): Pick<Draft, 'text' | 'actions'> & { saved_at: number | null } {
  const before = draftOf(db, draft);
  const now = before?.text ?? '';
  // Asked for twice, since the first answer was lost, it is not there twice.
  const isThere = isSameWritten(now, draft.text) || now.startsWith(`${draft.text}\n\n`);
  const text =
    isBlank(now) || isSameWritten(now, draft.text)
      ? draft.text
      : isThere
        ? now
        : `${draft.text}\n\n${now}`;
  const actions = joinActions(draft.actions, before?.actions ?? {});
  return { text, actions, saved_at: saveDraft(db, { ...draft, text, actions }) };
}

function removeDraft(db: WriteDb, accountId: string, ticketId: string, kind: MessageKind): void {
  db.prepare('delete from drafts where account_id = ? and ticket_id = ? and kind = ?').run(
    accountId,
    ticketId,
    kind,
  );
}

export function draftsOf(db: ReadDb, accountId: string, ticketId: string): Draft[] {
  return db
    .prepare<[string, string], Row>(
      `select ${columns} from drafts where account_id = ? and ticket_id = ?`,
    )
    .all(accountId, ticketId)
    .map(toDraft);
}

/** Tickets that any account has drafts or versions of. */
export function allDraftTickets(db: ReadDb): string[] {
  return db
    .prepare<[], { ticket_id: string }>(
      'select ticket_id from drafts union select ticket_id from draft_versions',
    )
    .all()
    .map((row) => row.ticket_id);
}

export function ticketsWithDrafts(db: ReadDb, accountId: string): string[] {
  return db
    .prepare<[string], { ticket_id: string }>(
      'select distinct ticket_id from drafts where account_id = ?',
    )
    .all(accountId)
    .map((row) => row.ticket_id);
}

/** Earlier versions of a draft, newest first. */
export function draftVersions(db: ReadDb, { accountId, ticketId, kind }: Place): DraftVersion[] {
  return db
    .prepare<[string, string, string], DraftVersion>(
      `
        select saved_at, text
        from draft_versions
        where account_id = ? and ticket_id = ? and kind = ?
        order by saved_at desc`,
    )
    .all(accountId, ticketId, kind);
}

/** A ticket was merged into another one: what was being written goes along, for every account. */
export function moveDrafts(db: WriteDb, fromTicket: string, toTicket: string): void {
  db.transaction(() => {
    const moved = db
      .prepare<[string], Row & { account_id: string }>(
        `select account_id, ${columns} from drafts where ticket_id = ?`,
      )
      .all(fromTicket);
    for (const draft of moved) {
      putBack(db, {
        accountId: draft.account_id,
        ticketId: toTicket,
        kind: draft.kind,
        text: draft.text,
        actions: toDraft(draft).actions,
        at: draft.saved_at,
      });
      removeDraft(db, draft.account_id, fromTicket, draft.kind);
    }
    moveVersions(db, fromTicket, toTicket);
  });
}

/**
 * Two versions never have one name, so those that come are kept behind what is there where they
 * would.
 */
function moveVersions(db: WriteDb, fromTicket: string, toTicket: string): void {
  db.prepare('update or ignore draft_versions set ticket_id = ? where ticket_id = ?').run(
    toTicket,
    fromTicket,
  );
  const left = db
    .prepare<[string], DraftVersion & { account_id: string; kind: MessageKind }>(
      'select account_id, kind, saved_at, text from draft_versions where ticket_id = ? order by saved_at',
    )
    .all(fromTicket);
  for (const { account_id: accountId, kind, saved_at: at, text } of left)
    keepVersion(db, { accountId, ticketId: toTicket, kind }, text, at);
  db.prepare('delete from draft_versions where ticket_id = ?').run(fromTicket);
}

/** Gives all drafts of an account to another one; where both have one, both texts stay. */
export function moveAccountDrafts(db: WriteDb, fromAccount: string, toAccount: string): void {
  const moved = db
    .prepare<[string], Row>(`select ${columns} from drafts where account_id = ?`)
    .all(fromAccount);
  for (const { actions, ...draft } of moved) {
    putBack(db, {
      accountId: toAccount,
      ticketId: draft.ticket_id,
      kind: draft.kind,
      text: draft.text,
      actions: readActions(actions),
      at: draft.saved_at,
    });
    removeDraft(db, fromAccount, draft.ticket_id, draft.kind);
  }
  db.prepare('update or ignore draft_versions set account_id = ? where account_id = ?').run(
    toAccount,
    fromAccount,
  );
}

function toDraft({ ticket_id, kind, text, saved_at, actions }: Row): Draft {
  return { ticket_id, kind, text, saved_at, actions: readActions(actions) };
}

function readActions(text: string): SendActions {
  try {
    return SendActions.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    // Damaged: the text is what matters.
    return {};
  }
}

function draftOf(db: ReadDb, { accountId, ticketId, kind }: Place): Draft | null {
  return draftsOf(db, accountId, ticketId).find((draft) => draft.kind === kind) ?? null;
}

function lastVersionAt(db: ReadDb, { accountId, ticketId, kind }: Place): number {
  return (
    db
      .prepare<[string, string, string], { at: number | null }>(
        'select max(saved_at) as at from draft_versions where account_id = ? and ticket_id = ? and kind = ?',
      )
      .get(accountId, ticketId, kind)?.at ?? 0
  );
}

/** A version from the future was stamped by a wrong clock, and must not keep others away. */
function isTimeForVersion(db: ReadDb, draft: Place & Content): boolean {
  const last = lastVersionAt(db, draft);
  return last <= draft.at - versionEveryMs || last > draft.at;
}

function keepVersion(
  db: WriteDb,
  { accountId, ticketId, kind }: Place,
  text: string,
  at: number,
): void {
  // Behind the last one, whatever the clock says: a version never takes another one's place.
  const savedAt = Math.max(at, lastVersionAt(db, { accountId, ticketId, kind }) + 1);
  db.prepare(
    'insert into draft_versions (account_id, ticket_id, kind, saved_at, text) values (?, ?, ?, ?, ?)',
  ).run(accountId, ticketId, kind, savedAt, text);
}
