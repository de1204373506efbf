import type { Account, CallInput, CallOutput, MessageKind } from '../../../../contract/bridge.ts';
import { BridgeError } from '../../../../contract/errors.ts';
import type { Operation, OperationIntent } from '../../../../core/operation.ts';
import { putBack, removeSentDraft } from './drafts.ts';
import { readSettings } from '../settings/settings-table.ts';
import { listStaff } from '../tickets/staff.ts';
import { sentWithOf, writeUnit, type SentWith } from './units-table.ts';
import { requireAbility } from '../triage/abilities.ts';
import { currentTicket, seenKey, unusedId } from '../tickets/current-ticket.ts';
import { placeOf, sentBefore } from './draft-saves.ts';
import { discardUnit, enqueueActions, requireActions } from './units.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Tell } from '../../tell.ts';
import { retryOperation } from '../outbox/outbox.ts';
import type { EnqueueOptions, Outbox } from '../outbox/queue.ts';
import type { Snoozes } from '../triage/snooze.ts';
import type { Holds } from '../outbox/holds.ts';

export interface ComposeParts {
  cache: ReadDb;
  outbox: Outbox;
  own: OwnRows;
  account: Account;
  snoozes: Pick<Snoozes, 'sleep'>;
  serverNow: () => number;
  holds: Holds;
  tell: Tell;
}

type TextBackParts = Pick<ComposeParts, 'cache' | 'outbox' | 'own' | 'serverNow'>;

/**
 * Queues a reply or note and removes its draft, durable when it returns. A reply is held for the
 * undo window first; a note goes at once, since colleagues forgive. A closed ticket takes notes,
 * but no reply. Actions sent with the message are queued behind it in the same transaction, so
 * that both or neither are there. An attempt that arrived before makes nothing: the earlier
 * operation is returned.
 */
export function sendMessage(
  parts: ComposeParts,
  input: CallInput<'compose.send'>,
): CallOutput<'compose.send'> {
  const { ticket_id: ticketId, kind, text, actions = {}, finish = null } = input;
  const before = arrivedBefore(parts, input);
  if (before) return before;
  requireActions(parts.cache, { actions, finish });
  if (kind === 'note') requireAbility(parts.cache, 'notes');
  const ticket = currentTicket(parts, ticketId);
  if (kind === 'reply' && ticket.status === 'closed') throw new BridgeError('ticket-closed');
  const intent: MessageIntent =
    kind === 'reply'
      ? { kind, text }
      : { kind, text, mentions: stillThere(parts.cache, input.mentions ?? []) };
  const options = {
    seenThrough: seenKey(parts.cache, ticketId, input.seen),
    replaces: input.replaces,
    id: unusedId(parts.outbox, input.attempt),
  };
  // Read first: nothing that fails after the commit may tell the agent that nothing was kept.
  const held = heldMs(parts, kind);
  const id = parts.outbox.together(() =>
    queueMessage(parts, ticketId, intent, { actions, finish }, { ...options, held }),
  );
  return tellQueued(parts, ticketId, id, held);
}

/**
 * Reopens the ticket of a message that was parked because it is closed, and sends the message
 * again. Reopening would wait behind the parked message, and the message must go after it: so both
 * are queued again, and the parked one goes to the bin, in one transaction. Where the ticket is
 * open by now, the operation is sent again as it is.
 */
export function reopenAndSend(parts: ComposeParts, operationId: string): void {
  const operation = parts.outbox.open().find(({ id }) => id === operationId);
  if (!operation) throw new BridgeError('operation-not-found');
  const { ticketId, intent } = operation;
  const isMessage = intent.kind === 'reply' || intent.kind === 'note';
  if (!isMessage || currentTicket(parts, ticketId).status !== 'closed') {
    retryOperation(parts, operationId);
    return;
  }
  requireAbility(parts.cache, 'reopen');
  const sentWith = sentWithOf(parts.own.db, operationId) ?? { actions: {}, finish: null };
  const held = heldMs(parts, intent.kind);
  const options = { seenThrough: seenKey(parts.cache, ticketId, undefined), held };
  const id = parts.outbox.together(() => {
    parts.outbox.enqueue(ticketId, { kind: 'reopen' });
    const message = queueMessage(parts, ticketId, intent, sentWith, options);
    if (!discardUnit(parts, operation)) throw new BridgeError('operation-not-found');
    return message;
  });
  tellQueued(parts, ticketId, id, held);
}

type MessageIntent = OperationIntent & { kind: MessageKind };

/** The undo window of a message in ms; 0: it goes at once. */
const heldMs = ({ own }: Pick<ComposeParts, 'own'>, kind: MessageKind): number =>
  kind === 'reply' ? readSettings(own.db, own.key).undo_seconds * 1000 : 0;

/** Queues a message and the changes that go with it behind it; returns the id of the message. */
function queueMessage(
  parts: ComposeParts,
  ticketId: string,
  intent: MessageIntent,
  sentWith: SentWith,
  { held, ...options }: EnqueueOptions & { seenThrough: number; held: number },
): string {
  const state = held > 0 ? 'held' : 'queued';
  const message = parts.outbox.enqueue(ticketId, intent, { ...options, state });
  if (sentWith.finish !== null || Object.keys(sentWith.actions).length > 0)
    writeUnit(
      parts.own.db,
      message,
      enqueueActions(parts, ticketId, sentWith, options.seenThrough),
      sentWith,
    );
  return message;
}

/** Begins the undo window of a message that is committed, and reports the message. */
function tellQueued(
  { holds, tell }: Pick<ComposeParts, 'holds' | 'tell'>,
  ticketId: string,
  id: string,
  held: number,
): CallOutput<'compose.send'> {
  if (held > 0) holds.begin(id, held);
  tell.operationAdded(ticketId);
  return { operation_id: id, held_ms: held };
}

/** Finds the message of an earlier press of Send whose result never reached the window. */
function arrivedBefore(
  parts: Pick<ComposeParts, 'outbox' | 'own' | 'holds' | 'tell'>,
  input: CallInput<'compose.send'>,
): CallOutput<'compose.send'> | null {
  const { ticket_id: ticketId, kind, text, attempt } = input;
  const id = sentBefore(parts.outbox.byId, input);
  if (id === null) return null;
  if (id === attempt) {
    // The window may have saved the draft once more, as it was still shown.
    removeSentDraft(parts.own.db, { accountId: parts.own.key, ticketId, kind, text });
    parts.tell.changed([ticketId], ['drafts']);
  }
  return { operation_id: id, held_ms: parts.holds.left(id) ?? 0 };
}

/** The server refuses a note that names someone who is gone. */
function stillThere(cache: ReadDb, mentions: readonly string[]): string[] {
  if (mentions.length === 0) return [];
  const active = new Set(
    listStaff(cache)
      .filter((member) => member.is_active)
      .map((member) => member.id),
  );
  return mentions.filter((id) => active.has(id));
}

/**
 * Takes a message that has not gone out back into its composer. Throws BridgeError 'not-undoable'
 * when it is on its way or has ended.
 */
export function takeBack(
  parts: TextBackParts & Pick<ComposeParts, 'holds' | 'tell'>,
  operationId: string,
): CallOutput<'compose.takeBack'> {
  const operation = parts.outbox.open().find((one) => one.id === operationId);
  if (!operation) throw new BridgeError('not-undoable');
  const back = textBack(parts, operation, () => discardUnit(parts, operation));
  parts.holds.end(operationId);
  parts.tell.operationsAdded([operation.ticketId, back.ticket_id]);
  return back;
}

/** Puts a discarded message back into its composer; it stays in the bin too. */
export function restoreMessage(
  parts: TextBackParts & Pick<ComposeParts, 'tell'>,
  operationId: string,
): CallOutput<'outbox.restore'> {
  const operation = parts.outbox.byId(operationId);
  if (!operation) throw new BridgeError('operation-not-found');
  const back = textBack(parts, operation, () => true);
  parts.tell.changed([operation.ticketId, back.ticket_id], ['drafts']);
  return back;
}

/**
 * Discard and draft are one transaction: the text is never in neither place. That of a merged
 * ticket goes on where its conversation does.
 */
function textBack(
  parts: TextBackParts,
  { id, ticketId: sentTo, intent }: Operation,
  discard: () => boolean,
): CallOutput<'compose.takeBack'> {
  if (intent.kind !== 'reply' && intent.kind !== 'note') throw new BridgeError('not-undoable');
  const { kind } = intent;
  const ticketId = placeOf(parts.cache, sentTo);
  return parts.outbox.together(() => {
    if (!discard()) throw new BridgeError('not-undoable');
    const back = putBack(parts.own.db, {
      accountId: parts.own.key,
      ticketId,
      kind,
      text: intent.text,
      actions: sentWithOf(parts.own.db, id)?.actions ?? {},
      at: parts.serverNow(),
    });
    return { ticket_id: ticketId, kind, ...back };
  });
}

/** The agent lets a held message go now. */
export function releaseMessage(
  parts: Pick<ComposeParts, 'outbox' | 'holds' | 'tell'>,
  operationId: string,
): void {
  const operation = parts.outbox.open().find((one) => one.id === operationId);
  if (!operation || !parts.outbox.release(operationId))
    throw new BridgeError('operation-not-found');
  parts.holds.end(operationId);
  parts.tell.operationAdded(operation.ticketId);
}
