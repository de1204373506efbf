import type { CallInput, CallOutput } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import type { Operation, OperationIntent } from '../../core/operation.ts';
import { draftVersions, putBack, saveDraft } from '../db/drafts.ts';
import { readSettings } from '../db/settings.ts';
import { listStaff } from '../db/staff.ts';
import { sentWithOf, writeUnit } from '../db/units.ts';
import { requireAbility } from './abilities.ts';
import { currentTicket, seenKey } from './current-ticket.ts';
import { discardUnit, enqueueActions, requireActions } from './units.ts';
import type { Workspace } from './workspace.ts';

/**
 * Queues a reply or note and removes its draft, durable when it returns. A reply is held for the undo window first; a note
 * goes at once, since colleagues forgive. A closed ticket takes notes, but no reply. What goes with it is queued behind it in
 * the same transaction, so that both or neither are there.
 */
export function sendMessage(work: Workspace, input: CallInput<'compose.send'>): CallOutput<'compose.send'> {
  const { ticket_id: ticketId, kind, text, seen, actions = {}, finish = null, replaces } = input;
  requireActions(work, { actions, finish });
  if (kind === 'note') requireAbility(work, 'notes');
  const ticket = currentTicket(work, ticketId);
  if (kind === 'reply' && ticket.status === 'closed') throw new BridgeError('ticket-closed');
  const heldMs = kind === 'reply' ? readSettings(work.outboxDb, work.key).undo_seconds * 1000 : 0;
  const intent: OperationIntent = kind === 'reply' ? { kind, text } : { kind, text, mentions: stillThere(work, input.mentions ?? []) };
  const seenThrough = seenKey(work, ticketId, seen);
  const withIt = finish !== null || Object.keys(actions).length > 0;
  const id = work.outbox.together(() => {
    const message = work.outbox.enqueue(ticketId, intent, { state: heldMs > 0 ? 'held' : 'queued', seenThrough, replaces });
    if (withIt) writeUnit(work.outboxDb, message, enqueueActions(work, ticketId, { actions, finish }, seenThrough), { actions, finish });
    return message;
  });
  if (heldMs > 0) work.holds.begin(id, heldMs);
  work.operationAdded(ticketId);
  return { operation_id: id, held_ms: heldMs };
}

/** The server refuses a note that names someone who is gone. */
function stillThere(work: Workspace, mentions: readonly string[]): string[] {
  if (mentions.length === 0) return [];
  const active = new Set(listStaff(work.cache).filter((member) => member.is_active).map((member) => member.id));
  return mentions.filter((id) => active.has(id));
}

/** Takes a message that has not gone out back into its composer. Throws BridgeError 'not-undoable' when it is on its way or has ended. */
export function takeBack(work: Workspace, operationId: string): CallOutput<'compose.takeBack'> {
  const operation = work.outbox.open().find((one) => one.id === operationId);
  if (!operation) throw new BridgeError('not-undoable');
  const back = textBack(work, operation, () => discardUnit(work, operation));
  work.holds.end(operationId);
  work.operationAdded(operation.ticketId);
  return back;
}

/** Puts a discarded message back into its composer; it stays in the bin too. */
export function restoreMessage(work: Workspace, operationId: string): CallOutput<'outbox.restore'> {
  const operation = work.outbox.byId(operationId);
  if (!operation) throw new BridgeError('operation-not-found');
  const back = textBack(work, operation, () => true);
  work.changed([operation.ticketId]);
  return back;
}

/** Discard and draft are one transaction: the text is never in neither place. */
function textBack(work: Workspace, { id, ticketId, intent }: Operation, discard: () => boolean): CallOutput<'compose.takeBack'> {
  if (intent.kind !== 'reply' && intent.kind !== 'note') throw new BridgeError('not-undoable');
  const { kind } = intent;
  return work.outbox.together(() => {
    if (!discard()) throw new BridgeError('not-undoable');
    const back = putBack(work.outboxDb, { accountId: work.key, ticketId, kind, text: intent.text, actions: sentWithOf(work.outboxDb, id)?.actions ?? {}, at: work.serverNow() });
    return { ticket_id: ticketId, kind, ...back };
  });
}

/** The agent lets a held message go now. */
export function releaseMessage(work: Workspace, operationId: string): void {
  const operation = work.outbox.open().find((one) => one.id === operationId);
  if (!operation || !work.outbox.release(operationId)) throw new BridgeError('operation-not-found');
  work.holds.end(operationId);
  work.operationAdded(operation.ticketId);
}

/** Keeps what is in the composer. It needs no ticket in the cache: a draft outlives its ticket. */
export function keepDraft(work: Workspace, input: CallInput<'draft.save'>): CallOutput<'draft.save'> {
  const { ticket_id: ticketId, kind, text, actions = {}, replaces } = input;
  const savedAt = saveDraft(work.outboxDb, { accountId: work.key, ticketId, kind, text, actions, replaces, at: work.serverNow() });
  work.changed([ticketId]);
  return { saved_at: savedAt };
}

/** Earlier texts of a draft, newest first. */
export function listVersions(work: Workspace, { ticket_id, kind }: CallInput<'draft.versions'>): CallOutput<'draft.versions'> {
  return draftVersions(work.outboxDb, { accountId: work.key, ticketId: ticket_id, kind });
}
