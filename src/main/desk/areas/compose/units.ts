import type { TicketChange } from '../../../../contract/wire/api.ts';
import type { CallOutput, SendActions } from '../../../../contract/bridge.ts';
import { assertNever } from '../../../../core/assert-never.ts';
import type { Operation, OperationState } from '../../../../core/operation.ts';
import { effectiveActions } from '../../../../core/send-actions.ts';
import { waitUntil } from '../../../../core/time.ts';
import { unitMembers, unitOf, type SentWith } from './units-table.ts';
import { requireAbility, requireChange } from '../triage/abilities.ts';
import { readSettings } from '../settings/settings-table.ts';
import { baseOf } from '../triage/triage.ts';
import { currentTicket, type SeenParts } from '../tickets/current-ticket.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Outbox } from '../outbox/queue.ts';

interface ActionParts extends SeenParts {
  outbox: Outbox;
  own: OwnRows;
  serverNow: () => number;
}

/** A message with what was sent with it. */
export interface UnitParts {
  outbox: Outbox;
  own: OwnRows;
}

/** Throws BridgeError 'not-supported' before anything is queued. Every server can close. */
export function requireActions(cache: ReadDb, sentWith: SentWith): void {
  const { status, ...rest } = wantedOf(sentWith);
  requireChange(cache, { ...rest, ...(status === 'closed' ? {} : { status }) });
  if (sentWith.finish === 'wait') requireAbility(cache, 'changes');
}

/**
 * Queues what goes with a message behind it, each as an operation of its own with its own result:
 * the change of fields, then the closing, judged like any other. Based on the ticket as it is with
 * the message laid over it. Answers their ids.
 */
export function enqueueActions(
  parts: ActionParts,
  ticketId: string,
  sentWith: SentWith,
  seenThrough: number,
): string[] {
  const seen = currentTicket(parts, ticketId);
  const { status, ...rest } = effectiveActions(wantedOf(sentWith), seen);
  const closes = status === 'closed';
  const change: TicketChange = {
    ...(rest.priority === undefined ? {} : { priority: rest.priority }),
    ...(rest.category === undefined ? {} : { category: rest.category }),
    ...(rest.assignee_id === undefined ? {} : { assignee_id: rest.assignee_id }),
    ...(rest.tags === undefined ? {} : { tags: rest.tags }),
    ...(status === undefined || closes ? {} : { status }),
    ...(sentWith.finish === 'wait' ? { snoozed_until: latestReturn(parts) } : {}),
  };
  const ids: string[] = [];
  if (Object.keys(change).length > 0)
    ids.push(
      parts.outbox.enqueue(ticketId, { kind: 'change', change, base: baseOf(seen, change) }),
    );
  if (closes)
    ids.push(
      parts.outbox.enqueue(ticketId, { kind: 'close', before: seen.status }, { seenThrough }),
    );
  return ids;
}

function latestReturn({ own, serverNow }: ActionParts): string {
  return waitUntil(serverNow(), readSettings(own.db, own.key).wait_days);
}

/**
 * 'Reply and wait': answered, so it is in hand (`waiting` is the customer who waits for us), and
 * put away until the customer writes, which ends a snooze on the server, or until a few days have
 * passed without a word.
 */
function wantedOf({ actions, finish }: SentWith): SendActions {
  switch (finish) {
    case 'close':
      return { ...actions, status: 'closed' };
    case 'wait':
      return { ...actions, status: 'in_progress' };
    case null:
      return actions;
    default:
      return assertNever(finish);
  }
}

/**
 * Takes an operation out, a message with everything behind it that was to go with it. False when it
 * is under way or has ended.
 */
export function discardUnit(parts: UnitParts, { id, intent }: Operation): boolean {
  if (!parts.outbox.discard(id)) return false;
  const unit = intent.kind === 'reply' || intent.kind === 'note' ? unitOf(parts.own.db, id) : null;
  if (unit !== null)
    for (const member of unitMembers(parts.own.db, unit)) parts.outbox.discard(member);
  return true;
}

/** A message and what was sent with it, with what became of each. */
export function unitParts(parts: UnitParts, unit: string): CallOutput<'compose.unit'> {
  return unitMembers(parts.own.db, unit).flatMap((id) => {
    const operation = parts.outbox.byId(id);
    return operation
      ? [
          {
            id,
            kind:
              operation.intent.kind === 'unreadable' ? ('change' as const) : operation.intent.kind,
            state: outcomeOf(operation.state),
          },
        ]
      : [];
  });
}

function outcomeOf(state: OperationState): CallOutput<'compose.unit'>[number]['state'] {
  switch (state) {
    case 'acked':
      return 'done';
    case 'parked':
      return 'not-sent';
    case 'discarded':
      return 'discarded';
    default:
      return 'waiting';
  }
}
