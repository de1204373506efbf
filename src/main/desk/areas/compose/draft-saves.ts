import type { CallInput, CallOutput } from '../../../../contract/bridge.ts';
import type { Operation } from '../../../../core/operation.ts';
import { isSameWritten } from '../../../../core/text.ts';
import { draftVersions, removeSentDraft, saveDraft, saveMovedDraft } from './drafts.ts';
import { mergedInto } from '../tickets/merged.ts';
import type { WriteDb } from '../../sqlite/connection.ts';
import { operationById } from '../outbox/operations.ts';
import { getTicket } from '../tickets/tickets-table.ts';
import type { Workspace } from '../../workspace.ts';

/** Whose draft it is. `work`: null where they are not signed in any more. */
export interface DraftOwner {
  outboxDb: WriteDb;
  key: string;
  now: number;
  work: Workspace | null;
}

/**
 * Keeps what is in the composer. It needs no ticket in the cache: a draft outlives its ticket;
 * where that was merged, it goes to the one that took it over.
 */
export function keepDraft(
  { outboxDb, key, now, work }: DraftOwner,
  input: CallInput<'draft.save'>,
): CallOutput<'draft.save'> {
  const { kind, text, actions = {}, replaces, attempt } = input;
  const ticketId = work ? placeOf(work, input.ticket_id) : input.ticket_id;
  const draft = { accountId: key, ticketId, kind, text, actions, replaces, at: now };
  const sent = attempt === undefined ? null : operationById(outboxDb, key, attempt);
  const isSent = sent !== null && isMessage(sent, { ticketId: input.ticket_id, kind, text });
  if (isSent) removeSentDraft(outboxDb, draft);
  const savedAt = isSent
    ? null
    : ticketId === input.ticket_id
      ? saveDraft(outboxDb, draft)
      : saveMovedDraft(outboxDb, draft);
  work?.changed([...new Set([ticketId, input.ticket_id])]);
  return {
    saved_at: savedAt,
    ...(isSent ? { sent: { operation_id: sent.id, held_ms: work?.holds.left(sent.id) ?? 0 } } : {}),
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
export function placeOf(work: Workspace, ticketId: string): string {
  return getTicket(work.cache, ticketId)
    ? ticketId
    : (mergedInto(work.cache, ticketId) ?? ticketId);
}

/** Earlier texts of a draft, newest first. */
export function listVersions(
  work: Workspace,
  { ticket_id, kind }: CallInput<'draft.versions'>,
): CallOutput<'draft.versions'> {
  return draftVersions(work.outboxDb, {
    accountId: work.key,
    ticketId: placeOf(work, ticket_id),
    kind,
  });
}
