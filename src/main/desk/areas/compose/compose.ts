import type { CallInput, CallOutput } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { Operation, OperationIntent } from '../../../../core/operation.ts';
import { putBack, removeSentDraft } from './drafts.ts';
import { readSettings } from '../settings/settings-table.ts';
import { listStaff } from '../tickets/staff.ts';
import { sentWithOf, writeUnit } from './units-table.ts';
import { requireAbility } from '../triage/abilities.ts';
import { currentTicket, seenKey, unusedId } from '../tickets/current-ticket.ts';
import { placeOf, sentBefore } from './draft-saves.ts';
import { discardUnit, enqueueActions, requireActions } from './units.ts';
import type { Workspace } from '../../workspace.ts';

/**
 * Queues a reply or note and removes its draft, durable when it returns. A reply is held for the
 * undo window first; a note goes at once, since colleagues forgive. A closed ticket takes notes,
 * but no reply. What goes with it is queued behind it in the same transaction, so that both or
 * neither are there. An attempt that arrived before makes nothing: what it made is returned.
 */
export function sendMessage(
  work: Workspace,
  input: CallInput<'compose.send'>,
): CallOutput<'compose.send'> {
  const {
    ticket_id: ticketId,
    kind,
    text,
    seen,
    actions = {},
    finish = null,
    replaces,
    attempt,
  } = input;
  const before = arrivedBefore(work, input);
  if (before) return before;
  requireActions(work, { actions, finish });
  if (kind === 'note') requireAbility(work, 'notes');
  const ticket = currentTicket(work, ticketId);
  if (kind === 'reply' && ticket.status === 'closed') throw new BridgeError('ticket-closed');
  const heldMs = kind === 'reply' ? readSettings(work.outboxDb, work.key).undo_seconds * 1000 : 0;
  const intent: OperationIntent =
    kind === 'reply'
      ? { kind, text }
      : { kind, text, mentions: stillThere(work, input.mentions ?? []) };
  const seenThrough = seenKey(work, ticketId, seen);
  const withIt = finish !== null || Object.keys(actions).length > 0;
  const id = work.outbox.together(() => {
    const message = work.outbox.enqueue(ticketId, intent, {
      state: heldMs > 0 ? 'held' : 'queued',
      seenThrough,
      replaces,
      id: unusedId(work, attempt),
    });
    if (withIt)
      writeUnit(
        work.outboxDb,
        message,
        enqueueActions(work, ticketId, { actions, finish }, seenThrough),
        { actions, finish },
      );
    return message;
  });
  if (heldMs > 0) work.holds.begin(id, heldMs);
  work.operationAdded(ticketId);
  return { operation_id: id, held_ms: heldMs };
}

/** What an earlier press of Send made, whose answer never reached the window. */
function arrivedBefore(
  work: Workspace,
  input: CallInput<'compose.send'>,
): CallOutput<'compose.send'> | null {
  const { ticket_id: ticketId, kind, text, attempt } = input;
  const id = sentBefore(work.outbox.byId, input);
  if (id === null) return null;
  if (id === attempt) {
    // What was shown meanwhile may have been saved once more.
    removeSentDraft(work.outboxDb, { accountId: work.key, ticketId, kind, text });
    work.changed([ticketId]);
  }
  return { operation_id: id, held_ms: work.holds.left(id) ?? 0 };
}

/** The server refuses a note that names someone who is gone. */
function stillThere(work: Workspace, mentions: readonly string[]): string[] {
  if (mentions.length === 0) return [];
  const active = new Set(
    listStaff(work.cache)
      .filter((member) => member.is_active)
      .map((member) => member.id),
  );
  return mentions.filter((id) => active.has(id));
}

/**
 * Takes a message that has not gone out back into its composer. Throws BridgeError 'not-undoable'
 * when it is on its way or has ended.
 */
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

/**
 * Discard and draft are one transaction: the text is never in neither place. That of a merged
 * ticket goes on where its conversation does.
 */
function textBack(
  work: Workspace,
  { id, ticketId: sentTo, intent }: Operation,
  discard: () => boolean,
): CallOutput<'compose.takeBack'> {
  if (intent.kind !== 'reply' && intent.kind !== 'note') throw new BridgeError('not-undoable');
  const { kind } = intent;
  const ticketId = placeOf(work, sentTo);
  return work.outbox.together(() => {
    if (!discard()) throw new BridgeError('not-undoable');
    const back = putBack(work.outboxDb, {
      accountId: work.key,
      ticketId,
      kind,
      text: intent.text,
      actions: sentWithOf(work.outboxDb, id)?.actions ?? {},
      at: work.serverNow(),
    });
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
