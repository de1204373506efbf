import type { CallInput, CallOutput } from '../../../../contract/bridge.ts';
import type { Operation } from '../../../../core/operation.ts';
import { isSameWritten } from '../../../../core/text.ts';
import {
  draftVersions,
  removeSentDraft,
  restoreVersion,
  saveDraft,
  saveMovedDraft,
} from './drafts.ts';
import { mergedInto } from '../tickets/merged.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Tell } from '../../tell.ts';
import type { Holds } from '../outbox/holds.ts';
import { operationById } from '../outbox/operations.ts';
import { getTicket } from '../tickets/tickets-table.ts';

export interface DraftParts {
  cache: ReadDb;
  own: OwnRows;
  holds: Pick<Holds, 'left'>;
  tell: Pick<Tell, 'changed'>;
}

/** The account that a draft belongs to. `desk`: null where it is not signed in any more. */
export interface DraftOwner {
  own: OwnRows;
  now: number;
  desk: Omit<DraftParts, 'own'> | null;
}

/**
 * Keeps what is in the composer. It needs no ticket in the cache: a draft outlives its ticket;
 * where that was merged, it goes to the one that took it over.
 */
export function keepDraft(
  { own: { db, key }, now, desk }: DraftOwner,
  input: CallInput<'draft.save'>,
): CallOutput<'draft.save'> {
  const { kind, text, actions = {}, replaces, attempt } = input;
  const ticketId = desk ? placeOf(desk.cache, input.ticket_id) : input.ticket_id;
  const draft = { accountId: key, ticketId, kind, text, actions, replaces, at: now };
  const sent = attempt === undefined ? null : operationById(db, key, attempt);
  const isSent = sent !== null && isMessage(sent, { ticketId: input.ticket_id, kind, text });
  if (isSent) removeSentDraft(db, draft);
  const savedAt = isSent
    ? null
    : ticketId === input.ticket_id
      ? saveDraft(db, draft)
      : saveMovedDraft(db, draft);
  desk?.tell.changed([...new Set([ticketId, input.ticket_id])], ['drafts']);
  return {
    saved_at: savedAt,
    ...(isSent ? { sent: { operation_id: sent.id, held_ms: desk?.holds.left(sent.id) ?? 0 } } : {}),
  };
}

/**
 * The operation of an earlier press of Send: of the same message, else of one with other words. One
 * that was taken back since counts as not sent.
 */
export function sentBefore(
  byId: (id: string) => Operation | null,
  { ticket_id: ticketId, kind, text, attempt, unless = [] }: CallInput<'compose.send'>,
): string | null {
  const same = attempt === undefined ? null : byId(attempt);
  if (same && isMessage(same, { ticketId, kind, text })) return same.id;
  return unless.find((id) => (byId(id)?.state ?? 'discarded') !== 'discarded') ?? null;
}

/** Whether an operation is this message, and was not taken back. */
function isMessage(
  { ticketId, intent, state }: Operation,
  message: { ticketId: string; kind: 'reply' | 'note'; text: string },
): boolean {
  if (
    state === 'discarded' ||
    ticketId !== message.ticketId ||
    (intent.kind !== 'reply' && intent.kind !== 'note')
  )
    return false;
  return intent.kind === message.kind && isSameWritten(intent.text, message.text);
}

/** The ticket that now has a text that was written for this one. */
export function placeOf(cache: ReadDb, ticketId: string): string {
  return getTicket(cache, ticketId) ? ticketId : (mergedInto(cache, ticketId) ?? ticketId);
}

/** Earlier texts of a draft, newest first. */
export function listVersions(
  parts: Pick<DraftParts, 'cache' | 'own'>,
  { ticket_id, kind }: CallInput<'draft.versions'>,
): CallOutput<'draft.versions'> {
  return draftVersions(parts.own.db, {
    accountId: parts.own.key,
    ticketId: placeOf(parts.cache, ticket_id),
    kind,
  });
}

/** Takes an earlier text; the one that it replaces becomes a version. */
export function takeVersion(
  { cache, own, tell }: Omit<DraftParts, 'holds'>,
  { ticket_id, kind, text }: CallInput<'draft.restoreVersion'>,
  now: number,
): CallOutput<'draft.restoreVersion'> {
  const ticketId = placeOf(cache, ticket_id);
  const draft = { accountId: own.key, ticketId, kind, text, at: now };
  const restored = restoreVersion(own.db, draft);
  tell.changed([ticketId], ['drafts']);
  return { ticket_id: ticketId, kind, ...restored };
}
